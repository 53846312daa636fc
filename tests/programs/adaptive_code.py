# What the sites of functions have been specialised to, as dis shows it.
import dis


def show(name, f, *argses, times=3):
    for _ in range(times):
        for args in argses:
            try:
                f(*args)
            except Exception:
                pass
    ops = [i.opname for i in dis.get_instructions(f, adaptive=True)]
    print(name, *ops)


def fn(body, args="a, b", **ns):
    ns = dict(globals(), **ns)
    exec(f"def f({args}):\n" + "\n".join("    " + line for line in body.splitlines()), ns)
    return ns["f"]


class Plain:
    kind = "x"

    def __init__(self, v=1):
        self.v = v

    def get(self):
        return self.v

    @property
    def prop(self):
        return self.v

    @classmethod
    def make(cls):
        return cls()

    def __getitem__(self, i):
        return i


class Exact:
    def __init__(self, v):
        self.v = v


class Slots:
    __slots__ = ("s",)

    def __init__(self):
        self.s = 1

    def get(self):
        return self.s


class Sub(Plain):
    def get(self):
        return super().get()


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    attr = 5


class Dynamic:
    def __getattribute__(self, name):
        return name


def two(a, b):
    return a


def default(a, b=1):
    return a


# binary operations
for op in "+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "**":
    show("int " + op, fn(f"a {op} b"), (7, 3))
    show("int in place " + op, fn(f"a {op}= b"), (7, 3))
for op in "+", "-", "*", "/", "//":
    show("float " + op, fn(f"a {op} b"), (7.5, 3.5))
    show("float int " + op, fn(f"a {op} b"), (7.5, 3))
    show("int float " + op, fn(f"a {op} b"), (7, 3.5))
show("big +", fn("a + b"), (1 << 40, 1))
show("str +", fn("a + b"), ("x", "y"))
show("str + in place", fn("a += b\na = a + b"), ("x", "y"))
show("str *", fn("a * b"), ("x", 2))
show("list +", fn("a + b"), ([1], [2]))
# subscripts
show("list[int]", fn("a[b]"), ([1, 2], 1))
show("list[-1]", fn("a[b]"), ([1, 2], -1))
show("list[slice]", fn("a[b]"), ([1, 2], slice(1)))
show("tuple[int]", fn("a[b]"), ((1, 2), 1))
show("str[int]", fn("a[b]"), ("xy", 1))
show("dict[x]", fn("a[b]"), ({1: 2}, 1))
show("instance[x]", fn("a[b]"), (Plain(), 1))
# comparisons
for op in "<", "<=", "==", "!=", ">", ">=":
    show("int " + op, fn(f"a {op} b"), (1, 2))
    show("float " + op, fn(f"a {op} b"), (1.0, 2.0))
    show("str " + op, fn(f"a {op} b"), ("a", "b"))
    show("mixed " + op, fn(f"a {op} b"), (1, 2.0))
show("is", fn("a is b"), (1, 2))
show("in dict", fn("a in b"), (1, {}))
show("in set", fn("a in b"), (1, {1}))
show("in frozenset", fn("a in b"), (1, frozenset()))
show("in list", fn("a not in b"), (1, []))
# truth
for v in True, 1, 1 << 40, 0.5, "x", [], (), None, {}, Plain(), Slots():
    show("bool " + type(v).__name__, fn("if a: b"), (v, 1))
# unpacking
show("unpack two", fn("x, y = a"), ((1, 2), 1))
show("unpack tuple", fn("x, y, z = a"), ((1, 2, 3), 1))
show("unpack list", fn("x, y = a"), ([1, 2], 1))
show("unpack other", fn("x, y = a"), ("ab", 1))
# loops
show("for list", fn("for x in a: pass"), ([1, 2, 3], 1))
show("for tuple", fn("for x in a: pass"), ((1, 2, 3), 1))
show("for range", fn("for x in a: pass"), (range(5), 1))
show("for str", fn("for x in a: pass"), ("abc", 1))
show("for generator", fn("for x in (y for y in a): pass"), ([1, 2, 3], 1))
show("while", fn("i = 0\nwhile i < b: i += 1"), (1, 5), times=1)
# attributes
show("values", fn("a.v"), (Plain(), 1))
show("slot", fn("a.s"), (Slots(), 1))
show("class value", fn("a.kind"), (Plain(), 1))
show("class attribute", fn("a.kind"), (Plain, 1))
show("class method", fn("a.make()"), (Plain, 1))
show("metaclass", fn("a.attr"), (WithMeta, 1))
show("property", fn("a.prop"), (Plain(), 1))
show("getattribute", fn("a.prop"), (Dynamic(), 1))
show("method with values", fn("a.get()"), (Plain(), 1))
show("method without dict", fn("a.get()"), (Slots(), 1))
show("bound method", fn("a()"), (Plain().get, 1))
show("method of list", fn("a.append(b)"), ([], 1))
show("method, result used", fn("return a.append(b)"), ([], 1))
show("method of str", fn("a.upper()"), ("x", 1))
show("method with arguments", fn("a.startswith(b)"), ("x", "x"))
show("module", fn("dis.hasjrel"), (1, 1))
show("missing", fn("a.nothing"), (Plain(), 1))
show("__class__", fn("a.__class__"), (1, 1))
show("store values", fn("a.v = b"), (Plain(), 1))
show("store slot", fn("a.s = b"), (Slots(), 1))
show("super", Sub.get, (Sub(),))
# calls
show("exact", fn("two(a, b)"), (1, 2))
show("default", fn("default(a)"), (1, 2))
show("len", fn("len(a)"), ([], 1))
show("isinstance", fn("isinstance(a, int)"), (1, 1))
show("builtin O", fn("abs(a)"), (1, 1))
show("builtin fast", fn("divmod(a, b)"), (1, 1))
show("str 1", fn("str(a)"), (1, 1))
show("type 1", fn("type(a)"), (1, 1))
show("tuple 1", fn("tuple(a)"), ([], 1))
show("list", fn("list(a)"), ([], 1))
show("bytes", fn("bytes(a)"), ([], 1))
show("init", fn("Exact(a)"), (1, 1))
show("init default", fn("Plain()"), (1, 1))
show("no init", fn("Empty()", Empty=type("Empty", (), {})), (1, 1))
# constants
show("constants", fn("x = None, 'name', 'not a name', 1000, 5000, 1.5, a\nreturn x"), (1, 1))
show("once", fn("a.v + b * a"), (Plain(), 1), times=1)
show("never", fn("a.v + b"), times=0)
show("branches", fn("if a: return 'x!'\nelse: return 'y!'"), (True, 1))
