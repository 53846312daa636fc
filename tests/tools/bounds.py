# Damaged .pyc files and marshal data whose declared sizes and counts are far beyond their bytes, or
# whose nesting is. Each is read with the clock running; the outcome and what it cost are printed, an
# object a line. Sizes are at most a million, and what CPython does is recorded in tests/bounds.json;
# with the argument `largest` they are as large as can be, for which CPython takes gigabytes.

import json
import marshal
import resource
import sys
import time

BIG = b"\xff\xff\xff\x7f" if "largest" in sys.argv[1:] else b"\0\0\x10\0"
CODE = marshal.dumps(compile("def f(a):\n    return [x for x in a]\n", "f", "exec"))


def inputs():
    for kind in b"slutia([<>{yfgzZAXcROB:Nr":
        yield f"{chr(kind)} with the largest size", bytes([kind]) + BIG
        yield f"{chr(kind)} with a large size and some bytes", bytes([kind]) + BIG + b"N" * 64
        yield f"{chr(kind)} with a negative size", bytes([kind]) + b"\xff\xff\xff\xff" + b"N" * 64
    for kind in b"([<>":
        yield f"{chr(kind)} in itself", (bytes([kind]) + BIG) * 4
        yield f"{chr(kind)} nested deeply", (bytes([kind]) + b"\x01\0\0\0") * 100_000 + b"N"
    yield "small tuples nested deeply", b")\x01" * 100_000 + b"N"
    yield "dicts nested deeply", b"{N" * 100_000 + b"N"
    yield "slices nested deeply", b":" * 100_000 + b"N"
    yield "a reference to itself", b"\xa8\x01\0\0\0r\0\0\0\0"
    # each tuple holds the one before twice
    shared = b"(\x28\0\0\0" + b"\xa8\x02\0\0\0NN" + b"".join(
        b"\xa8\x02\0\0\0" + (b"r" + i.to_bytes(4, "little")) * 2 for i in range(39))
    yield "tuples that double", shared
    for at in range(0, len(CODE), 3):
        yield f"code cut at {at}", CODE[:at]
    for at in range(1, 21, 4):
        yield f"code with a large number at {at}", CODE[:at] + BIG + CODE[at + 4:]


def outcome(data):
    start = time.perf_counter()
    try:
        v = marshal.loads(data)
        told = f"ok {type(v).__name__}"
    except SystemError:
        told = "SystemError"  # the text names a line of C
    except Exception as e:
        told = f"{type(e).__name__}: {e}"
    return told, time.perf_counter() - start


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


marshal.loads(CODE)
before = peak()
for name, data in inputs():
    told, seconds = outcome(data)
    print(json.dumps([name, told, seconds, peak() - before]))
