"""Lists, dicts, sets, tuples, and the collections module, heapq, bisect, functools."""
import bisect
import functools
import heapq
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, abc, defaultdict, deque, namedtuple
from operator import attrgetter, itemgetter, methodcaller

a = list(range(10))
a[2:5] = ["x", "y"]
del a[-1], a[::3]
print(a, a.index("y") if "y" in a else None, a.count(1), a[::-1], a[1:-1], a * 2)
a.insert(1, "ins")
a.extend("zz")
a.append([1])
print(a, a.pop(), a.pop(0), a.remove("z"), a, a.reverse(), a, a.copy() == a, a.clear(), a)
b = [3, 1, 2, 10, -5]
b.sort()
print(b, sorted(b, reverse=True), sorted("bca", key=lambda c: -ord(c)), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted(b, key=abs), min(b), max(b, key=lambda x: -x), sum(b, 100))
b[::2] = [0, 0, 0]
print(b, [1, 2] < [1, 2, 3], [1, [2]] == [1, [2]], [*b, *"ab"], list(zip(b, b[1:])))
recursive = [1]
recursive.append(recursive)
print(recursive, {1: recursive})
d = {"b": 2, "a": 1}
d["c"] = 3
d |= {"d": 4}
print(d, list(d.items()), d.pop("b"), d.get("zz"), d.setdefault("e", []), d.popitem(), d, {**d, "a": 9}, d | {"a": 5}, list(reversed(d)), "a" in d, d.keys() & {"a", "q"}, d.items() - {("a", 1)}, len(d))
print(dict([("x", 1)], y=2), dict.fromkeys("ab", 0), {i: i * i for i in range(4)}, {1: "a", 1.0: "b", True: "c"}, {(1, 2): 3}[1, 2], d == {"c": 3, "a": 1, "d": 4}, d.update(z=1), d, d.keys(), d.values())
try:
    for k in d:
        d[k + k] = 1
except RuntimeError as e:
    print(e)
s, t = {1, 2, 3}, {3, 4}
print(s | t, s & t, s - t, s ^ t, s <= {1, 2, 3, 4}, s.isdisjoint({9}), s.union([7], [8]), frozenset([1, 2]) == {1, 2}, {frozenset([1]): 1}[frozenset([1])])
s.add(9)
s.discard(100)
s.update([5], (6,))
s -= {1}
print(sorted(s), s.pop() in range(10), len(s), s >= {9}, {x % 3 for x in range(10)}, sorted({"b", "a"}), set("hello") == set("olleh"))
tup = (1, 2, 3)
print(tup + (4,), tup * 2, tup.index(2), tup[1:], (1,), (), tup < (1, 3), hash(tup) == hash((1, 2, 3)), tuple("ab"), (1, "a", None, 2.5, True))
x, (y, *z), w = 1, (2, 3, 4), 5
print(x, y, z, w)
c = Counter("abracadabra")
print(c, c.most_common(2), c["zz"], c + Counter("aab"), c - Counter("aaaaab"), sorted(c.elements()), c.total(), c & Counter("ab"), Counter(a=1) | Counter(a=3), Counter(a=-1, b=2), +Counter(a=-1, b=2))
dd = defaultdict(list)
for k, v in [("a", 1), ("b", 2), ("a", 3)]:
    dd[k].append(v)
print(dd, dd["new"], dict(dd), defaultdict(lambda: 5)["x"])
dq = deque([1, 2, 3], maxlen=4)
dq.append(4)
dq.append(5)
dq.appendleft(0)
dq.rotate(1)
print(dq, dq[0], dq.popleft(), dq.pop(), dq.maxlen, list(reversed(dq)), dq.index(2), dq.count(3), deque("abc") == deque("abc"))
P = namedtuple("P", "x y z", defaults=[0])
p = P(1, 2)
print(p, p.x, p._asdict(), p._replace(x=9), P._fields, p == (1, 2, 0), P._make([4, 5, 6]), p[1], *p, P.__doc__, isinstance(p, tuple), p._field_defaults)
od = OrderedDict(a=1, b=2, c=3)
od.move_to_end("a")
print(od, od.popitem(last=False), od == OrderedDict(c=3, a=1), od == {"a": 1, "c": 3}, list(reversed(od)))
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
cm["c"] = 5
print(cm, cm["a"], cm["b"], cm.parents, dict(cm), cm.new_child({"a": 0})["a"], len(cm))


