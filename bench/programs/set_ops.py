def closure(edges, start):
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        for n in edges[node]:
            if n not in seen:
                seen.add(n)
                todo.append(n)
    return seen


def main():
    n = 60_000
    edges = [[(i * 7 + 1) % n, (i * 13 + 5) % n, (i * i) % n] for i in range(n)]
    total = 0
    for start in range(12):
        total += len(closure(edges, start))
    print(total)

    evens = set(range(0, 200_000, 2))
    threes = set(range(0, 200_000, 3))
    sizes = []
    for _ in range(60):
        sizes = [len(evens & threes), len(evens | threes), len(evens - threes), len(evens ^ threes)]
    print(sizes)

    hits = 0
    for i in range(4_500_000):
        if i in threes:
            hits += 1
    print(hits)
    words = {w for i in range(700_000) if len(w := format(i * 31 % 4099, "x")) > 1}
    print(len(words), sorted(words)[:8])
    frozen = {frozenset((i % 11, i % 7, i % 5)) for i in range(200_000)}
    print(len(frozen), {1, 2} < {1, 2, 3}, {1}.isdisjoint({2}))


main()
