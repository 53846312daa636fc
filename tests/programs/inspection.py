"""dis, ast, tokenize, inspect, code objects, unittest, exec and eval."""
import ast
import dis
import inspect
import io
import sys
import tokenize
import types
import re
import unittest


class Stable(io.TextIOBase):
    """Standard output without addresses."""

    def __init__(self, out):
        self.out = out

    def write(self, text):
        self.out.write(re.sub(r"0x[0-9a-f]{6,}", "0x...", text))
        return len(text)


sys.stdout = Stable(sys.stdout)
SOURCE = '''
@deco
def f(a, b=1, *args, c: int = 2, **kw) -> str:
    """doc"""
    x = [i * 2 for i in range(a) if i]
    try:
        return x[0] + b if x else c
    except (KeyError, IndexError) as e:
        raise ValueError from e
    finally:
        del x

class C(Base, metaclass=M):
    y: int = 3
    async def g(self):
        async with self as s:
            yield await s

match v:
    case {"k": [1, *_]} | Point(x=0):
        print(f"{v!r:>{10}} {v=}")
with open("f") as h, h: pass
lambda x, /, y, *, z: (x := y)[1:2, ...]
'''
tree = ast.parse(SOURCE)
print(ast.dump(tree, indent=1))
print(ast.unparse(tree))


class Names(ast.NodeVisitor):
    def __init__(self):
        self.names = []

    def visit_Name(self, node):
        self.names.append((node.id, type(node.ctx).__name__, node.lineno, node.col_offset))
        self.generic_visit(node)


class Fold(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        match node:
            case ast.BinOp(ast.Constant(a), ast.Add(), ast.Constant(b)):
                return ast.copy_location(ast.Constant(a + b), node)
        return node


v = Names()
v.visit(tree)
print(v.names)
t = ast.fix_missing_locations(Fold().visit(ast.parse("x = 1 + 2 + 3 + y", mode="exec")))
print(ast.unparse(t), ast.literal_eval("{'a': [1, (2, -3.5)], 'b': {None, True}}".replace("{None, True}", "[None, True]")))
ns = {"y": 10}
exec(compile(t, "<folded>", "exec"), ns)
print(ns["x"], eval("x * 2", ns), eval(compile(ast.Expression(ast.Constant(5)), "e", "eval")) if False else "")


def sample(a, b):
    total = 0
    for i in range(a):
        if i % 2:
            total += i * b
    return {"t": total}


def closure(n):
    def inner(x):
        nonlocal n
        n += x
        return n
    return inner


def gen():
    try:
        yield 1
    finally:
        print("done")


for f in (sample, closure, gen):
    dis.dis(f)
    print("=" * 30)
c = sample.__code__
print(c.co_name, c.co_varnames, c.co_names, c.co_consts, c.co_argcount, c.co_flags, c.co_stacksize, c.co_nlocals, c.co_qualname, closure.__code__.co_cellvars, closure(1).__code__.co_freevars, c.co_code.hex(), list(c.co_lines()), c.co_exceptiontable, gen.__code__.co_exceptiontable.hex())
print([(i.opname, i.arg, i.argrepr) for i in dis.get_instructions("a = b.c(d, *e, **f)\n")])
print(closure(5).__closure__[0].cell_contents, sample.__defaults__, c.replace(co_name="other").co_name, types.FunctionType(c, {"range": range}, "made")(5, 2))
for tok in tokenize.generate_tokens(io.StringIO("def f(x):\n  return x**2 # c\ns = f'a{x!r:>{w}}b' + \"é\"\n").readline):
    print(tokenize.tok_name[tok.type], repr(tok.string), tok.start, tok.end)


class K:
    """Class doc.

        indented
    """

    def m(self, a, /, b: int = 1, *, c="x", **kw) -> None:
        """Method doc."""

    @staticmethod
    def s():
        pass


print(inspect.signature(K.m), inspect.signature(K().m), inspect.getdoc(K), inspect.getsource(K.s), inspect.getmembers(K, inspect.isfunction)[0][0], inspect.isgeneratorfunction(gen), inspect.getfullargspec(K.m), [p.kind.name for p in inspect.signature(K.m).parameters.values()])
sig = inspect.signature(K.m)
bound = sig.bind(1, 2, 3, z=9)
bound.apply_defaults()
print(bound.arguments, inspect.cleandoc("a\n   b\n    c"), inspect.getmodule(K).__name__, inspect.getsourcelines(gen)[1], inspect.unwrap(gen) is gen)
try:
    sig.bind()
except TypeError as e:
    print(e)


def caller():
    frame = sys._getframe(1)
    return frame.f_code.co_name, frame.f_lineno, sorted(frame.f_locals)


def middle():
    local = 1
    return caller()


print(middle(), inspect.currentframe().f_lineno, inspect.stack()[0].function)


class T(unittest.TestCase):
    def setUp(self):
        self.x = 5

    def test_equal(self):
        self.assertEqual(self.x, 5)

    def test_fail(self):
        self.assertEqual([1, 2, 3], [1, 2, 4], "lists differ")

    def test_error(self):
        raise KeyError("oops")

    @unittest.skip("not today")
    def test_skip(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "inv.lid"):
            int("x")

    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertNotEqual(i, 1)


stream = io.StringIO()
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print([line for line in stream.getvalue().split("\n") if not line.startswith("Ran ") and "^" not in line][:24])
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures), result.wasSuccessful())
env = {}
exec("def h(n):\n    return n and n * h(n - 1) or 1\nclass Q: z = [h(i) for i in range(5)]\nimport math as m", env)
print(env["Q"].z, env["m"].__name__, sorted(k for k in env if k[0] != "_"), eval("[i for i in range(3) if i in s]", {"s": {1, 2}}), locals() is globals())


def scopes():
    a = 1
    exec("a = 2; b = 3")
    return a, sorted(locals()), eval("a + 1"), "b" in locals()


print(scopes())
for bad in ("yield 1", "await x", "nonlocal z", "def f(a, a): pass", "global x; x = 1\ndef f():\n y = 1\n global y", "break", "*a", "f() = 1", "del f()", "x: int: 3", "with a as 1: pass", "import a.b as c.d", "from . import *", "class A: return 1", "lambda: (yield)", "async def f(): [await x for x in y]", "def f(*): pass", "f(**a, *b)", "f(a for a in b, c)", "a := 1", "{**a for a in b}", "'\\N{nope}'", "0777", "1__0", "b'é'", "f'{'", "f'{a b}'", "if 1:\nx", "else: 1", "try: pass", "x = yield = 1", "None = 1", "assert (1, 'a')", "def f():\n\treturn 1\n        return 2", "'''abc", "(1, 2", "[1, 2)"):
    try:
        compile(bad, "<s>", "exec")
        print(repr(bad), "compiles")
    except SyntaxError as e:
        print(repr(bad), "->", type(e).__name__, e.msg, e.lineno, e.offset, e.end_offset)
