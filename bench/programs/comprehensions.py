def main(n):
    out = []
    for k in range(n):
        a = [x * x for x in range(1000) if x % 3]
        b = {x: x + k for x in range(300)}
        c = {x % 17 for x in a}
        d = [(i, j) for i in range(30) for j in range(20) if (i + j) % 5 == 0]
        e = sum(x for x in a if x & 1)
        f = [[r * c for c in range(10)] for r in range(10)]
        g = [row[2] for row in zip(*f)]
        h = any(x > 10**9 for x in a) or all(x >= 0 for x in a)
        out.append(len(a) + len(b) + len(c) + len(d) + e + sum(g) + h)
    return out


out = main(11_000)
print(sum(out), out[:3])
matrix = [[(i * j) % 10 for j in range(120)] for i in range(120)]
turned = [[row[i] for row in matrix] for i in range(120)]
product = [[sum(a * b for a, b in zip(row, col)) for col in turned] for row in matrix]
print(sum(map(sum, product)), [len(s) for s in ["a" * n for n in range(5)]])
