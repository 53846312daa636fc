"""Classes: attributes, inheritance, descriptors, metaclasses, special methods."""


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("set_name", owner.__name__, name)

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return getattr(obj, self.name, "unset")

    def __set__(self, obj, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.name[1:]} must be int, not {type(value).__name__}")
        setattr(obj, self.name, value)

    def __delete__(self, obj):
        delattr(obj, self.name)


class Point:
    x = Descriptor()
    y = Descriptor()

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"{type(self).__name__}({self.x}, {self.y})"

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __add__(self, other):
        if isinstance(other, Point):
            return type(self)(self.x + other.x, self.y + other.y)
        return NotImplemented

    def __radd__(self, other):
        if other == 0:
            return self
        return NotImplemented

    def __neg__(self):
        return type(self)(-self.x, -self.y)

    def __bool__(self):
        return self.x != 0 or self.y != 0

    def __len__(self):
        return 2

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self.x, self.y][i]
        return (self.x, self.y)[i]

    def __contains__(self, v):
        return v in (self.x, self.y)

    def __iter__(self):
        yield self.x
        yield self.y

    def __call__(self, k):
        return Point(self.x * k, self.y * k)


p, q = Point(1, 2), Point(3, 4)
print(p, q, p + q, sum([p, q]), -p, bool(Point(0, 0)), len(p), p[0], p[-1], p[:], 2 in p, list(p), p(3))
print(p == Point(1, 2), p != q, p == 5, hash(p) == hash(Point(1, 2)), {p: 1}[Point(1, 2)])
for bad in (lambda: p + 1, lambda: setattr(p, "x", "a"), lambda: p[5], lambda: p < q, lambda: p.zz, lambda: Point(1)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
del p.x
print(p.x, Point.x.name)


class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


print(D().who(), [c.__name__ for c in D.__mro__], D.__bases__, issubclass(D, A))
try:
    class Bad(A, D):
        pass
except TypeError as e:
    print(e)


class Meta(type):
    registry = {}

    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, kw)
        return {"prepared": True}

    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, dict(ns))
        mcs.registry[name] = kw
        return cls

    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)

    def __call__(cls, *args, **kw):
        print("create", cls.__name__, args, kw)
        return super().__call__(*args, **kw)

    def __len__(cls):
        return 42

    def __instancecheck__(cls, obj):
        return type(obj) is int or super().__instancecheck__(obj)


class M(metaclass=Meta, flavour="sweet"):
    def __init__(self, a, *, b=2):
        self.a, self.b = a, b


m = M(1, b=5)
print(m.a, m.b, len(M), M.prepared, Meta.registry, isinstance(3, M), isinstance("", M), type(M))


class Base:
    subs = []

    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Base.subs.append((cls.__name__, tag))

    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


class S1(Base, tag="one"):
    pass


class S2(S1):
    pass


print(Base.subs, S1[int], S2["x"])


class Slots:
    __slots__ = ("a", "b", "__dict__")


class Tight:
    __slots__ = ("a",)


s = Slots()
s.a, s.c = 1, 3
print(s.a, s.c, s.__dict__, hasattr(s, "b"))
t = Tight()
for f in (lambda: t.a, lambda: setattr(t, "zzz", 1), lambda: t.__dict__):
    try:
        print(f())
    except AttributeError as e:
        print("AttributeError", e)


class Dyn:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return name.upper()

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)

    def __dir__(self):
        return ["b", "a"]


d = Dyn()
d.x = 4
print(d.x, d.foo, dir(d), getattr(d, "_no", "default"), vars(d))
del d.x
print(d.x)


class Prop:
    def __init__(self):
        self._v = 0

    @property
    def v(self):
        "doc of v"
        return self._v

    @v.setter
    def v(self, value):
        self._v = value

    @v.deleter
    def v(self):
        self._v = None

    @property
    def ro(self):
        return 1

    @staticmethod
    def st(a):
        return a + 1

    @classmethod
    def cm(cls, a):
        return cls.__name__, a


pr = Prop()
pr.v = 9
print(pr.v, Prop.v.__doc__, Prop.st(1), pr.st(2), Prop.cm(3), pr.cm(4))
del pr.v
print(pr.v)
try:
    pr.ro = 3
except AttributeError as e:
    print(e)


class Num:
    def __init__(self, v):
        self.v = v

    def __index__(self):
        return self.v

    def __int__(self):
        return self.v + 100

    def __float__(self):
        return self.v / 2

    def __format__(self, spec):
        return f"<{self.v}:{spec}>"

    def __lt__(self, o):
        return self.v < o.v

    def __matmul__(self, o):
        return ("@", self.v, o.v)

    def __iadd__(self, o):
        self.v += o
        return self

    def __divmod__(self, o):
        return ("divmod", o)

    def __pow__(self, o, m=None):
        return ("pow", o, m)

    def __round__(self, n=None):
        return ("round", n)

    def __invert__(self):
        return ~self.v

    def __reversed__(self):
        return iter([3, 2, 1])


n = Num(7)
n += 1
print([10, 20, 30, 40, 50, 60, 70, 80, 90][n], int(n), float(n), f"{n:abc}", n @ n, divmod(n, 2), n ** 2, pow(n, 2, 3),
      round(n), round(n, 1), ~n, list(reversed(n)), hex(n), sorted([Num(3), Num(1)])[0].v, "x" * 2, range(n)[-1])
