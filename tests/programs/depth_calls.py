# Frames are no limit: recursion as deep as sys.setrecursionlimit() says, and the default limit is
# reached through natives that call back. The deepest levels are those at which CPython's own stack
# holds; DEEP (the first argument) asks for others.
import functools
import re
import sys

DEEP = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000


def limited():
    def outcome(body):
        try:
            body()
        except RecursionError:
            return "RecursionError"
        return "an end"

    class Equal:
        levels = 0

        def __eq__(self, other):
            Equal.levels += 1
            return Equal() == Equal()

    class Shown:
        levels = 0

        def __repr__(self):
            Shown.levels += 1
            return repr(Shown())

    levels = {"key": 0, "sub": 0}

    def key(x):
        levels["key"] += 1
        return sorted([1], key=key)

    def replace(match):
        levels["sub"] += 1
        return re.sub("a", replace, "a")

    print("eq", outcome(lambda: Equal() == Equal()), Equal.levels)
    print("repr", outcome(lambda: repr(Shown())), Shown.levels)
    print("key", outcome(lambda: sorted([1], key=key)), levels["key"])
    print("sub", outcome(lambda: re.sub("a", replace, "a")), levels["sub"])


limited()
sys.setrecursionlimit(200_000)


def plain(n):
    return 0 if n == 0 else 1 + plain(n - 1)


print("plain", plain(100_000))


class Node:
    def __init__(self, n):
        self.below = Node(n - 1) if n else None


levels, node = 0, Node(100_000)
while node is not None:
    node, levels = node.below, levels + 1
print("init", levels)


def chain(n):
    if n:
        yield from chain(n - 1)
    else:
        yield "bottom"


print("yield from", list(chain(100_000)))


class Lazy:
    def __init__(self, n):
        self.n = n

    def __getattr__(self, name):
        if self.n == 0:
            return name
        return Lazy(self.n - 1).missing


print("getattr", Lazy(DEEP).missing)


@functools.lru_cache(None)
def cached(n):
    return 0 if n == 0 else 1 + cached(n - 1)


print("lru", cached(DEEP) == DEEP)
