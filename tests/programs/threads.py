"""Threads: locks, queues, pools, events, conditions, locals, timers, asyncio beside them."""

import threading, time, queue, sys
from concurrent.futures import ThreadPoolExecutor, as_completed


def w(n, out):
    for i in range(3):
        time.sleep(0.01 * n)
        out.append((n, i))


out = []
ts = [threading.Thread(target=w, args=(k, out), name=f"w{k}") for k in (1, 2, 3)]
for t in ts:
    t.start()
print(threading.active_count() > 1, ts[0].is_alive())
for t in ts:
    t.join()
print(sorted(out), threading.active_count())
c = 0
lock = threading.Lock()


def inc():
    global c
    for _ in range(20000):
        with lock:
            c += 1


ts = [threading.Thread(target=inc) for _ in range(4)]
[t.start() for t in ts]
[t.join() for t in ts]
print(c)
q = queue.Queue(maxsize=2)


def prod():
    for i in range(6):
        q.put(i)
    q.put(None)


threading.Thread(target=prod).start()
got = []
while (x := q.get()) is not None:
    got.append(x)
print(got)
with ThreadPoolExecutor(3) as ex:
    print(list(ex.map(lambda x: x * x, range(8))))
    fs = [ex.submit(pow, 2, i) for i in range(4)]
    print(sorted(f.result() for f in as_completed(fs)))
    f = ex.submit(lambda: 1 / 0)
    try:
        f.result()
    except ZeroDivisionError as e:
        print("zde", e)
ev = threading.Event()


def waiter():
    print("wait", ev.wait(1))


t = threading.Thread(target=waiter)
t.start()
time.sleep(0.02)
ev.set()
t.join()
cond = threading.Condition()
ready = []


def consumer():
    with cond:
        cond.wait_for(lambda: ready)
        print("cond", ready)


t = threading.Thread(target=consumer)
t.start()
with cond:
    ready.append(1)
    cond.notify()
t.join()
loc = threading.local()
loc.x = 1


def f():
    print(hasattr(loc, "x"))
    loc.x = 2


t = threading.Thread(target=f)
t.start()
t.join()
print(loc.x)


def boom():
    raise ValueError("in thread")


threading.excepthook = lambda a: print(
    "hook", a.exc_type.__name__, a.exc_value, a.thread.name
)
t = threading.Thread(target=boom, name="boom")
t.start()
t.join()
b = threading.Barrier(3)
r = []


def bar():
    r.append(b.wait())


ts = [threading.Thread(target=bar) for _ in range(3)]
[t.start() for t in ts]
[t.join() for t in ts]
print(sorted(r))
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False))
tm = threading.Timer(0.02, print, ["timer"])
tm.start()
tm.join()


def spin():
    while not stop:
        pass


stop = False
t = threading.Thread(target=spin, daemon=True)
t.start()
time.sleep(0.02)
stop = True
t.join(2)
print(t.is_alive())
import asyncio


async def m():
    r = await asyncio.to_thread(
        lambda: threading.current_thread() is threading.main_thread()
    )
    print(r)
    print(
        await asyncio.gather(*[asyncio.to_thread(time.sleep, 0.01) for _ in range(3)])
    )


asyncio.run(m())


def runloop():
    asyncio.run(asyncio.sleep(0.01))
    print("loop in thread")


t = threading.Thread(target=runloop)
t.start()
t.join()


def gen():
    for i in range(3):
        yield i


print(sorted([3, 1, 2], key=lambda x: (time.sleep(0.001), x)[1]))
threading.Thread(target=lambda: (time.sleep(0.05), print("last"))).start()
print("main end")
