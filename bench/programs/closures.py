def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


def compose(*functions):
    def composed(x):
        for f in functions:
            x = f(x)
        return x

    return composed


def logged(calls):
    def decorate(f):
        def inner(*args):
            calls[0] += 1
            return f(*args)

        return inner

    return decorate


calls = [0]


@logged(calls)
def add(a, b):
    return a + b


def curry(a):
    return lambda b: lambda c: a * b + c


step = counter()
for i in range(6_000_000):
    step()
print(step(0))
f = compose(lambda x: x + 1, lambda x: x * 2, lambda x: x - 3, counter())
total = 0
for i in range(900_000):
    total += f(i) & 7
print(total)
total = 0
for i in range(2_300_000):
    total = add(total, i) & 0xFFFF
print(total, calls)
print(sum(curry(i)(2)(3) for i in range(1_100_000)))
adders = [lambda x, n=n: x + n for n in range(10)]
print(sum(a(i) for i in range(120_000) for a in adders))
