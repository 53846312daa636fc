"""Records what CPython 3.14 knows of opcodes, code objects and marshal.

Run with the reference interpreter: python3.14 tests/unit/code_record.py
It writes tests/code_facts.json, which code_test.ts and flowgraph_test.ts read.
"""

import _opcode
import _testinternalcapi as internal
import ast
import base64
import dis
import json
import marshal
import opcode
import os
import warnings

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))

SOURCES = {
    "plain": "x = 1\ny = (1, 2000, 'hello', 'a b', 2.5, b'zz', (), '')\n",
    "function": "def f(a, /, b, *c, d=1, **e):\n    '''doc'''\n    return a + b\n",
    "closure": "def f(a, b):\n    c = a\n    def g():\n        nonlocal c\n        c += b\n        return c\n    return g\n",
    "try": "try:\n    f()\nexcept (A, B) as e:\n    g(e)\nelse:\n    h()\nfinally:\n    i()\n",
    "with": "def f():\n    with a as b, c:\n        for i in b:\n            if i: continue\n            break\n        else:\n            return 1\n",
    "generator": "def f(x):\n    try:\n        y = yield x\n        yield from y\n    finally:\n        g()\n",
    "async": "async def f(x):\n    async with x as y:\n        async for z in y:\n            await z\n    return [i async for i in x if await i]\n",
    "match": "def f(x):\n    match x:\n        case [1, *r] if r: return r\n        case {'a': 1, **k}: return k\n        case C(a=1) | D(2): return 2\n        case _: return 3\n",
    "class": "class A[T](B, metaclass=M):\n    x: int = 1\n    def f(self):\n        return __class__, super().f()\n",
    "comprehension": "a = [x for x in b if x]\nc = {x: y for x, y in d.items()}\ne = {x for x in (1, 2, 3)}\n",
    "fold": "a = -1 + 2 * 3\nb = 'ab' * 3\nc = (1, (2, 3), -4.5)\nd = 1 + 2j\ne = x in {1, 2, 3}\nf = 2 ** 100\n",
    "fstring": "f'{a!r:>{w}} {b=}' f'{c}'\nt'{a:x}'\n",
    "long": "x = [" + ", ".join(f"f({i}, 'n{i}')" for i in range(300)) + "]\nwhile x:\n    " + "\n    ".join(f"a{i} = x" for i in range(300)) + "\n",
    "wide": "def f():\n    x = '\\ud800'\n    return x, '\\U0001f600', 'é' * 3, 10 ** 30, -10 ** 30, 1e300, ...\n",
}

VALUES = [
    None, True, False, ..., 0, 1, -1, 255, 2**31 - 1, -2**31, 2**31, 2**53, -2**70, 10**40,
    0.0, -0.0, 1.5, 0.1, 1e22, 1e-5, 1e17, 5e-324, float("inf"), 1j, -2.5 + 0.1j,
    "", "a", "abc", "a b", "é", "\u20ac", "\U0001f600", "\ud800", "x" * 300,
    b"", b"a", b"abc", (), (1, "a"), (1, (2, (3,))), [], [1, [2.5]], tuple(range(300)),
]

BAD = [
    b"", b"i", b"l\1\0\0\0\0\0", b"l\1\0\0\0\xff\xff", b"l\0\0\0\x80",
    b"s\xff\xff\xff\xff", b"u\xff\xff\xff\xff", b"(\xff\xff\xff\xff", b"[\xff\xff\xff\xff",
    b"<\xff\xff\xff\xff", b")", b"r\0\0\0\0", b"?", b"0", b"[\1\0\0\x000", b")\x010",
    b"<\1\0\0\x000", b":NN", b":NN0", b"f\1x", b"Z", b"z\5a", b"y\0", b"I1234",
    b")\1" * 2500, b"c\0\0\0\0",
]


def b64(data):
    return base64.b64encode(data).decode()


def opcodes():
    out = []
    everything = {**opcode.opmap, **opcode._specialized_opmap}
    for name, number in sorted(everything.items(), key=lambda item: item[1]):
        has_arg = _opcode.has_arg(number)
        effects = []
        for arg in range(1, 9) if has_arg else [None]:
            row = []
            for jump in (False, True, None):
                try:
                    row.append(dis.stack_effect(number, arg, jump=jump))
                except ValueError:
                    row.append(None)
            effects.append(row)
        out.append({
            "name": name, "number": number, "effects": effects,
            "caches": opcode._inline_cache_entries.get(name, 0),
            "flags": [k for k in ("arg", "const", "name", "jump", "free", "local", "exc")
                      if getattr(_opcode, "has_" + k)(number)],
        })
    return out


