"""Maps of a file: reading, writing through, copies, resizing, buffers."""

import mmap
import os
import tempfile


def attempt(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "data")
    with open(path, "wb") as f:
        f.write(b"first line\nsecond line\nthird\n")

    with open(path, "r+b") as f, mmap.mmap(f.fileno(), 0) as m:
        print(len(m), m.readline(), m.readline(), m.tell(), m.read(3))
        print(m.find(b"line", 0), m.rfind(b"line"), m.find(b"none"))
        m[0:5] = b"FIRST"
        m[-1] = ord("!")
        m.seek(11)
        print(m.write(b"SECOND"), m[::7], m[0], m[-1])
        m.move(0, 6, 4)
        m.flush()
        with open(path, "rb") as g:
            print(g.read())
        m.resize(40)
        print(m.size(), m[30:])
        with memoryview(m) as v:
            v[35:38] = b"xyz"
            print(attempt(m.resize, 10), attempt(m.close))
        m.resize(38)
        print(repr(m))
    with open(path, "rb") as g:
        print(g.read())
    print(m.closed, repr(m), attempt(m.read), attempt(lambda: m[0]))

    with open(path, "rb") as f:
        with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as m:
            print(m[:5], attempt(m.write, b"x"), attempt(m.resize, 2))
        with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_COPY) as m:
            m[:4] = b"copy"
            m.flush()
            print(m[:10], attempt(m.resize, 2))
        print(attempt(mmap.mmap, f.fileno(), 0), attempt(mmap.mmap, f.fileno(), 1000))
    with open(path, "rb") as g:
        print(g.read(10))

m = mmap.mmap(-1, 16)
m.write(b"anonymous")
print(m[:], list(m)[:2], attempt(m.write, b"x" * 20), attempt(m.__setitem__, 3, 300), attempt(m.__getitem__, 99))
print(attempt(mmap.mmap, -1, 5, offset=3), attempt(mmap.mmap, -1, 5, access=7), attempt(m.madvise, 99))
