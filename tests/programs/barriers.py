# Natives that call Python from inside themselves: each does what it does with a Python function,
# or with a special method written in Python.
import bisect
import copy
import functools
import heapq
import io
import itertools
import json
import operator
import pickle
import re


class Num:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n

    def __float__(self):
        return float(self.n)

    def __complex__(self):
        return complex(self.n)

    def __lt__(self, other):
        return self.n < other.n

    def __eq__(self, other):
        return isinstance(other, Num) and self.n == other.n

    def __hash__(self):
        return hash(self.n)

    def __radd__(self, other):
        return self.n + other

    def __repr__(self):
        return f"Num({self.n})"

    def __len__(self):
        return self.n

    def __round__(self, ndigits=None):
        return self.n


class It:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Seq:
    def __getitem__(self, i):
        if i == 3:
            raise IndexError
        return i


a, b = Num(1), Num(2)
print(list(map(lambda x: x + 1, [1, 2])), list(filter(lambda x: x > 1, [1, 2])), list(It(3)), tuple(It(2)))
print(set(It(2)), dict([(a, 1)]), sum([a, b], 0), sum(It(4)), min([b, a]), max([a, b], key=lambda x: x.n))
print(sorted([b, a]), [a, b].index(b), [a].count(a), [a] == [Num(1)], a in [b, a], (a,) == (Num(1),))
l = [b, a]
l.sort()
l.sort(key=lambda x: -x.n)
print(l, "%s %d" % (a, 3), "{}".format(a), "{!r:>8}".format(a), range(a, b), [1, 2, 3][a], [1, 2, 3][a:b])
print(re.sub("a", lambda m: "b", "aa"), functools.reduce(lambda x, y: x + y, [1, 2, 3]), list(Seq()))
print(any(It(2)), all(It(2)), list(zip(It(2), It(2))), list(enumerate(It(2))), " ".join(map(str, It(2))))
print(bisect.bisect([a, b], Num(2)), heapq.nsmallest(1, [b, a]), list(itertools.takewhile(lambda x: x, [1, 0])))
print(list(itertools.groupby([1, 1, 2], lambda x: x))[0][0], list(itertools.accumulate([1, 2], lambda x, y: x * y)))
print(int(a), float(a), complex(a), bytes(It(2)), hash(a), len(a), round(a), divmod(7, 2), chr(Num(65)))
print({a: 1}[Num(1)], {a} == {Num(1)}, frozenset([a]) == {a}, {a: 1} == {Num(1): 1}, {a: 1}.get(Num(1)))
print(copy.copy(a), copy.deepcopy(a), pickle.loads(pickle.dumps(a)), json.dumps({"a": [1]}, default=str))
print(sorted([3, 1], key=functools.cmp_to_key(lambda x, y: x - y)), operator.methodcaller("__len__")(b))
print(io.TextIOWrapper(io.BytesIO(b"x\ny")).readlines(), "".join(It(0)), bytearray(It(2)), list(reversed([a])))
print(isinstance(a, type("M", (type,), {"__instancecheck__": lambda c, o: True})("C", (), {})))
print(getattr(type("G", (), {"__getattribute__": lambda s, n: n})(), "x"), dir(type("D", (), {"__dir__": lambda s: []})()))
print(print(a), str(a), repr([a]), ascii(a), f"{a}", f"{a!r}", iter(lambda: 1, 1).__next__ is not None)
for x in iter(lambda: 4, 5):
    print(x)
    break
