# A recursion through special methods, builtins and callbacks ends where the limit of 1,000 is.
import functools
import sys

DEPTH = [0]
NAMESPACE = {"D": DEPTH, "functools": functools}


def probe(name, source, call):
    ns = dict(NAMESPACE)
    exec(source, ns)
    DEPTH[0] = 0
    try:
        exec(call, ns)
        end = "no error"
    except RecursionError as e:
        end = f"RecursionError: {e}"
    print(name, "reached" if DEPTH[0] >= 980 else DEPTH[0], end)


def special(name, body, call, params="self, *a"):
    probe(name, f"class C:\n  def {name}({params}):\n    D[0] += 1\n    {body}\nx = C()\ny = C()\n", call)


special("__eq__", "return self == y", "x == y")
special("__ne__", "return self != y", "x != y")
special("__lt__", "return self < y", "x < y")
special("__ge__", "\n    if self >= y: return 1", "x >= y")
special("__repr__", "return repr(self)", "repr(x)")
special("__repr__", "return f'{self!r}'", "repr(x)")
special("__str__", "return str(self)", "str(x)")
special("__str__", "return f'{self!s}'", "str(x)")
special("__getitem__", "return self[0]", "x[0]")
special("__setitem__", "self[1] = 1", "x[1] = 1")
special("__delitem__", "del self[1]", "del x[1]")
special("__getattr__", "return self.foo", "x.foo", "self, n")
special("__setattr__", "self.a = 1", "x.a = 1")
special("__delattr__", "del self.a", "del x.a")
special("__call__", "return self()", "x()")
special("__hash__", "return hash(self)", "hash(x)")
special("__bool__", "return not self", "not x")
special("__bool__", "\n    while self: pass", "not x")
special("__len__", "return len(self)", "len(x)")
special("__contains__", "return 1 in self", "1 in x")
special("__iter__", "return iter(self)", "iter(x)")
special("__iter__", "\n    for q in self: pass", "iter(x)")
special("__next__", "return next(self)", "next(x)")
special("__add__", "return self + 1", "x + 1")
special("__iadd__", "self += 1; return self", "x += 1")
special("__mul__", "return self * 1", "x * 1")
special("__and__", "return self & 1", "x & 1")
special("__neg__", "return -self", "-x")
special("__abs__", "return abs(self)", "abs(x)")
special("__format__", "return format(self, '')", "format(x)")
special("__format__", "return f'{self:x}'", "f'{x}'")
special("__bytes__", "return bytes(self)", "bytes(x)")
special("__reversed__", "return reversed(self)", "reversed(x)")
probe("property", "class C:\n  @property\n  def p(self):\n    D[0] += 1\n    return self.p\n", "C().p")
probe("sorted", "def k(n):\n  D[0] += 1\n  return sorted([1, 2], key=k)\n", "k(1)")
probe("min", "def k(n):\n  D[0] += 1\n  return min([1, 2], key=k)\n", "k(1)")
probe("max", "def k(n):\n  D[0] += 1\n  return max(1, 2, key=k)\n", "k(1)")
probe("partial", "def k(a):\n  D[0] += 1\n  return functools.partial(k, 1)()\n", "k(1)")
probe("lru_cache", "@functools.lru_cache\ndef k(n):\n  D[0] += 1\n  return k(n + 1)\n", "k(0)")
probe("setattr", "class C:\n  def __setattr__(self, k, v):\n    D[0] += 1\n    setattr(self, k, v)\n", "C().x = 1")
probe(
    "isinstance",
    "class M(type):\n  def __instancecheck__(self, o):\n    D[0] += 1\n    return isinstance(o, self)\n"
    "class C(metaclass=M): pass",
    "isinstance(1, C)",
)
probe("yield from", "def g():\n  D[0] += 1\n  yield from g()\n", "next(g())")
probe("generators", "def g():\n  D[0] += 1\n  for x in g(): yield x\n", "next(g())")
probe("await", "async def g():\n  D[0] += 1\n  await g()\n", "g().send(None)")
probe("metaclass", "class M(type):\n  def __call__(self):\n    D[0] += 1\n    return self()\nclass C(metaclass=M): pass", "C()")


# far more frames than that, where the limit allows it
sys.setrecursionlimit(200_000)


def plain(n):
    return 0 if n == 0 else 1 + plain(n - 1)


class Nested:
    def __init__(self, n):
        self.inner = Nested(n - 1) if n else None


def delegating(n):
    if n:
        yield from delegating(n - 1)
    yield n


print(plain(100_000))
n, depth = Nested(10_000), 0
while n is not None:
    n, depth = n.inner, depth + 1
print(depth)
print(sum(1 for _ in delegating(2_000)))
