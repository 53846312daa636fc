"""Tells which natives are barriers: those under which each level of recursion takes JavaScript's stack.

For each native a function recurs through it, under two recursion limits. Where the higher limit lets
it go as much deeper, the native asks the run loop to make its call; where it does not, the native made
the call itself. Prints `name barrier` or `name pushes`, a line each.
"""

import bisect, collections, contextvars, copy, functools, heapq, itertools, operator, re, sys


def bound(names, call):
    """A maker of objects whose special methods `names` recur; `call` uses such an object."""

    def case(rec):
        cls = type("X", (), {n: (lambda self, *a: rec()) for n in names.split()})
        return call(cls())

    return case


class Index:
    """Calls back when it is used as an index."""

    def __init__(self, rec):
        self.rec = rec

    def __index__(self):
        self.rec()
        return 0


def gen(rec):
    yield rec()


class Meta(type):
    pass


CASES = {
    # builtin functions with a callback
    "map": lambda rec: next(map(lambda x: rec(), [0])),
    "filter": lambda rec: next(filter(lambda x: rec() or True, [0])),
    "sorted": lambda rec: sorted([0], key=lambda x: rec() or 0),
    "sorted of two": lambda rec: sorted([0, 1], key=lambda x: rec() or 0),
    "min": lambda rec: min([0, 1], key=lambda x: rec() or 0),
    "max": lambda rec: max([0, 1], key=lambda x: rec() or 0),
    "list.sort": lambda rec: [0].sort(key=lambda x: rec() or 0),
    "iter with a sentinel": lambda rec: next(iter(lambda: rec() or 1, 0)),
    # builtin functions over an iterator
    "list": lambda rec: list(gen(rec)),
    "tuple": lambda rec: tuple(gen(rec)),
    "set": lambda rec: set(gen(rec)),
    "dict": lambda rec: dict((k, rec()) for k in [1]),
    "sum": lambda rec: sum((rec() or 0) for _ in [1]),
    "any": lambda rec: any(gen(rec)),
    "all": lambda rec: all(gen(rec)),
    "enumerate": lambda rec: next(enumerate(gen(rec))),
    "zip": lambda rec: next(zip(gen(rec))),
    "bytes": lambda rec: bytes((rec() or 0) for _ in [1]),
    "str.join": lambda rec: "".join((rec() or "") for _ in [1]),
    "next": lambda rec: next(gen(rec)),
    "generator.send": lambda rec: gen(rec).send(None),
    "deque": lambda rec: collections.deque(gen(rec)),
    # special methods
    "len": bound("__len__", lambda x: len(x)),
    "bool": bound("__bool__", lambda x: bool(x)),
    "int": bound("__int__", lambda x: int(x)),
    "float": bound("__float__", lambda x: float(x)),
    "hash": bound("__hash__", lambda x: hash(x)),
    "repr": bound("__repr__", lambda x: repr(x)),
    "str": bound("__str__", lambda x: str(x)),
    "format": bound("__format__", lambda x: format(x)),
    "f-string": bound("__format__", lambda x: f"{x}"),
    "str.format": bound("__format__", lambda x: "{}".format(x)),
    "str %": bound("__str__", lambda x: "%s" % x),
    "repr of a list": bound("__repr__", lambda x: repr([x])),
    "print": bound("__str__", lambda x: print(x)),
    "abs": bound("__abs__", lambda x: abs(x)),
    "round": bound("__round__", lambda x: round(x)),
    "divmod": bound("__divmod__", lambda x: divmod(x, 1)),
    "pow": bound("__pow__", lambda x: pow(x, 1)),
    "+": bound("__add__", lambda x: x + 1),
    "+ reflected": bound("__radd__", lambda x: 1 + x),
    "+=": bound("__iadd__", lambda x: operator.iadd(x, 1)),
    "==": bound("__eq__", lambda x: x == 1),
    "<": bound("__lt__", lambda x: x < 1),
    "in": bound("__contains__", lambda x: 1 in x),
    "in a list": bound("__eq__", lambda x: 1 in [x]),
    "list ==": bound("__eq__", lambda x: [x] == [1]),
    "list.index": bound("__eq__", lambda x: [x].index(1)),
    "dict lookup": lambda rec: {Key(rec, False): 1}.get(Key(rec, True)),
    "x[i]": bound("__getitem__", lambda x: x[0]),
    "x[i] = v": bound("__setitem__", lambda x: x.__class__.__setitem__(x, 0, 0)),
    "list[index]": lambda rec: [0][Index(rec)],
    "call": bound("__call__", lambda x: x()),
    "iter": bound("__iter__", lambda x: iter(x)),
    "for": bound("__iter__", lambda x: [0 for _ in x]),
    "reversed": bound("__reversed__", lambda x: reversed(x)),
    "with": bound("__enter__ __exit__", lambda x: enter(x)),
    "dir": bound("__dir__", lambda x: dir(x)),
    "attribute": bound("__getattr__", lambda x: x.a),
    "getattr": bound("__getattr__", lambda x: getattr(x, "a")),
    "hasattr": bound("__getattr__", lambda x: hasattr(x, "a")),
    "setattr": bound("__setattr__", lambda x: setattr(x, "a", 1)),
    "property": lambda rec: type("X", (), {"p": property(lambda self: rec())})().p,
    "isinstance": lambda rec: isinstance(0, meta(rec, "__instancecheck__")),
    "issubclass": lambda rec: issubclass(int, meta(rec, "__subclasscheck__")),
    # classes
    "type call": lambda rec: type("X", (), {"__init__": lambda self: rec()})(),
    "__new__": lambda rec: type("X", (), {"__new__": lambda cls: rec()})(),
    "metaclass call": lambda rec: meta(rec, "__call__")(),
    "class statement": lambda rec: define(rec),
    "__init_subclass__": lambda rec: subclass(rec),
    "__set_name__": lambda rec: type("Y", (), {"d": type("D", (), {"__set_name__": lambda *a: rec()})()}),
    # functions of other modules
    "functools.partial": lambda rec: functools.partial(rec)(),
    "functools.lru_cache": lambda rec: functools.lru_cache(rec)(),
    "functools.reduce": lambda rec: functools.reduce(lambda a, b: rec(), [0, 1]),
    "functools.cmp_to_key": lambda rec: functools.cmp_to_key(lambda a, b: rec() or 0)(0) < functools.cmp_to_key(max)(1),
    "operator.call": lambda rec: operator.call(rec),
    "operator.add": bound("__add__", lambda x: operator.add(x, 1)),
    "operator.attrgetter": bound("__getattr__", lambda x: operator.attrgetter("a")(x)),
    "operator.methodcaller": lambda rec: operator.methodcaller("m")(type("X", (), {"m": lambda self: rec()})()),
    "itertools.starmap": lambda rec: next(itertools.starmap(rec, [()])),
    "itertools.accumulate": lambda rec: list(itertools.accumulate([0, 1], lambda a, b: rec() or 0)),
    "itertools.takewhile": lambda rec: next(itertools.takewhile(lambda x: rec() or True, [0])),
    "itertools.chain": lambda rec: next(itertools.chain(gen(rec))),
    "itertools.groupby": lambda rec: next(itertools.groupby([0], lambda x: rec() or 0)),
    "heapq.heapify": bound("__lt__", lambda x: heapq.heapify([x, x])),
    "bisect": lambda rec: bisect.bisect([0], 0, key=lambda x: rec() or 0),
    "re.sub": lambda rec: re.sub("a", lambda m: rec() or "", "a"),
    "copy.copy": bound("__copy__", lambda x: copy.copy(x)),
    "contextvars": lambda rec: contextvars.copy_context().run(rec),
    "defaultdict": lambda rec: collections.defaultdict(lambda: rec() or 0)[0],
    "eval": lambda rec: eval("rec()", {"rec": rec}),
    "exec": lambda rec: exec("rec()", {"rec": rec}),
}


class Key:
    """A dict's key with the hash of all others."""

    def __init__(self, rec, other):
        self.rec, self.other = rec, other

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return bool(self.rec())


def enter(x):
    with x:
        pass


def meta(rec, name):
    return type("M", (type,), {name: lambda cls, *a: rec()})("C", (), {})


def define(rec):
    class C:
        x = rec()


def subclass(rec):
    base = type("B", (), {"__init_subclass__": classmethod(lambda cls: rec())})

    class C(base):
        pass


def depth(case, limit):
    """How often the function came to itself before RecursionError."""
    n = 0

    def rec(*args):
        nonlocal n
        n += 1
        return case(rec)

    old = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        rec()
    except RecursionError:
        pass
    finally:
        sys.setrecursionlimit(old)
    return n


for name, case in CASES.items():
    low, high = depth(case, 600), depth(case, 12_000)
    print(name, "pushes" if high > low * 15 else "barrier", sep=": ")
    if "-v" in sys.argv:
        print("   ", low, high)
