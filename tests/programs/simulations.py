"""Simulations and data structures: life, bank, heap, trie, graph searches, LRU, matrix, text adventure."""
from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush


class Random:
    """A linear congruential generator, the same everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n

    def choice(self, items):
        return items[self.below(len(items))]

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


def life(cells, steps):
    for _ in range(steps):
        near = {}
        for x, y in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        near[x + dx, y + dy] = near.get((x + dx, y + dy), 0) + 1
        cells = {c for c, n in near.items() if n == 3 or n == 2 and c in cells}
    return cells


def draw(cells):
    xs, ys = [x for x, _ in cells], [y for _, y in cells]
    for y in range(min(ys), max(ys) + 1):
        print("".join("#" if (x, y) in cells else "." for x in range(min(xs), max(xs) + 1)))


glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
draw(life(glider, 7))
acorn = {(0, 2), (1, 0), (1, 2), (3, 1), (4, 2), (5, 2), (6, 2)}
print([len(life(acorn, n)) for n in (0, 10, 50, 100)])


@dataclass(order=True)
class Event:
    time: int
    kind: str = field(compare=False)
    who: int = field(compare=False)


def bank(customers, tellers, seed):
    rng, queue, events, waits = Random(seed), deque(), [], []
    t = 0
    for i in range(customers):
        t += 1 + rng.below(6)
        heappush(events, Event(t, "arrive", i))
    free, arrived, longest = tellers, {}, 0
    while events:
        e = heappop(events)
        if e.kind == "arrive":
            arrived[e.who] = e.time
            queue.append(e.who)
        else:
            free += 1
        while free and queue:
            who = queue.popleft()
            waits.append(e.time - arrived[who])
            free -= 1
            heappush(events, Event(e.time + 3 + rng.below(10), "leave", who))
        longest = max(longest, len(queue))
    return len(waits), max(waits), round(sum(waits) / len(waits), 3), longest, e.time


for tellers in (1, 2, 3):
    print("bank", tellers, bank(200, tellers, 42))


class Trie:
    __slots__ = ("children", "end")

    def __init__(self, words=()):
        self.children, self.end = {}, False
        for w in words:
            self.add(w)

    def add(self, word):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.end = True

    def __iter__(self):
        if self.end:
            yield ""
        for c in sorted(self.children):
            for rest in self.children[c]:
                yield c + rest

    def __contains__(self, word):
        node = self
        for c in word:
            if (node := node.children.get(c)) is None:
                return False
        return node.end

    def near(self, word, mistakes):
        """Words within an edit distance."""
        out = []

        def walk(node, prefix, row):
            for c, child in node.children.items():
                new = [row[0] + 1]
                for i, w in enumerate(word, 1):
                    new.append(min(new[-1] + 1, row[i] + 1, row[i - 1] + (w != c)))
                if child.end and new[-1] <= mistakes:
                    out.append((new[-1], prefix + c))
                if min(new) <= mistakes:
                    walk(child, prefix + c, new)

        walk(self, "", list(range(len(word) + 1)))
        return sorted(out)


trie = Trie("apple apply ape maple ample people simple sample staple able".split())
print(list(trie), "ape" in trie, "app" in trie, trie.near("aple", 1), trie.near("sampel", 2))

MAZE = """
###############
#S..#...#.....#
#.#.#.#.#.###.#
#.#...#...#...#
#.#####.###.###
#.....#.#.....#
###.#.#.#.###.#
#...#...#...#E#
###############
""".split()


def solve(maze):
    grid = {(r, c): ch for r, row in enumerate(maze) for c, ch in enumerate(row)}
    start = next(p for p, ch in grid.items() if ch == "S")
    end = next(p for p, ch in grid.items() if ch == "E")
    seen, queue = {start: None}, deque([start])
    while queue:
        p = queue.popleft()
        if p == end:
            break
        for d in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            q = p[0] + d[0], p[1] + d[1]
            if grid[q] != "#" and q not in seen:
                seen[q] = p
                queue.append(q)
    path = []
    while p:
        path.append(p)
        p = seen[p]
    for r, c in path[1:-1]:
        grid[r, c] = "*"
    return len(path) - 1, ["".join(grid[r, c] for c in range(len(maze[0]))) for r in range(len(maze))]


steps, picture = solve(MAZE)
print(steps, *picture, sep="\n")


def dijkstra(graph, start):
    dist, heap, before = {start: 0}, [(0, start)], {}
    while heap:
        d, node = heappop(heap)
        if d > dist[node]:
            continue
        for to, w in graph[node].items():
            if (new := d + w) < dist.get(to, float("inf")):
                dist[to], before[to] = new, node
                heappush(heap, (new, to))
    return dist, before


rng = Random(7)
graph = {i: {} for i in range(30)}
for _ in range(90):
    a, b = rng.below(30), rng.below(30)
    graph[a][b] = graph[b][a] = 1 + rng.below(20)
dist, before = dijkstra(graph, 0)
print(sorted(dist.items()), sorted(before.items())[:8])


def components(graph):
    parent = {n: n for n in graph}

    def find(n):
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a in graph:
        for b in graph[a]:
            parent[find(a)] = find(b)
    groups = {}
    for n in graph:
        groups.setdefault(find(n), []).append(n)
    return sorted(groups.values())


print(components({0: [1], 1: [], 2: [3], 3: [4], 4: [], 5: []}))


class LRU:
    def __init__(self, size):
        self.size, self.data, self.hits, self.misses = size, {}, 0, 0

    def get(self, key, make):
        if key in self.data:
            self.hits += 1
            self.data[key] = value = self.data.pop(key)
            return value
        self.misses += 1
        value = self.data[key] = make(key)
        if len(self.data) > self.size:
            del self.data[next(iter(self.data))]
        return value


cache = LRU(8)
total = sum(cache.get(rng.below(20) * rng.below(3), lambda k: k * k) for _ in range(500))
print(total, cache.hits, cache.misses, list(cache.data))


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __matmul__(self, other):
        cols = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows])

    def __pow__(self, n):
        out = Matrix([[int(i == j) for j in range(len(self.rows))] for i in range(len(self.rows))])
        base = self
        while n:
            if n & 1:
                out = out @ base
            base, n = base @ base, n >> 1
        return out

    def det(self):
        m, sign, last = [r[:] for r in self.rows], 1, 1
        n = len(m)
        for k in range(n - 1):
            if m[k][k] == 0:
                for i in range(k + 1, n):
                    if m[i][k]:
                        m[k], m[i] = m[i], m[k]
                        sign = -sign
                        break
                else:
                    return 0
            for i in range(k + 1, n):
                for j in range(k + 1, n):
                    m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) // last
            last = m[k][k]
        return sign * m[-1][-1]

    def __repr__(self):
        return "\n".join(" ".join(f"{v:>5}" for v in r) for r in self.rows)


print(Matrix([[1, 1], [1, 0]]) ** 90, Matrix([[2, -3, 1], [2, 0, -1], [1, 4, 5]]).det(), Matrix([[rng.below(10) for _ in range(6)] for _ in range(6)]).det(), sep="\n")


def knapsack(items, room):
    best = [(0, ())] * (room + 1)
    for name, weight, value in items:
        for r in range(room, weight - 1, -1):
            v, chosen = best[r - weight]
            if v + value > best[r][0]:
                best[r] = (v + value, chosen + (name,))
    return best[room]


print(knapsack([("map", 9, 150), ("water", 153, 200), ("glucose", 15, 60), ("tin", 68, 45), ("cheese", 23, 30), ("beer", 52, 10), ("suntan", 11, 70), ("socks", 4, 50)], 120))


def lcs(a, b):
    table = [[""] * (len(b) + 1)]
    for x in a:
        row = [""]
        for j, y in enumerate(b):
            row.append(table[-1][j] + x if x == y else max(row[j], table[-1][j + 1], key=len))
        table.append(row)
    return table[-1][-1]


print(lcs("thequickbrownfox", "thelazydogjumpsquick"))


def sudoku(text):
    grid = [[int(c) for c in row] for row in text.split()]
    count = 0

    def free(r, c):
        used = set(grid[r]) | {row[c] for row in grid}
        br, bc = r - r % 3, c - c % 3
        used.update(grid[i][j] for i in range(br, br + 3) for j in range(bc, bc + 3))
        return [n for n in range(1, 10) if n not in used]

    def fill():
        nonlocal count
        holes = [(len(o := free(r, c)), r, c, o) for r in range(9) for c in range(9) if not grid[r][c]]
        if not holes:
            return True
        _, r, c, options = min(holes)
        for n in options:
            count += 1
            grid[r][c] = n
            if fill():
                return True
        grid[r][c] = 0
        return False

    return fill(), count, ["".join(map(str, row)) for row in grid]


print(*sudoku("530070000 600195000 098000060 800060003 400803001 700020006 060000280 000419005 000080079"), sep="\n")
for sort in ("bubble", "quick", "merge", "heap"):
    items = list(range(40))
    Random(3).shuffle(items)
    moves = 0
    if sort == "bubble":
        for i in range(len(items)):
            for j in range(len(items) - 1 - i):
                if items[j] > items[j + 1]:
                    items[j], items[j + 1] = items[j + 1], items[j]
                    moves += 1
    elif sort == "quick":
        def quick(a):
            global moves
            moves += len(a)
            return a if len(a) < 2 else quick([x for x in a[1:] if x < a[0]]) + [a[0]] + quick([x for x in a[1:] if x >= a[0]])
        items = quick(items)
    elif sort == "merge":
        def merge(a):
            global moves
            if len(a) < 2:
                return a
            left, right, out = merge(a[:len(a) // 2]), merge(a[len(a) // 2:]), []
            while left and right:
                moves += 1
                out.append((left if left[0] <= right[0] else right).pop(0))
            return out + left + right
        items = merge(items)
    else:
        heap = []
        for x in items:
            heappush(heap, x)
        items = [heappop(heap) for _ in range(len(heap))]
    print(sort, items == list(range(40)), moves)
