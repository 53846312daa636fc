# Writes .pyc files and marshal data into a folder (`write FOLDER SOURCE...`), or tells what such a
# folder holds (`read FOLDER`), a JSON object: what one Python wrote the other must read as its own.

import contextlib
import io
import json
import marshal
import os
import py_compile
import sys
import types

FIELDS = [name for name in dir(types.CodeType) if name.startswith("co_") and not callable(
    getattr(types.CodeType, name)) and name not in ("co_lnotab", "co_consts", "co_filename")]


def data():
    shared = (1, "shared", b"shared")
    loop = [1]
    loop.append(loop)
    plain = {
        "singletons": (None, True, False, ..., StopIteration),
        "ints": [0, 1, -1, 2**31 - 1, -2**31, 2**31, 2**63, -2**15, 10**40, -3**300],
        "floats": [0.0, -0.0, 1.5, 1e300, 5e-324, float("inf"), float("-inf"), 0.1],
        "complex": [0j, 1 - 2j, complex(-0.0, float("inf"))],
        "bytes": [b"", b"a", bytes(range(256)), b"x" * 300],
        "text": ["", "a", "name", "\xe9\xff", "\u20ac", "\U0001f600", "a\0b", "x" * 300, "\xe9" * 300],
        "tuples": [(), (1,), tuple(range(300)), ((), ((),))],
        "lists": [[], [[]], [1, "a", None]],
        "dicts": [{}, {"a": 1, 2: b"c", (): [], None: {}}],
        "shared": [shared, shared, (shared, shared)],
    }
    sets = {"sets": [set(), {1}, frozenset(), frozenset([b"x"]), {frozenset(["y"])}]}
    for version in range(6):
        yield version, "plain", plain
        yield version, "sets", sets
        if version >= 3:
            yield version, "loop", loop
        if version >= 5:
            yield version, "slices", [slice(None), slice(1, 2, 3), (slice("a", b"b"),)]


def write(folder, sources):
    os.makedirs(folder)
    for source in sources:
        for mode in py_compile.PycInvalidationMode:
            name = f"{os.path.basename(source)[:-3]}.{mode.name}.pyc"
            py_compile.compile(source, os.path.join(folder, name), doraise=True, invalidation_mode=mode)
    for version, name, value in data():
        with open(os.path.join(folder, f"{name}.{version}.marshal"), "wb") as f:
            marshal.dump(value, f, version)


def describe(v):
    if isinstance(v, types.CodeType):
        own = {name: describe(getattr(v, name)) for name in FIELDS}
        own["co_filename"] = os.path.basename(v.co_filename)
        own["co_consts"] = [describe(c) for c in v.co_consts]
        own["lines"] = list(v.co_lines())
        own["positions"] = list(v.co_positions())
        return own
    if isinstance(v, bytes):
        return "bytes " + v.hex()
    if isinstance(v, tuple):
        return [describe(x) for x in v]
    if isinstance(v, (set, frozenset)):
        return [type(v).__name__, sorted(map(repr, v))]
    return f"{type(v).__name__} {v!r}"


def outcome(code):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(code, {"__name__": "run"})
    except (Exception, SystemExit) as e:
        out.write(f"{type(e).__name__}: {e}")
    return out.getvalue()


def read(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            whole = f.read()
        if name.endswith(".marshal"):
            value = marshal.loads(whole)
            same = value[0] is value[1] if name.startswith("shared") else None
            found[name] = [ascii(value), same]
        else:
            code = marshal.loads(memoryview(whole)[16:])
            found[name] = [whole[:16].hex(), describe(code), outcome(code)]
    return found


if sys.argv[1] == "write":
    write(sys.argv[2], sys.argv[3:])
else:
    print(json.dumps(read(sys.argv[2])))
