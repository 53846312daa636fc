"""Records tests/containers.json: hashes, and sets and dicts after many operations.

Run by the reference:  PYTHONHASHSEED=0 python3.14 tests/tools/record_containers.py
"""

import json
import math
import os
import random
import struct
import sys

rnd = random.Random(14)


def enc(v):
    """A value as JSON; read by tests/unit/containers.ts."""
    if v is None or isinstance(v, bool):
        return v
    if isinstance(v, int):
        return v if abs(v) < 2**53 else {"i": str(v)}
    if isinstance(v, float):
        return {"f": struct.pack("<d", v).hex()}
    if isinstance(v, complex):
        return {"c": [enc(v.real)["f"], enc(v.imag)["f"]]}
    if isinstance(v, str):
        return v if v.isascii() else {"w": [ord(c) for c in v]}
    if isinstance(v, bytes):
        return {"b": list(v)}
    if isinstance(v, tuple):
        return {"t": [enc(x) for x in v]}
    if isinstance(v, frozenset):
        return {"s": [enc(x) for x in v]}
    if isinstance(v, slice):
        return {"sl": [enc(v.start), enc(v.stop), enc(v.step)]}
    if isinstance(v, range):
        return {"r": [enc(len(v)), enc(v.start), enc(v.step)]}
    raise TypeError(v)


INTS = [0, 1, -1, -2, -3, 2]
for e in (31, 32, 53, 60, 61, 62, 63, 64, 122):
    for d in (-2, -1, 0, 1, 2):
        INTS += [2**e + d, -(2**e) + d]
INTS += [10**30, -(10**30), 10**400, -(10**400)]
INTS += [rnd.randrange(-(2 ** rnd.randrange(1, 200)), 2 ** rnd.randrange(1, 200)) for _ in range(80)]
FLOATS = [0.0, -0.0, 1.0, -1.0, -2.0, 0.5, 0.1, -0.1, 1e300, -1e300, 5e-324, 1e-310, 2.0**31 + 0.5,
          2.0**53, 2.0**61, 2.0**62, -(2.0**61), math.pi, math.inf, -math.inf, sys.float_info.max]
FLOATS += [f for f in (struct.unpack("<d", rnd.randbytes(8))[0] for _ in range(80)) if f == f]
FLOATS += [math.ldexp(0.7234567891234, e) for e in range(-130, 130, 3)]


def anything(depth=0):
    k = rnd.randrange(9 if depth < 3 else 6)
    if k < 2:
        return rnd.choice(INTS)
    if k == 2:
        return rnd.choice(FLOATS)
    if k == 3:
        return rnd.choice([None, True, False])
    if k == 4:
        return rnd.randrange(-5, 100)
    if k == 5:
        return complex(rnd.choice(FLOATS), rnd.choice(FLOATS))
    if k < 8:
        return tuple(anything(depth + 1) for _ in range(rnd.randrange(5)))
    return frozenset(anything(depth + 1) for _ in range(rnd.randrange(12)))


def record_hashes():
    values = [*INTS, *FLOATS, (), (1,), ((),), (None,), *[anything() for _ in range(200)],
              frozenset(), frozenset(range(100)), slice(1, 2, 3), slice(None), slice(-1, None, 2),
              range(0), range(10), range(5, 6), range(5, 100, 7), range(3, -100, -2),
              "", "a", "abc", "h\xe9llo", "\u4e2d\u6587", "\U0001f600x", "\ud800", "x" * 100,
              b"", b"abc", b"x" * 100, ("a", 1, "b")]
    return [[enc(v), str(hash(v))] for v in values]


KINDS = ["small", "neg", "big", "float", "whole", "tuple", "str", "wide", "const", "fs"]


