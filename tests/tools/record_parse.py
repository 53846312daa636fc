"""Records tests/parse.json: trees, syntax errors and tokens of the reference.

    python3.14 tests/tools/record_parse.py > tests/parse.json
"""

import _tokenize
import ast
import io
import json
import warnings

TREES = [
    'x: int = 1',
    '(x): int',
    'a.b[c] += d',
    'a = b = *c, d',
    'for *a, b in c: pass\nelse: pass',
    'async def f[T: int = str, *U = *V, **P](a, /, b: int = 1, *c: *T, d, e=2, **g) -> h: await i',
    'class A[T](B, *C, m=D, **E): pass',
    'with (a as b, c as d,): pass',
    'with (a, b) as c, d: pass',
    'try: a\nexcept A, B: b\nexcept C as e: c\nelse: d\nfinally: f',
    'try: a\nexcept* A: b',
    "match a, b:\n case [1, *_, -2j] | {'k': v, **r} if c: pass\n case A.B(x, y=z) as w: pass\n case None | 1 + 2j: pass",
    'type X[T] = list[T]',
    'lambda a, /, b=1, *c, d=2, **e: (yield)',
    '[x async for x, in y if z if w]',
    "{**a, 'b': c}",
    '{a: b for a in c}',
    '{*a, b}',
    'f(a, *b, c=d, **e)',
    'f(x for x in y)',
    'f(a := 1)',
    'a[1:2, ::3, *b]',
    'not a < b <= c is not d not in e',
    '-a ** -b @ c // d % e',
    'a if b else c if d else e',
    'x = yield from y',
    'global a, b',
    'from ..a.b import (c as d, e,)',
    'import a.b as c, d',
    'del a, (b, [c.d]), e[f]',
    "'a' 'b' u'c'",
    "b'a\\x00\\101' rb'\\n'",
    "'\\N{BULLET}' if 0 else '\\ud800\\udc00\\U0001F600'",
    "f'{a!r:>{b}}{{c}} {d=} {e = !s} {f=:x}' 'g'",
    "rf'\\{a}\\n'",
    "t'{a + b!s:{c}} d' t'{e=}'",
    "f'''{\na # c\n=}'''",
    '0xFF + 0o17 + 0b1 + 1_000.5e-3 + 1e400 + 3j + 123456789012345678901234567890',
    "\xe9 = '\xfc'; \uff46 = \xe9",
    '@a.b\n@c\nclass D: pass',
    'if a: b\nelif c: d\nelse: e',
    'while a: break\nelse: continue',
    'match = case = type = _ = 1\nmatch(x)\nprint(type)',
    'assert a, b; raise c from d; return',
    'a\\\n + b\n',
    'x = (\n 1,\n # c\n 2)',
]

