def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def odd(source):
    for x in source:
        if x & 1:
            yield x


def squares(source):
    for x in source:
        yield x * x


def delegate(source):
    total = yield from source
    return total


def averager():
    total = n = 0
    average = None
    while True:
        x = yield average
        total += x
        n += 1
        average = total // n


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(sum(squares(odd(delegate(count(9_000_000))))))
a = averager()
next(a)
for i in range(4_000_000):
    last = a.send(i)
print(last)
print(sum(tree(17)))
print(sum(x for x in (y + 1 for y in range(4_000_000)) if x % 3 == 0))
