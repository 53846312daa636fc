import functools


class Person:
    def __init__(self, name, age):
        self.name = name
        self.age = age

    def __lt__(self, other):
        return (self.age, self.name) < (other.age, other.name)


def randoms(n, seed=42):
    out = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(seed)
    return out


numbers = randoms(300_000)
a = sorted(numbers)
b = sorted(numbers, key=lambda n: n % 1000)
c = sorted(numbers, key=lambda n: (n % 100, -n))
d = sorted(map(str, numbers), reverse=True)
print(a[:3], b[:3], c[:3], d[:3])
people = [Person(f"p{n % 5000}", n % 90) for n in numbers[:60_000]]
people.sort()
print([(p.name, p.age) for p in people[:3]])
people.sort(key=lambda p: p.name)
print([(p.name, p.age) for p in people[-3:]])
e = sorted(numbers[:60_000], key=functools.cmp_to_key(lambda x, y: (x % 77) - (y % 77)))
print(e[:3])