class Lower(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k.lower(), v)


class Stack(UserList):
    push = UserList.append


lo = Lower(A=1, B=2)
st = Stack([1])
st.push(2)
print(lo, "a" in lo, st, st + [3], st[0])


class Ring(abc.MutableSequence):
    def __init__(self, *v):
        self.v = list(v)

    def __getitem__(self, i):
        return self.v[i % len(self.v)]

    def __setitem__(self, i, v):
        self.v[i % len(self.v)] = v

    def __delitem__(self, i):
        del self.v[i % len(self.v)]

    def __len__(self):
        return len(self.v)

    def insert(self, i, v):
        self.v.insert(i, v)


r = Ring(1, 2, 3)
r.append(4)
r[7] = "w"
r += [5]
print(r.v, r[9], r.pop(), r.index(2), 3 in r, isinstance(r, abc.Sequence), isinstance({}, abc.Mapping), issubclass(list, abc.Iterable), isinstance(5, abc.Hashable))
try:
    abc.Sized()
except TypeError as e:
    print(e)
h = [5, 3, 8, 1]
heapq.heapify(h)
heapq.heappush(h, 0)
print(h, heapq.heappop(h), heapq.heapreplace(h, 7), heapq.nsmallest(2, h), heapq.nlargest(2, h, key=lambda x: -x), list(heapq.merge([1, 4], [2, 3])), heapq.heappushpop(h, 2))
xs = [1, 3, 3, 5]
print(bisect.bisect(xs, 3), bisect.bisect_left(xs, 3), bisect.insort(xs, 4), xs, bisect.bisect([(1, "a"), (2, "b")], 1, key=itemgetter(0)))


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info(), functools.reduce(lambda a, b: a * b, range(1, 6)), functools.partial(int, base=2)("101"), functools.partial(print, 1, sep="-"))


@functools.total_ordering
class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        return self.n == o.n

    def __lt__(self, o):
        return self.n < o.n


print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2))


@functools.singledispatch
def describe(x):
    return "object"


@describe.register
def _(x: int):
    return "int"


@describe.register(list)
def _(x):
    return f"list of {describe(x[0])}"


print(describe(1), describe([2]), describe("s"), describe(True), describe.registry.keys() == {object, int, list})


class Cached:
    @functools.cached_property
    def v(self):
        print("computing")
        return 42


k = Cached()
print(k.v, k.v, k.__dict__)


def deco(f):
    @functools.wraps(f)
    def inner(*a, **kw):
        return ["wrapped", f(*a, **kw)]
    return inner


@deco
def documented(a: int = 3) -> str:
    "the doc"
    return str(a)


print(documented(), documented.__name__, documented.__doc__, documented.__wrapped__(5), documented.__annotations__)
people = [{"n": "bob", "a": 3}, {"n": "al", "a": 5}]
print(sorted(people, key=itemgetter("a"), reverse=True), list(map(methodcaller("upper"), "ab")), attrgetter("real", "imag")(2), sorted(["b", "A", "c"], key=str.lower), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
for f in (lambda: [1][3], lambda: {}["x"], lambda: {[]}, lambda: (1,)[0:"a"], lambda: [].remove(1), lambda: {1, 2}.remove(3), lambda: set().pop(), lambda: {}.popitem(), lambda: deque().pop(), lambda: [3, "a"].sort(), lambda: P(1), lambda: dict([1]), lambda: [1, 2].index(5), lambda: tup.__setitem__, lambda: [0] * "a", lambda: deque([1], 2, 3), lambda: heapq.heappop([]), lambda: hash({}), lambda: dict(a=1, **{"a": 2}), lambda: Counter(5), lambda: max(), lambda: sum(["a"])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
