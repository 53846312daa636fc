# When objects end: finalizers, weak references and generators at the moment the last name goes.
import weakref, sys, gc
class A:
    def __init__(s, n, *kids): s.n = n; s.kids = list(kids)
    def __del__(s): print("del", s.n)
def show(*a): print(*a)
# containers
t = (A(1), A(2), [A(3), A(4)]); del t; show("tuple gone")
d = {1: A(5), 'x': A(6), A(7): A(8)}; del d[1]; show("del item"); d['x'] = None; show("set item"); d.clear(); show("clear")
l = [A(i) for i in range(10, 15)]; del l[1]; show("del l[1]"); l[:2] = []; show("slice"); l.pop(); show("pop"); del l[:]; show("all")
s = {A(20), }; x = s.pop(); show("set pop"); del x; show("del x")
# parents before children
p = A(30, A(31), A(32, A(33))); del p; show("tree gone")
p = A(34, A(35)); q = p.kids[0]; del p; show("parent gone"); del q; show("child gone")
# attributes
class H: pass
h = H(); h.a = A(40); h.a = A(41); show("attr rebound"); del h.a; show("attr deleted"); h.b = A(42); del h; show("holder gone")
# closures
def mk():
    v = A(50)
    def inner(): return v
    return inner
fn = mk(); show(fn().n); fn = None; show("closure gone")
# args
def take(a): show("take", a.n)
take(A(60)); show("after take")
def ret(): return A(61)
ret(); show("after ret")
show(ret().n)
# exceptions
def boom():
    v = A(70)
    raise ValueError("x")
try: boom()
except ValueError: show("handler")
show("after handler")
try: boom()
except ValueError as e: show("as e")
show("after as")
def g1():
    try: boom()
    except ValueError as e:
        return 5
show(g1())
# resurrection
keep = []
class R:
    def __del__(self): print("R del"); keep.append(self)
r = R(); w = weakref.ref(r); del r; show(w() is keep[0]); keep.clear(); show(w())
# exception in del
class E:
    def __del__(self): raise KeyError("bad")
old = sys.unraisablehook
sys.unraisablehook = lambda u: print("unraisable", u.exc_type.__name__, u.err_msg is not None)
e = E(); del e; show("after E"); sys.unraisablehook = old
# cycles
c = A(80); c.me = c; del c; show("cycle"); gc.collect(); show("collected")
# generators
def gen(n):
    v = A(n)
    try:
        yield 1
        yield 2
    finally: show("gen fin", n)
for x in gen(90): break
show("after break")
it = gen(91); next(it); it = None; show("gen rebound")
def use():
    i = gen(92); next(i); show("used")
use(); show("after use")
def plain(n):
    v = A(n); yield 1; yield 2
i = plain(93); next(i); del i; show("plain gone")
list(plain(94)); show("exhausted")
# nested finalizers
class N:
    def __del__(self): x = A(100); show("in N")
n = N(); del n; show("after N")
# with
class CM:
    def __enter__(self): return A(110)
    def __exit__(self, *a): show("exit")
with CM() as cm: show("body")
show("after with"); del cm; show("done")
# comprehension
show([a.n for a in [A(120), A(121)]])
a, b = A(130), A(131); a, b = b, a; show("swap"); del a; show('-'); del b
lam = lambda q: q.n
show(lam(A(140)))
m = A(150).__del__; show("bound"); del m; show("x")
import functools
pf = functools.partial(show, A(160)); del pf; show("partial gone")
z = [A(170)] * 3; z.pop(); show(1); z.clear(); show(2)
def defarg(x=A(180)): pass
del defarg; show("default gone")
class K:
    at = A(190)
del K; gc.collect(); show("class gone")
for v in (A(200), A(201)): show(v.n)
del v; show("loop done")
a = b = A(210); del a; show("one"); del b; show("two")
show("end")
# weak references
import weakref
class W:
    pass
w = W(); refs = [weakref.ref(w, lambda r, i=i: print("callback", i)) for i in range(3)]
p = weakref.proxy(w); del refs[1]; del w; show([r() for r in refs])
try: p.x
except ReferenceError as e: show(e)
d = weakref.WeakValueDictionary(); k = W(); d["k"] = k; show(len(d)); del k; show(len(d))
d = weakref.WeakKeyDictionary(); k = W(); d[k] = W(); show(len(d)); k = None; show(len(d))
s = weakref.WeakSet(); k = W(); s.add(k); show(len(s)); k = 1; show(len(s))
f = weakref.finalize(W(), print, "finalized"); show(f.alive)
import collections, itertools
q = collections.deque([A(300), A(301)]); q.popleft(); show("popleft"); q.clear(); show("clear")
q = collections.deque(maxlen=1); q.append(A(302)); q.append(2); show("maxlen")
it = itertools.chain([A(303)]); next(it); show("next"); del it; show("chain gone")
m = map(lambda x: x, [A(304)]); del m; show("map gone")
o = [A(305)]; i = iter(o); del o; show("list dropped"); next(i); next(i, None); show("exhausted")
dd = {1: A(306)}; v = dd.values(); del dd; show("view"); del v; show("view gone")
class S: __slots__ = ("a", "b")
s = S(); s.a = A(307); del s.a; show("slot"); s.a = A(308); del s; show("slots gone")
class C: pass
C.x = A(309); C.x = None; show("class attribute")
globals()["zz"] = A(310); globals().pop("zz"); show("globals")
x = A(311); exec("del x"); show("exec")
class Ex(Exception):
    def __del__(self): show("Ex gone")
try: raise Ex
except Ex: show("caught")
show("after Ex")
def again():
    try: raise Ex
    finally: show("finally")
try: again()
except Ex: pass
show("after again")
class Lst(list):
    def __del__(self): show("Lst gone")
Lst([1]); show("after Lst")
import io
class F(io.BytesIO):
    def close(self): show("closing"); super().close()
F(); show("after F")
b = bytearray(b"abc"); m = memoryview(b)
try: b.append(1)
except BufferError: show("exported")
del m; b.append(1); show(b)
count = 0
class Many:
    def __del__(self):
        global count; count += 1
for i in range(300): Many()
show(count)
show("last")
