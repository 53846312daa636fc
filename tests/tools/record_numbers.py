"""Records tests/numbers.json: what expressions of numbers and formats give.

Run by the reference:  python3.14 -W ignore tests/tools/record_numbers.py

A row is the expression, its tree in the form that tests/unit/numbers.ts evaluates, and the
result's repr or "!Exception: text". The random part has a fixed seed; the rest are the lines of
tests/unit/cases_numbers/*.txt.
"""

import ast
import cmath  # noqa: F401 (the expressions use it)
import json
import math
import os
import random
import sys

import _random  # noqa: F401
import _string  # noqa: F401

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "unit", "cases_numbers")
inf, nan = math.inf, math.nan
rnd = random.Random(3)


def tree(n):
    match n:
        case ast.Expression():
            return tree(n.body)
        case ast.Constant(value=bool() as v):
            return ["B", v]
        case ast.Constant(value=None):
            return ["N"]
        case ast.Constant(value=int() as v):
            return ["i", str(v)]
        case ast.Constant(value=float() as v):
            return ["f", repr(v)]
        case ast.Constant(value=complex() as v):
            return ["c", repr(v.real), repr(v.imag)]
        case ast.Constant(value=str() as v):
            return ["s", [ord(c) for c in v]]
        case ast.Constant(value=bytes() as v):
            return ["b", list(v)]
        case ast.Name(id="inf" | "nan" as name):
            return ["f", name]
        case ast.Name():
            return ["n", n.id]
        case ast.Attribute():
            return ["a", tree(n.value), n.attr]
        case ast.Call():
            kw = [[k.arg, tree(k.value)] for k in n.keywords]
            return ["call", tree(n.func), [tree(a) for a in n.args], kw]
        case ast.BinOp():
            return ["bin", type(n.op).__name__, tree(n.left), tree(n.right)]
        case ast.UnaryOp():
            return ["un", type(n.op).__name__, tree(n.operand)]
        case ast.Compare():
            op = type(n.ops[0]).__name__
            return ["cmp", op, tree(n.left), tree(n.comparators[0])]
        case ast.Subscript():
            return ["sub", tree(n.value), tree(n.slice)]
        case ast.Slice():
            parts = (n.lower, n.upper, n.step)
            return ["slice"] + [["N"] if x is None else tree(x) for x in parts]
        case ast.Tuple():
            return ["T", [tree(x) for x in n.elts]]
        case ast.List():
            return ["L", [tree(x) for x in n.elts]]
        case ast.Dict():
            return ["D", [[tree(k), tree(v)] for k, v in zip(n.keys, n.values)]]
    raise TypeError(n)


def record(src):
    sys.set_int_max_str_digits(0)
    t = tree(ast.parse(src, mode="eval"))
    sys.set_int_max_str_digits(4300)
    try:
        r = repr(eval(src))
    except Exception as e:
        r = f"!{type(e).__name__}: {e}"
    return [src, t, r]


def an_int():
    match rnd.randrange(7):
        case 0:
            return rnd.randrange(-20, 20)
        case 1:
            return rnd.choice([0, 2**53 - 1, 1 - 2**53, 2**53, -(2**53), 2**32, -(2**31)])
        case 2:
            return rnd.randrange(-(2**53), 2**53)
        case 3:
            return rnd.randrange(-(2**64), 2**64)
        case 4:
            return rnd.randrange(-(2**200), 2**200)
        case 5:
            return (1 << rnd.randrange(120)) * rnd.choice([1, -1]) + rnd.choice([0, 1, -1])
    return rnd.randrange(-(10**6), 10**6)


def a_float():
    match rnd.randrange(5):
        case 0:
            return rnd.choice(["0.0", "(-0.0)", "1.0", "inf", "(-inf)", "nan", "1e308", "5e-324"])
        case 1:
            return f"({rnd.uniform(-100, 100)!r})"
        case 2:
            return f"({rnd.randrange(-1000, 1000) / 4!r})"
        case 3:
            return f"({rnd.uniform(-1, 1) * 10 ** rnd.randrange(-300, 300)!r})"
    return f"({float(rnd.randrange(-(2**60), 2**60))!r})"


def number():
    return f"({an_int()})" if rnd.random() < 0.5 else a_float()


def value():
    k = rnd.randrange(8)
    if k < 3:
        return f"({an_int()})"
    if k < 6:
        return a_float()
    if k == 6:
        return f"complex({a_float()},{a_float()})"
    return rnd.choice(["'abc'", "''", "'\\u1234x'", "'\\U0001f600yz'", "True"])


