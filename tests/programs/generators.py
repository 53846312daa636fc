"""Generators, coroutines by hand, iteration protocols, comprehension scopes."""
import itertools


def count(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
    except GeneratorExit:
        print("closed")
        raise
    except ValueError as e:
        print("caught", e)
        yield "after"
    finally:
        print("finally")
    return "done"


g = count(5)
print(next(g), g.send("hello"), next(g))
print(g.throw(ValueError("boom")))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
g = count(3)
next(g)
g.close()
print(list(count(3)))


def outer():
    result = yield from inner()
    print("inner returned", result)
    try:
        yield from inner2()
    except KeyError as e:
        print("outer caught", e)
        yield "recovered"


def inner():
    x = yield 1
    print("x =", x)
    y = yield 2
    print("y =", y)
    return x + y


def inner2():
    try:
        yield 3
    except TypeError:
        raise KeyError("from inner2")


o = outer()
print(next(o), o.send(10), o.send(20))
print(o.throw(TypeError))
print(list(o))


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Countdown(4)), sum(Countdown(5)), max(Countdown(3)), tuple(Countdown(0)))
a, *b, c = Countdown(6)
print(a, b, c)


def bad():
    yield 1
    raise StopIteration("inside")


try:
    list(bad())
except RuntimeError as e:
    print(type(e).__name__, e, repr(e.__cause__))


def running():
    yield next(me)


me = running()
try:
    next(me)
except ValueError as e:
    print(e)

g = (x * x for x in range(5))
print(next(g), list(g), list(g))
try:
    next(g)
except StopIteration as e:
    print("empty", e.args)

print(next(iter([]), "default"))
it = iter(lambda c=itertools.count(): next(c), 4)
print(list(it))


def primes():
    found = []
    for n in itertools.count(2):
        if all(n % p for p in found):
            found.append(n)
            yield n


print(list(itertools.islice(primes(), 15)))


def flatten(x):
    for i in x:
        if isinstance(i, (list, tuple)):
            yield from flatten(i)
        else:
            yield i


print(list(flatten([1, [2, (3, [4, []]), 5], [[[6]]]])))


def permutations(items):
    if len(items) <= 1:
        yield list(items)
        return
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [x, *rest]


print(["".join(p) for p in permutations("abc")])


class Tree:
    def __init__(self, v, left=None, right=None):
        self.v, self.left, self.right = v, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.v
        if self.right:
            yield from self.right


print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6))))


def scheduler(tasks):
    from collections import deque
    queue = deque(tasks)
    while queue:
        name, t = queue.popleft()
        try:
            v = next(t)
            print(name, v, end="; ")
            queue.append((name, t))
        except StopIteration as e:
            print(name, "->", e.value, end="; ")
    print()


def task(n):
    for i in range(n):
        yield i
    return n * 10


scheduler([("a", task(2)), ("b", task(3)), ("c", task(1))])


def pipeline(data, *stages):
    for s in stages:
        data = s(data)
    return data


print(list(pipeline(range(20), lambda d: (x for x in d if x % 2), lambda d: (x * 3 for x in d),
                    lambda d: itertools.takewhile(lambda x: x < 40, d))))
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [(lambda i=i: i)() for i in range(3)])
print({k: v for k, v in zip("abc", range(3))}, {x % 3 for x in range(9)}, [y for x in range(3) for y in range(x)])
x = "outer"
print([x for x in range(2)], x, [(x := i) for i in range(3)], x)


class Scope:
    n = 3
    a = [n for _ in range(2)] if False else [1]
    b = [i for i in range(n)]


print(Scope.b)
gen = count(2)
print(gen.gi_frame is not None, gen.gi_running, gen.gi_code.co_name, gen.__name__, gen.__qualname__, gen.gi_yieldfrom)
next(gen)
gen.close()
print(gen.gi_frame)
gen.close()
for bad in (lambda: count(1).send(5), lambda: iter(5), lambda: next(5), lambda: [*3]):
    try:
        bad()
    except TypeError as e:
        print(e)


def with_return_in_finally():
    try:
        yield 1
    finally:
        print("cleanup")


for v in with_return_in_finally():
    print("body", v)
    break
print("zip", list(zip([1, 2, 3], "ab")), list(zip(*[(1, 2), (3, 4)])), list(map(lambda a, b: a + b, [1, 2], [3, 4])))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as e:
    print(e)
print(list(enumerate("xy", 5)), list(reversed([1, 2, 3])), list(filter(None, [0, 1, "", "a"])))
it = itertools.tee(range(3), 2)
print(list(it[0]), list(it[1]))
print([list(g) for k, g in itertools.groupby("aabccc")], list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)))
print(list(itertools.chain([1], (2,), "3")), list(itertools.product("ab", [1, 2])), list(itertools.combinations("abc", 2)))
print(list(itertools.zip_longest("abc", [1], fillvalue="-")), list(itertools.batched("abcde", 2)), list(itertools.pairwise([1, 2, 3])))
print(list(itertools.compress("abcd", [1, 0, 1, 0])), list(itertools.dropwhile(lambda x: x < 2, [1, 2, 1])), list(itertools.starmap(pow, [(2, 3)])))
print(list(itertools.permutations([1, 2, 3], 2)), list(itertools.combinations_with_replacement("ab", 2)), list(itertools.islice("abcdefg", 1, 6, 2)))
