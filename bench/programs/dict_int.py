def count(n):
    table = {}
    x = 1
    for _ in range(n):
        x = (x * 48271) % 2147483647
        key = x % 100003
        table[key] = table.get(key, 0) + 1
    return table


def memo(n):
    steps = {1: 0}
    best = 0
    for start in range(2, n):
        x, path = start, []
        while x not in steps:
            path.append(x)
            x = x // 2 if x % 2 == 0 else 3 * x + 1
        s = steps[x]
        while path:
            s += 1
            steps[path.pop()] = s
        if s > steps.get(best, -1):
            best = start
    return best, steps[best], len(steps)


table = count(2_500_000)
print(len(table), max(table.values()))
print(memo(350_000))
pairs = {}
for i in range(1_000_000):
    pairs[i % 701, i % 97] = i
print(len(pairs), pairs[3, 5])