def ints():
    ops = ["+", "-", "*", "//", "%", "/", "&", "|", "^", "<<", ">>", "**", "<", "==", ">="]
    for _ in range(1200):
        a, b, op = an_int(), an_int(), rnd.choice(ops)
        if op in ("<<", ">>"):
            b = rnd.randrange(-2, 200)
        if op == "**":
            b = rnd.randrange(-8, 30)
        yield f"({a}) {op} ({b})"
    for _ in range(300):
        a, b = an_int(), an_int()
        yield f"divmod(({a}), ({b}))"
        yield f"pow(({a}), ({b}), ({an_int()}))"
        yield f"round(({a}), {rnd.randrange(-20, 3)})"
        yield f"({a}).to_bytes({rnd.randrange(30)}, 'little', signed=True)"
        yield f"int.from_bytes({rnd.randbytes(rnd.randrange(20))!r}, signed=True)"
        yield rnd.choice([f"-({a})", f"~({a})", f"({a}).bit_length()", f"({a}).bit_count()", f"hash({a})"])


def floats():
    ops = ["+", "-", "*", "//", "%", "/", "<", "==", ">="]
    for _ in range(1000):
        a, b = number(), a_float()
        if rnd.random() < 0.5:
            a, b = b, a
        yield f"{a} {rnd.choice(ops)} {b}"
    for _ in range(200):
        x = a_float()
        yield f"{x}.hex()"
        yield f"{x}.as_integer_ratio()"
        yield f"round({x}, {rnd.randrange(-10, 20)})"
        yield f"round({x})"
        yield f"divmod({x}, {number()})"
    for _ in range(500):
        a, b = f"complex({a_float()},{a_float()})", number()
        if rnd.random() < 0.5:
            a, b = b, a
        yield f"{a} {rnd.choice('+-*/')} {b}"


def a_spec():
    s = ""
    if rnd.random() < 0.4:
        s += rnd.choice(["*", "x", "\U0001f600", "", "{"]) + rnd.choice("<>=^")
    for c in ("+", " ", "z", "#", "0"):
        if rnd.random() < 0.15:
            s += c
    if rnd.random() < 0.5:
        s += str(rnd.choice([0, 1, 5, 10, 20]))
    if rnd.random() < 0.3:
        s += rnd.choice(",_")
    if rnd.random() < 0.4:
        s += "." + rnd.choice(["", "0", "1", "2", "5", "20"])
        if rnd.random() < 0.2:
            s += rnd.choice(",_")
    if rnd.random() < 0.7:
        s += rnd.choice("bcdeEfFgGnosxX%")
    return s


def a_percent():
    s = "%"
    for c in "#0- +":
        if rnd.random() < 0.2:
            s += c
    if rnd.random() < 0.5:
        s += str(rnd.choice([0, 1, 5, 10, 20]))
    if rnd.random() < 0.4:
        s += "." + rnd.choice(["", "0", "1", "2", "5", "20"])
    return s + rnd.choice("diouxXeEfFgGcrsa%")


def formats():
    for _ in range(1500):
        yield f"format({value()}, {a_spec()!r})"
    for _ in range(800):
        n = rnd.randrange(1, 4)
        f = "".join(rnd.choice(["", "x", "%%"]) + a_percent() for _ in range(n))
        args = "(" + "".join(value() + "," for _ in range(n)) + ")"
        yield f"{f!r} % {args}" if rnd.random() < 0.7 else f"{f.encode()!r} % {args}"
    fields = ["{}", "{0}", "{a}", "{b.real}", "{0[1]}", "{!r}", "{a!s:>10}", "{:{}}", "{:>{a}}", "{{", "}}", "{", "}", "{0", "{!", "{a.b}", "{0[}", "{a!x}", "{c[k]}", "{:{{}}}", "{0:{1}}"]
    for _ in range(600):
        f = "".join(rnd.choice(fields) for _ in range(rnd.randrange(1, 4)))
        yield f"{f!r}.format({value()}, 5, a=12, b=2.5, c={{'k': 7}})"


result = {}
for name, lines in (("int", ints()), ("float", floats()), ("format", formats())):
    result[name] = [record(x) for x in lines]
for name in sorted(os.listdir(CASES)):
    with open(os.path.join(CASES, name), encoding="utf-8") as f:
        rows = [record(x.strip()) for x in f if x.strip()]
    result.setdefault(name.removesuffix(".txt"), []).extend(rows)
with open(os.path.join(HERE, "..", "numbers.json"), "w") as f:
    f.write("{\n")
    for i, (key, rows) in enumerate(result.items()):
        f.write(f'{"," if i else ""}{json.dumps(key)}: [\n')
        f.write(",\n".join(json.dumps(r, separators=(",", ":")) for r in rows))
        f.write("\n]\n")
    f.write("}\n")