def element(kind):
    k = rnd.choice(KINDS) if kind == "mix" else kind
    if k == "small":
        return rnd.randrange(60)
    if k == "med":
        return rnd.randrange(5000)
    if k == "neg":
        return rnd.randrange(-60, 60)
    if k == "stride":
        return rnd.randrange(3000) * 1024 + (2**40 if rnd.random() < 0.1 else 0)
    if k == "big":
        return rnd.choice([rnd.randrange(-(2**70), 2**70), 2**60, 2**70])
    if k == "float":
        return rnd.randrange(100) / 4
    if k == "whole":
        return rnd.choice([float(rnd.randrange(60)), -0.0, 2.0**60, 2.0**70, math.inf])
    if k == "tuple":
        return tuple(rnd.randrange(-3, 10) for _ in range(rnd.randrange(4)))
    if k == "str":
        return "".join(rnd.choice("abcd\xe9") for _ in range(rnd.randrange(4)))
    if k == "wide":
        return "".join(rnd.choice("\U0001f600a\ud800\udc00") for _ in range(rnd.randrange(1, 4)))
    if k == "const":
        return rnd.choice([None, True, False, 1.0])
    return frozenset(rnd.randrange(8) for _ in range(rnd.randrange(4)))


SET_OPS = ["update", "union", "intersection", "difference", "symmetric_difference",
           "difference_update", "intersection_update", "symmetric_difference_update", "rupdate",
           "rdifference", "rsymmetric_difference", "copy", "frozen", "dict_update",
           "dict_difference", "dict_symmetric", "swap"]


def set_run(kind, steps):
    s, o, log = set(), set(), []
    for n in range(steps):
        r = rnd.random()
        if r < 0.55:
            x = element(kind)
            s.add(x)
            op = ["add", enc(x)]
        elif r < 0.7:
            x = rnd.choice(list(s)) if s and rnd.random() < 0.6 else element(kind)
            s.discard(x)
            op = ["discard", enc(x)]
        elif r < 0.75:
            op = ["pop", enc(s.pop())] if s else ["nop"]
        elif r < 0.79:
            xs = [element(kind) for _ in range(rnd.randrange(40))]
            o = set(xs)
            op = ["other", [enc(x) for x in xs]]
        elif r < 0.98:
            name = rnd.choice(SET_OPS)
            op = [name]
            d = dict.fromkeys(o)
            match name:
                case "update": s.update(o)
                case "rupdate": o.update(s)
                case "union": s = s | o
                case "intersection": s = s & o
                case "difference": s = s - o
                case "rdifference": o = o - s
                case "rsymmetric_difference": o = o ^ s
                case "symmetric_difference": s = s ^ o
                case "difference_update": s -= o
                case "intersection_update": s &= o
                case "symmetric_difference_update": s ^= o
                case "copy": s = s.copy()
                case "frozen": s = set(frozenset(s))
                case "dict_update": s.update(d)
                case "dict_difference": s = s.difference(d)
                case "dict_symmetric": s.symmetric_difference_update(d)
                case "swap": s, o = o, s
        else:
            s.clear()
            op = ["clear"]
        order = [enc(x) for x in s] if n % 4 == 0 or n == steps - 1 else None
        log.append([op, len(s), s.__sizeof__(), order])
    return log


def dict_run(kind, steps):
    d, log = {}, []
    for n in range(steps):
        k = element(kind)
        if d and rnd.random() < 0.3:
            k = rnd.choice(list(d))
        r = rnd.random()
        if r < 0.55:
            d[k] = n
            op = ["set", enc(k), n]
        elif r < 0.65:
            op = ["pop", enc(k), d.pop(k, None)]
        elif r < 0.7:
            op = ["popitem", d.popitem()[1] if d else None]
        elif r < 0.8:
            op = ["setdefault", enc(k), n, d.setdefault(k, n)]
        elif r < 0.93:
            op = ["get", enc(k), d.get(k)]
        elif r < 0.95:
            d = d.copy()
            op = ["copy"]
        elif r < 0.98:
            o = {element(kind): -i for i in range(rnd.randrange(20))}
            d.update(o)
            op = ["update", [[enc(a), b] for a, b in o.items()]]
        else:
            d.clear()
            op = ["clear"]
        items = [[enc(a), b] for a, b in d.items()] if n % 8 == 0 or n == steps - 1 else None
        log.append([op, len(d), d.__sizeof__(), items])
    return log


def main():
    kinds = ["med", "stride", "mix", "mix", *KINDS]
    out = {
        "hash": record_hashes(),
        "set": [set_run(k, n) for k in kinds for n in (20, 90)],
        "dict": [dict_run(k, n) for k in kinds for n in (20, 90)],
    }
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "..", "containers.json"), "w") as f:
        f.write("{\n")
        parts = [f'"{k}": [\n' + ",\n".join(json.dumps(x) for x in v) + "\n]" for k, v in out.items()]
        f.write(",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()
