# Inputs that are not what they should be, made from a seed: what each is answered with is printed,
# an outcome a line. The outcomes of CPython are recorded in tests/malformed.json.

import contextlib
import io
import json
import marshal
import pickle
import random
import sqlite3
import sys
import tempfile
import zipfile
import zlib

N = 40


def outcome(f, *args):
    try:
        return "ok " + ascii(f(*args))[:200]
    except RecursionError:
        return "RecursionError"
    except Exception as e:
        return f"{type(e).__name__}: {ascii(str(e))}"


def mutate(r, data):
    data = bytearray(data)
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(data))
        how = r.randrange(4)
        if how == 0:
            data[at] = r.randrange(256)
        elif how == 1:
            del data[at:at + r.randrange(1, 4)]
        elif how == 2:
            data.insert(at, r.randrange(256))
        else:
            del data[at:]
        if not data:
            return b"\0"
    return bytes(data)


def sources(r):
    text = b"def f(a, *b, c=1, **d):\n    x = [i for i in a if i]\n    return f'{x!r:>{c}}' + \"s\" + str(0x1F)\n"
    for _ in range(N):
        yield mutate(r, text)
    yield b"(" * 150
    yield b"[" * 250 + b"]" * 250
    yield b"x\0y"
    yield b"0_" + b"9" * 10
    yield b"1" * 5000
    yield b"'\\N{nothing}'"
    yield b"'\\xq'"
    yield b"'\\u12'"
    yield b"# coding: nothing\n"
    yield b"\xef\xbb\xbf# coding: latin-1\n"
    yield b"x = '\xff'"
    yield b"a.b = c := 1"
    yield b"if 1:\n\tx\n        y\n"
    yield b" x"


def run_source(data):
    return type(compile(data, "<m>", "exec")).__name__


ENCODINGS = (
    "utf-8 utf-16 utf-32 utf-7 ascii idna punycode unicode_escape raw_unicode_escape shift_jis euc_jp gb18030 "
    "big5 euc_kr hz iso2022_jp cp1252 utf-8-sig"
).split()


def encodings(r):
    for name in ENCODINGS:
        for _ in range(4):
            yield name, bytes(r.choice([r.randrange(256), r.randrange(128)]) for _ in range(r.randrange(1, 9)))


def run_encoding(case):
    return case[1].decode(case[0])


def pickles(r):
    for k in range(N):
        yield mutate(r, pickle.dumps([1, -70000, 2.5, "text", b"bytes", {"a": (1, 2), None: True}, {3}], k % 6))


def jsons(r):
    for _ in range(N):
        yield mutate(r, b'{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {"c": []}}').decode("latin-1")
    yield "[" * 100000
    yield ""
    yield "1" * 5000
    yield "NaN"


# zlib.compress(b"some text, some text, more text" * 3) of one zlib: another may compress otherwise
DEFLATED = bytes.fromhex("78da2bcecf4d552849ad28d15128463073f38b20cc628aa40144be2227")


def deflated(r):
    for _ in range(N):
        yield mutate(r, DEFLATED)


def zips(r):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w") as z:
        z.writestr(zipfile.ZipInfo("a.txt"), "text " * 20)
        z.writestr(zipfile.ZipInfo("d/b"), "b")
    for _ in range(N):
        yield mutate(r, b.getvalue())


def run_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return [(n, z.read(n)[:9]) for n in z.namelist()]


def pycs(r):
    import importlib.util
    head = importlib.util.MAGIC_NUMBER + bytes(12)
    # version 2 knows no references, which depend on how often an object is used
    code = marshal.dumps(compile("x = 1\n", "<m>", "exec"), 2)
    for _ in range(N):
        yield (head, code) if r.random() < 0.1 else (mutate(r, head), code)
    for data in b"", head[:3], head[:9], head, head + b"N", head + code[:-5]:
        yield data, b""


def run_pyc(case):
    import importlib._bootstrap_external as e
    data = case[0] + case[1]
    flags = e._classify_pyc(data, "m", {})
    return flags, type(e._compile_bytecode(memoryview(data)[16:], "m", "m.pyc", "m.py")).__name__


def databases(r):
    head = b"SQLite format 3\0" + bytes.fromhex("1000010100402020000000010000000100000000000000000000000400000004")
    for _ in range(N // 2):
        yield mutate(r, head)


def run_database(data):
    with tempfile.NamedTemporaryFile(suffix=".db") as f:
        f.write(data)
        f.flush()
        with contextlib.closing(sqlite3.connect(f.name)) as c:
            return c.execute("select * from sqlite_master").fetchall()


KINDS = {
    "source": (sources, run_source),
    "encoding": (encodings, run_encoding),
    "pickle": (pickles, pickle.loads),
    "json": (jsons, json.loads),
    "zlib": (deflated, zlib.decompress),
    "zip": (zips, run_zip),
    "pyc": (pycs, run_pyc),
    "sqlite": (databases, run_database),
}

if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    results = {}
    for kind, (cases, run) in KINDS.items():
        results[kind] = [[ascii(c)[:80], outcome(run, c)] for c in cases(random.Random(kind))]
    json.dump(results, sys.stdout, indent=1)
    print()