def tree(code):
    return {
        "name": code.co_name, "code": b64(code.co_code), "linetable": b64(code.co_linetable),
        "lines": list(code.co_lines()), "positions": list(code.co_positions()),
        "exceptions": [[e.start, e.end, e.target, e.depth, e.lasti]
                       for e in dis._parse_exception_table(code)],
        "varnames": code.co_varnames, "cellvars": code.co_cellvars, "freevars": code.co_freevars,
        "nlocals": code.co_nlocals, "stacksize": code.co_stacksize, "flags": code.co_flags,
        "firstlineno": code.co_firstlineno, "qualname": code.co_qualname,
        "consts": [tree(c) for c in code.co_consts if hasattr(c, "co_code")],
    }


def instructions(seq):
    return [[i[0], i[1] or 0, *(-1 if x is None else x for x in i[2:6])]
            for i in seq.get_instructions()]


def graph(seq):
    """The flow graph's input and output; constants are strs that name their index."""
    has_target = set(opcode.hasjump) | set(opcode.hasexc)
    before = instructions(seq)
    again = internal.new_instruction_sequence()
    nconsts = nlocals = 0
    for at, (op, arg, *loc) in enumerate(before):
        again.use_label(at)
        again.addop(op, arg, *loc)
        if op == opcode.opmap["LOAD_CONST"]:
            nconsts = max(nconsts, arg + 1)
        elif "_FAST" in opcode.opname[op]:
            nlocals = max(nlocals, arg + 1)
    consts = [f"c{i}" for i in range(nconsts)]
    try:
        after = instructions(internal.optimize_cfg(again, consts, nlocals))
    except ValueError:
        return []
    result = [{"before": before, "after": after, "nconsts": nconsts, "nlocals": nlocals,
               "kept": [c if isinstance(c, str) else None for c in consts]}]
    for nested in seq.get_nested():
        result += graph(nested)
    return result


def fold(source, env):
    """The constant that the compiler makes of an expression, or None."""
    code = compile(source, "<fold>", "eval")
    names = [i.opname for i in dis.get_instructions(code)]
    if len(names) != 3:
        return None
    return b64(marshal.dumps(eval(code, env), 2))


def folds():
    atoms = [
        "0", "1", "3", "255", "10**20", "2**63", "12345678901234567890", "True", "False", "0.0",
        "1.5", "1e308", "5e-324", "0.1", "1e16", "1e999", "1j", "2j", "0j", "'a'", "'abc'", "''",
        "'\\U0001f600x'", "'\\ud800'", "b'ab'", "b''", "()", "(1, 2)", "(1, (2, 'a'))", "None",
        "...", "-1", "-2.5", "-0.0", "-3", "129", "4096", "257", "'x' * 99", "(1,) * 99",
    ]
    out = []
    for number, (_, op) in enumerate(_opcode.get_nb_ops()[:13]):
        for i, a in enumerate(atoms):
            for j, b in enumerate(atoms):
                if (i * 7 + j * 3 + number) % 9 or (op == "%" and a[0] == "'"):
                    continue
                values = [b64(marshal.dumps(eval(x), 2)) for x in (a, b)]
                out.append([number, *values, fold(f"({a}) {op} ({b})", {})])
    for i, a in enumerate(atoms):
        for b in ("0", "-1", "True", "9", "1.0"):
            values = [b64(marshal.dumps(eval(x), 2)) for x in (a, b)]
            out.append([26, *values, fold(f"({a})[{b}]", {})])
    unary = [[op, b64(marshal.dumps(eval(a), 2)), fold(f"{op} ({a})", {})]
             for op in ("-", "+", "~", "not") for a in atoms]
    return out, unary


def outcome(data):
    try:
        marshal.loads(data)
    except Exception as e:
        return [type(e).__name__, str(e)]
    return None


facts = {
    "opcodes": opcodes(),
    "specializations": opcode._specializations,
    "nb_ops": _opcode.get_nb_ops(),
    "intrinsic1": _opcode.get_intrinsic1_descs(),
    "intrinsic2": _opcode.get_intrinsic2_descs(),
    "special": _opcode.get_special_method_names(),
    "codes": {}, "graphs": [],
    "values": [[repr(v), [b64(marshal.dumps(v, n)) for n in range(6)]] for v in VALUES],
    "bad": [[b64(data), outcome(data)] for data in BAD],
}
facts["binary"], facts["unary"] = folds()
for name, source in SOURCES.items():
    code = compile(source, "<test>", "exec")
    facts["codes"][name] = {"marshal": b64(marshal.dumps(code)), "tree": tree(code)}
    seq, _ = internal.compiler_codegen(ast.parse(source), "<test>", 0)
    facts["graphs"] += graph(seq)
with open(os.path.join(HERE, "..", "code_facts.json"), "w") as out:
    json.dump(facts, out, separators=(",", ":"))
    out.write("\n")
