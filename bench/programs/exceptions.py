class Low(Exception):
    pass


class Wrong(ValueError):
    def __init__(self, n):
        super().__init__(f"wrong {n}")
        self.n = n


def check(n):
    if n % 3 == 0:
        raise Low(n)
    if n % 5 == 0:
        raise Wrong(n)
    return n


def deep(n, depth):
    if depth == 0:
        return check(n)
    try:
        return deep(n, depth - 1)
    finally:
        deep.count += 1


deep.count = 0


def main(n):
    low = wrong = fine = keys = chained = 0
    table = {}
    for i in range(n):
        try:
            fine += check(i) & 1
        except Low:
            low += 1
        except ValueError as e:
            wrong += e.n & 1
        try:
            table[i % 50] += 1
        except KeyError:
            keys += 1
            table[i % 50] = 0
        if i % 10 == 0:
            try:
                try:
                    deep(i, 5)
                except Wrong as e:
                    raise RuntimeError("outer") from e
            except (Low, RuntimeError) as e:
                chained += e.__cause__ is not None
    return low, wrong, fine, keys, chained, deep.count


print(main(2_200_000))
total = 0
for i in range(1_100_000):
    try:
        total += int("12x" if i % 4 == 0 else "12")
    except ValueError:
        total -= 1
    else:
        total += 1
print(total)
