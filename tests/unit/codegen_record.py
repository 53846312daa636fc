"""Records the code objects that CPython 3.14 compiles from the sources in recorded/codegen_sources.txt.

Run with the reference interpreter: python3.14 tests/unit/codegen_record.py
It writes recorded/codegen.jsonl, which codegen_test.ts reads: source, mode, flags and optimisation
level, then a hash of the code object (with those inside of it) or the error, the warnings, and a hash
of the symbol table. With arguments it shows the code objects of these sources instead of hashes.
"""

import __future__
import _symtable
import ast
import hashlib
import json
import os
import struct
import sys
import types
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(HERE, "recorded", "codegen_sources.txt")
OUT = os.path.join(HERE, "recorded", "codegen.jsonl")

LONG = [
    "f(%s)" % ", ".join(f"a{i}" for i in range(40)),
    "f(%s)" % ", ".join(f"a{i}=b" for i in range(40)),
    "x.f(%s)" % ", ".join(f"a{i}" for i in range(31)),
    "x = {%s, **c, d: e}" % ", ".join(f"a{i}: b" for i in range(40)),
    "f'%s'" % ("{a}b" * 20),
    "\n".join(f"a{i} = {i * 1.5}" for i in range(300)),
    "a" + "+a" * 3000,
]

VARIANTS = [
    ("exec", 0, 0),
    ("exec", __future__.annotations.compiler_flag, 2),
    ("single", 0, 0),
    ("exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, 1),
]


def const(v):
    kind = type(v)
    if v is None or v is ... or kind is bool:
        return [repr(v)]
    if kind is int:
        return ["int", hex(v)]
    if kind is float:
        return ["float", struct.pack(">d", v).hex()]
    if kind is complex:
        return ["complex", struct.pack(">dd", v.real, v.imag).hex()]
    if kind is str:
        return ["str", v]
    if kind is bytes:
        return ["bytes", v.hex()]
    if kind is tuple:
        return ["tuple", [const(x) for x in v]]
    if kind is frozenset:
        return ["frozenset", sorted(json.dumps(const(x), separators=(",", ":")) for x in v)]
    if kind is slice:
        return ["slice", const(v.start), const(v.stop), const(v.step)]
    assert kind is types.CodeType
    return ["code", code(v)]


def code(c):
    return [
        c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount,
        c.co_stacksize, c.co_flags, c.co_firstlineno, c.co_code.hex(), [const(v) for v in c.co_consts],
        list(c.co_names), list(c.co_varnames), list(c.co_cellvars), list(c.co_freevars),
        c.co_linetable.hex(), c.co_exceptiontable.hex(),
    ]


def table(entry):
    return [
        entry.name, entry.type, entry.lineno, entry.nested, sorted(map(list, entry.symbols.items())),
        entry.varnames, [table(child) for child in entry.children],
    ]


def digest(value):
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def error(e):
    return [type(e).__name__, e.msg, len(e.args), e.lineno, e.offset, e.end_lineno, e.end_offset]


def record(source, mode, flags, optimize):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            c = compile(source, "f", mode, flags, True, optimize)
            result = digest(code(c))
        except SyntaxError as e:
            result = error(e)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symbols = digest(table(_symtable.symtable(source, "f", mode)))
    except SyntaxError as e:
        symbols = error(e)
    return [source, mode, flags, optimize, result, [[str(w.message), w.lineno] for w in caught], symbols]


def parses(source, mode):
    """The parser's own errors are not what is tested here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "f", mode, ast.PyCF_ONLY_AST, True)
        return True
    except SyntaxError as e:
        return len(e.args) == 1


def main():
    with open(SOURCES, encoding="utf-8") as f:
        sources = f.read().removesuffix("\n").split("\n---\n") + LONG
    with open(OUT, "w", encoding="utf-8") as f:
        for source in sources:
            for mode, flags, optimize in VARIANTS:
                text = source + "\n" if mode == "single" else source
                if parses(text, mode):
                    f.write(json.dumps(record(text, mode, flags, optimize), ensure_ascii=False) + "\n")


if len(sys.argv) > 1:
    for source in sys.argv[1:]:
        print(json.dumps(code(compile(source, "f", "exec", 0, True)), indent=1))
else:
    main()
