"""A small operating system's scheduler: packets between devices, handlers, a worker."""

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEVICE_PACKET, WORK_PACKET = 0, 1
SIZE = 4


class Packet:
    def __init__(self, link, identity, kind):
        self.link = link
        self.identity = identity
        self.kind = kind
        self.datum = 0
        self.data = [0] * SIZE

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        at = queue
        while at.link is not None:
            at = at.link
        at.link = self
        return queue


class Task:
    def __init__(self, scheduler, identity, priority, queue, ready):
        self.scheduler = scheduler
        self.identity = identity
        self.priority = priority
        self.queue = queue
        self.holding = False
        self.waiting = not ready
        self.pending = queue is not None
        scheduler.tasks[identity] = self
        scheduler.order.insert(0, self)

    def blocked(self):
        return self.holding or (self.waiting and not self.pending)

    def step(self):
        packet = None
        if self.waiting and self.pending:
            packet = self.queue
            self.queue = packet.link
            self.waiting = False
            self.pending = self.queue is not None
        return self.run(packet)

    def receive(self, packet, current):
        if self.queue is None:
            self.queue = packet
            self.pending = True
            if self.priority > current.priority:
                return self
        else:
            packet.append_to(self.queue)
        return current


class Scheduler:
    def __init__(self):
        self.tasks = {}
        self.order = []
        self.queued = 0
        self.held = 0

    def wait(self, task):
        task.waiting = True
        return task

    def hold(self, task):
        self.held += 1
        task.holding = True
        return None

    def release(self, identity, current):
        task = self.tasks[identity]
        task.holding = False
        return task if task.priority > current.priority else current

    def send(self, packet, current):
        self.queued += 1
        target = self.tasks[packet.identity]
        packet.link = None
        packet.identity = current.identity
        return target.receive(packet, current)

    def run(self):
        steps = 0
        while True:
            for task in self.order:
                if not task.blocked():
                    break
            else:
                return steps
            while task is not None and not task.blocked():
                steps += 1
                task = task.step()


class Idle(Task):
    def __init__(self, scheduler, count):
        super().__init__(scheduler, IDLE, 0, None, True)
        self.control = 1
        self.count = count

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.scheduler.hold(self)
        if self.control & 1 == 0:
            self.control //= 2
            return self.scheduler.release(DEVICE_A, self)
        self.control = self.control // 2 ^ 0xD008
        return self.scheduler.release(DEVICE_B, self)


class Worker(Task):
    def __init__(self, scheduler, queue):
        super().__init__(scheduler, WORKER, 1000, queue, False)
        self.destination = HANDLER_A
        self.letter = 0

    def run(self, packet):
        if packet is None:
            return self.scheduler.wait(self)
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.identity = self.destination
        packet.datum = 0
        for i in range(SIZE):
            self.letter = self.letter + 1 if self.letter < 26 else 1
            packet.data[i] = 64 + self.letter
        return self.scheduler.send(packet, self)


class Handler(Task):
    def __init__(self, scheduler, identity, priority, queue, device):
        super().__init__(scheduler, identity, priority, queue, False)
        self.device = device
        self.work = None
        self.done = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == WORK_PACKET:
                self.work = packet.append_to(self.work)
            else:
                self.done = packet.append_to(self.done)
        work = self.work
        if work is None:
            return self.scheduler.wait(self)
        if work.datum >= SIZE:
            self.work = work.link
            return self.scheduler.send(work, self)
        done = self.done
        if done is None:
            return self.scheduler.wait(self)
        self.done = done.link
        done.datum = work.data[work.datum]
        done.identity = self.device
        work.datum += 1
        return self.scheduler.send(done, self)


class Device(Task):
    def __init__(self, scheduler, identity, priority):
        super().__init__(scheduler, identity, priority, None, False)
        self.packet = None

    def run(self, packet):
        if packet is not None:
            self.packet = packet
            return self.scheduler.hold(self)
        packet, self.packet = self.packet, None
        if packet is None:
            return self.scheduler.wait(self)
        return self.scheduler.send(packet, self)


def chain(identity, kind, n):
    packet = None
    for _ in range(n):
        packet = Packet(packet, identity, kind)
    return packet


def main(rounds):
    for _ in range(rounds):
        s = Scheduler()
        Idle(s, 10_000)
        Worker(s, chain(WORKER, WORK_PACKET, 2))
        Handler(s, HANDLER_A, 2000, chain(DEVICE_A, DEVICE_PACKET, 3), DEVICE_A)
        Handler(s, HANDLER_B, 3000, chain(DEVICE_B, DEVICE_PACKET, 3), DEVICE_B)
        Device(s, DEVICE_A, 4000)
        Device(s, DEVICE_B, 5000)
        steps = s.run()
    print(steps, s.queued, s.held)


main(38)