ERRORS = [
    '[*a if b else c]',
    '[**a]',
    '[*x for x in y]',
    '{*x for x in y}',
    '(*x for x in y)',
    'f(*x for x in y)',
    '{**x for x in y}',
    '{**x:1 for x in y}',
    '{**a if b else c}',
    '[a, **b]',
    '(a, **b)',
    'case 1:\n  pass\n',
    'raise from x',
    'raise x from',
    '{1:**x}',
    '{1:*x}',
    '{**x:1}',
    '{*x:1}',
    '{a:1, *x:2}',
    'try:\n  pass\nexcept A as b.c:\n  pass\n',
    'def f(a=1,b):pass',
    'def f(*):pass',
    'def f(*,**k):pass',
    'def f(**k=1):pass',
    'def f(**k,a):pass',
    'def f(*a=1):pass',
    'f(a=1, b)',
    'f(**a, b)',
    'f(**a, *b)',
    'f(a for a in b, c)',
    'f(a.b=1)',
    'f(True=1)',
    'a + not b',
    '-not b',
    '1 if x',
    '1 if x else',
    'pass if x else 1',
    'x = pass if a else b',
    "t'a' 'b'",
    "'a' t'b'",
    'import a as b.c',
    'from a import b as c.d',
    'import a,',
    'from a import b,',
    'import a from b',
    'import',
    'print a',
    'with a as 1: pass',
    'with a, : pass',
    'with a\n  pass',
    'class A\n pass',
    "f'{a b}'",
    "f'{lambda x:1}'",
    "f'{a!x}'",
    "f'{a! r}'",
    "f'{'",
    "f'{}'",
    "f'{a:{b}'",
    "f'}'",
    'a = b = 1 = c',
    '(yield) = 1',
    'x() = 1',
    'x + 1 += 2',
    'for x() in y: pass',
    'del f()',
    'del *a',
    '(*a)',
    '(**a)',
    'x = (a for b',
    'if a = 1: pass',
    'if a.b = 1: pass',
    'while x\n  pass',
    'def f(:\n pass',
    'a b',
    '[a b]',
    'f(a b)',
    "'abc' x 'def'",
    'else:\n pass',
    "match x:\n  case {**r, 'a': 1}: pass",
    'match x:\n  case A(a=1, b): pass',
    'match x:\n  case 1 as _: pass',
    'match x:\n case 1 as a.b: pass',
    'match x:\n case 1+1: pass',
    'type X[*T: int] = 1',
    'type X[] = 1',
    'class A[T=1, *U: int]: pass',
    'assert a = 1',
    'assert (a, b := 1)',
    'lambda *: 1',
    'f(x=)',
    'f(a, x=, b)',
    'a, b: int',
    '[a]: int',
    'x: int: y',
    '1: int',
    'try:\n pass',
    'try:\n  pass\nexcept:\n  pass\nexcept* A:\n  pass',
    'try:\n  pass\nexcept* :\n  pass',
    'x = 1 if y else *z',
    '{a: b, c}',
    '{a:}',
    '{a: b, c:}',
    'f(**x, y=)',
    'def f(a, (b,c)): pass',
    'lambda (a,b): 1',
    'for x in y\n pass',
    'for x y: pass',
    '[x for x y]',
    'async def f()\n pass',
    '@a b\ndef f(): pass',
    'global a.b',
    'nonlocal 1',
    'with (a as b, c as d)\n pass',
    'import a.b as c.d',
    'a = 0777',
    'a = 1__0',
    'a=0xg',
    'a = 1a',
    'a = 1if x else 2',
    '1_000j.real',
    "'abc",
    "'''abc",
    'x = )',
    'x = (]',
    'x = (\n]',
    '\\x',
    'a \\ b',
    '  x',
    'if x:\n  a\n b',
    'if x:\na',
    'if x:\n\ta\n        b',
    '$',
    'a ? b',
    '\xa0x',
    'a = 1\u2013 2',
    "'\\x'",
    "'\\N{foo}'",
    "b'\xe9'",
    "'\\U99999999'",
    '0b12',
    '0o8',
    '1.e',
    '1e+',
    'def f(a, a=1, /, b):pass',
    'f(a:=1)',
    'f(a:=1=2)',
    'a := 1',
    'lambda: (yield)',
    'await x',
    'None = 1',
    'f() = g() = 1',
    'a, b += 1',
    'x = f(1, 2\ny = 3',
    'def f():\nx',
    'with a:\nx',
    'try:\nx',
    'class A:\nx',
    'for a in b:\nx',
    'while 1:\nx',
    'match x:\ncase 1: pass',
    'match x:\n case 1:\n pass',
    'match x\n case 1: pass',
    'if x:\n  pass\nelif y:\npass',
    'if x:\n  pass\nelse:\npass',
    'if x:\n  pass\nelse:\n  pass\nelif y: pass',
    "exec 'a'",
    'print -1',
    'print a, b',
    'print(a) b',
    'a 1 b',
    'whle x: pass',
    'imort a',
    'forr x in y: pass',
    'x = a bb if c else d',
    'def f(a,,b): pass',
    'f(a,,b)',
    '[a,,b]',
    'a = [1,\nb = 2\n',
    "'a' 1 'b'",
    "f'a' b f'c'",
    '1<>2',
    "f'{a $ b}'",
    "f'{a)}'",
    "f'{a:x\n}'",
    "t'{a!x}'",
    "bu'x'",
    "x='''a\n\n\\x'''",
    "'\xe9\\x4'",
    '(a,\nb c)',
    "\u03b1\u03b2 = ub'a'",
    "f'{3:{{>10}'",
    '@a\ndef g(): pass\nx y',
    '\\x',
    'if x:\n  a\n b',
    "f'{1:\\d}' y",
    '[x for x, in y z]',
]

WARNINGS = [
    "'\\d\\e'",
    "x='''a\n\n\\d'''",
    "b'\\777'",
    "f'\\{1}\\d'",
    "1if 2else 3",
    "0xfor x in y",
    "match('\\d')",
]


def constant(value):
    if isinstance(value, (bool, type(None), type(...))):
        return repr(value)
    if isinstance(value, str):
        return "str " + " ".join("%x" % ord(c) for c in value)
    if isinstance(value, bytes):
        return "bytes " + value.hex(" ")
    if isinstance(value, complex):
        return "complex %.17g" % value.imag
    if isinstance(value, float):
        return "float %.17g" % value
    return "int %d" % value


def dump(node):
    """Like ast.dump with attributes, in lists."""
    if isinstance(node, list):
        return [dump(item) for item in node]
    if not isinstance(node, ast.AST):
        return node
    name = type(node).__name__
    literal = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)
    if isinstance(node, literal):
        return name
    values = {"Constant": "value", "MatchSingleton": "value", "Interpolation": "str"}
    out = [name]
    for field in node._fields:
        value = getattr(node, field, None)
        out.append(constant(value) if values.get(name) == field else dump(value))
    if node._attributes:
        out.append([node.lineno, node.col_offset, node.end_lineno, node.end_col_offset])
    return out


def error(source):
    try:
        ast.parse(source)
    except SyntaxError as e:
        _, (_, lineno, offset, text, end_lineno, end_offset) = e.args
        return [source, type(e).__name__, e.msg, lineno, offset, text, end_lineno, end_offset]
    return [source]


def warned(source):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ast.parse(source)
    return [source, [[str(w.message), w.lineno] for w in caught]]


def tokens(source):
    readline = io.StringIO(source).readline
    return [source, [list(t) for t in _tokenize.TokenizerIter(readline, extra_tokens=True)]]


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    facts = {
        "trees": [[s, dump(ast.parse(s))] for s in TREES],
        "errors": [error(s) for s in ERRORS],
        "tokens": [tokens(s) for s in TREES],
    }
facts["warnings"] = [warned(s) for s in WARNINGS]
print(json.dumps(facts, separators=(",", ":")))
