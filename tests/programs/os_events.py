"""Counters, timers, files in memory, and pipes that are waited for."""

import os
import select
import threading
import time


def attempt(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


# a counter
fd = os.eventfd(3)
os.eventfd_write(fd, 4)
print(os.eventfd_read(fd), os.get_inheritable(fd))
os.set_blocking(fd, False)
print(attempt(os.eventfd_read, fd), select.select([fd], [fd], [], 0) == ([], [fd], []))
os.write(fd, (9).to_bytes(8, "little"))
print(os.read(fd, 8), attempt(os.read, fd, 4), attempt(os.eventfd, -1), attempt(os.eventfd, 1, 99))
os.close(fd)

# one thread waits for another's counter
fd = os.eventfd(0)
got = []
t = threading.Thread(target=lambda: got.append(os.eventfd_read(fd)))
t.start()
os.eventfd_write(fd, 5)
t.join()
print(got)
os.close(fd)

# a timer
fd = os.timerfd_create(time.CLOCK_MONOTONIC)
print(os.timerfd_settime(fd, initial=0.02, interval=10.03), os.timerfd_gettime(fd)[1])
start = time.monotonic()
print(int.from_bytes(os.read(fd, 8), "little"), time.monotonic() - start >= 0.019)
print(attempt(os.timerfd_settime, fd, initial=-1), attempt(os.timerfd_create, 99))
os.timerfd_settime_ns(fd)
print(os.timerfd_gettime_ns(fd))
os.close(fd)

# memory
fd = os.memfd_create("name")
os.write(fd, b"some text")
print(os.lseek(fd, 5, os.SEEK_SET), os.read(fd, 99), os.fstat(fd).st_size, os.fstat(fd).st_nlink)
os.close(fd)

# a pipe is full, and empties
r, w = os.pipe()
os.set_blocking(w, False)
print(os.write(w, b"x" * 100_000), attempt(os.write, w, b"y"))
print(len(os.read(r, 70_000)), os.write(w, b"abc"), os.splice(r, os.open(os.devnull, os.O_WRONLY), 1))
os.set_blocking(w, True)
os.read(r, 99)
data = []


def reader():
    while chunk := os.read(r, 50_000):
        data.append(chunk)


t = threading.Thread(target=reader)
t.start()
print(os.write(w, bytes(range(256)) * 1000))
os.close(w)
t.join()
print(len(b"".join(data)), b"".join(data) == bytes(range(256)) * 1000)
os.close(r)
