"""Coroutines with an event loop of our own: tasks, sleep by a virtual clock, queues, locks."""
import heapq
import types
from collections import deque


class Future:
    def __init__(self):
        self.done, self.value, self.error, self.waiters = False, None, None, []

    def set(self, value=None, error=None):
        self.done, self.value, self.error = True, value, error
        for w in self.waiters:
            loop.ready.append((w, None))

    def __await__(self):
        if not self.done:
            yield self
        if self.error:
            raise self.error
        return self.value


class Cancelled(Exception):
    pass


class Task(Future):
    def __init__(self, coro, name):
        super().__init__()
        self.coro, self.name, self.cancel_next = coro, name, False

    def step(self, value):
        try:
            if self.cancel_next:
                self.cancel_next = False
                waiting = self.coro.throw(Cancelled())
            else:
                waiting = self.coro.send(value)
        except StopIteration as e:
            self.set(e.value)
        except Cancelled as e:
            self.set(error=e)
        except Exception as e:
            self.set(error=e)
        else:
            waiting.waiters.append(self)

    def cancel(self):
        if not self.done:
            self.cancel_next = True
            loop.ready.append((self, None))


class Loop:
    def __init__(self):
        self.ready, self.timers, self.now, self.seq = deque(), [], 0, 0

    def spawn(self, coro, name="task"):
        t = Task(coro, name)
        self.ready.append((t, None))
        return t

    def run(self, coro):
        main = self.spawn(coro, "main")
        while not main.done:
            if self.ready:
                t, v = self.ready.popleft()
                if not t.done:
                    t.step(v)
            elif self.timers:
                self.now, _, f = heapq.heappop(self.timers)
                if not f.done:
                    f.set()
            else:
                raise RuntimeError("deadlock")
        if main.error:
            raise main.error
        return main.value


loop = Loop()


async def sleep(t, result=None):
    f = Future()
    loop.seq += 1
    heapq.heappush(loop.timers, (loop.now + t, loop.seq, f))
    await f
    return result


@types.coroutine
def yield_now():
    f = Future()
    f.set()
    loop.ready.append((current(), None))
    yield types.SimpleNamespace(waiters=[])


def current():
    return loop.running


class Queue:
    def __init__(self, size):
        self.items, self.size, self.getters, self.putters = deque(), size, deque(), deque()

    async def put(self, item):
        while len(self.items) >= self.size:
            f = Future()
            self.putters.append(f)
            await f
        self.items.append(item)
        if self.getters:
            self.getters.popleft().set()

    async def get(self):
        while not self.items:
            f = Future()
            self.getters.append(f)
            await f
        item = self.items.popleft()
        if self.putters:
            self.putters.popleft().set()
        return item


class Lock:
    def __init__(self):
        self.held, self.queue = False, deque()

    async def __aenter__(self):
        while self.held:
            f = Future()
            self.queue.append(f)
            await f
        self.held = True
        return self

    async def __aexit__(self, *exc):
        self.held = False
        if self.queue:
            self.queue.popleft().set()


def log(*args):
    print(f"[{loop.now:>4}]", *args)


async def producer(q, name, n, pause):
    for i in range(n):
        await q.put((name, i))
        log("put", name, i)
        await sleep(pause)
    return f"{name} made {n}"


async def consumer(q, total):
    got = []
    for _ in range(total):
        item = await q.get()
        got.append(item)
        await sleep(3)
    return got


async def ticks(n):
    try:
        for i in range(n):
            await sleep(10)
            yield i
    finally:
        log("ticks closed")


async def gather(*coros):
    tasks = [loop.spawn(c) for c in coros]
    out = []
    for t in tasks:
        try:
            out.append(await t)
        except Exception as e:
            out.append(e)
    return out


async def worker(lock, n):
    async with lock:
        log("worker", n, "in")
        await sleep(5)
        log("worker", n, "out")
    return n


async def failing():
    await sleep(1)
    raise ValueError("failed")


async def forever():
    try:
        while True:
            await sleep(100)
    except Cancelled:
        log("cancelled")
        raise
    finally:
        log("forever ends")


class Context:
    async def __aenter__(self):
        await sleep(1)
        log("aenter")
        return self

    async def __aexit__(self, t, v, tb):
        await sleep(1)
        log("aexit", t.__name__ if t else None)
        return t is KeyError


async def main():
    q = Queue(2)
    c = loop.spawn(consumer(q, 6))
    print(await gather(producer(q, "a", 3, 2), producer(q, "b", 3, 1)))
    print(await c)
    print([i async for i in ticks(3)], {i: i async for i in ticks(2) if i})
    async for i in ticks(5):
        if i == 1:
            break
    print([await sleep(2, k) for k in range(3)])
    lock = Lock()
    print(await gather(*(worker(lock, i) for i in range(3)), failing()))
    t = loop.spawn(forever())
    await sleep(250)
    t.cancel()
    try:
        await t
    except Cancelled as e:
        log("main saw", type(e).__name__)
    async with Context():
        raise KeyError("swallowed")
    agen = ticks(3)
    print(await anext(agen), await agen.asend(None))
    await agen.aclose()
    print(await anext(agen, "end"))
    return "finished"


print(loop.run(main()))
try:
    loop.run(failing())
except ValueError as e:
    print("outer", e)


async def never():
    await Future()


try:
    loop.run(never())
except RuntimeError as e:
    print(e)
coro = main()
print(type(coro).__name__, coro.cr_code.co_name, coro.cr_running)
coro.close()
try:
    coro.send(None)
except RuntimeError as e:
    print(e)
