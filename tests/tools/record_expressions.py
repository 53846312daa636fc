"""Records tests/expressions.json: what simple statements over builtin types do.

Run by the reference:  python3.14 -W ignore tests/tools/record_expressions.py

Every line of tests/unit/cases/*.txt is a statement; the lines of a file share a namespace. The
record has its syntax tree, for tests/unit/evaluator.ts, and its outcome: `-> repr`, `ok`, or
`!! Exception text`. The key "sort" holds lists with the comparisons that sorting them makes.
"""

import ast
import json
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "unit", "cases")


def tree(n):
    if isinstance(n, ast.AST):
        d = {"k": type(n).__name__}
        for f in n._fields:
            v = getattr(n, f, None)
            if f != "ctx" and v is not None and v != []:
                d[f] = tree(v)
        if isinstance(n, ast.Constant):
            d["value"] = tree(n.value)
        return d
    if isinstance(n, list):
        return [tree(x) for x in n]
    if isinstance(n, bytes):
        return {"bytes": list(n)}
    if isinstance(n, float):
        return {"float": repr(n)}
    if n is Ellipsis:
        return {"ellipsis": True}
    if isinstance(n, int) and not isinstance(n, bool):
        return {"int": str(n)}
    return n


def record(path):
    out, ns = [], {}
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if not line:
            continue
        body = ast.parse(line).body
        try:
            if len(body) == 1 and isinstance(body[0], ast.Expr):
                result = "-> " + repr(eval(line, ns))
            else:
                exec(line, ns)
                result = "ok"
        except BaseException as e:
            result = f"!! {type(e).__name__} {e}"
        out.append([line, tree(body), result])
    return out


def shapes(n):
    yield [random.randrange(n * 2) for _ in range(n)]
    yield [random.randrange(4) for _ in range(n)]
    yield list(range(n, 0, -1))
    yield [(i // 7) % 13 - i // 50 for i in range(n)]
    a = []
    while len(a) < n:
        k, s = random.randrange(1, 60), random.randrange(100)
        a += range(s, s + k) if random.random() < 0.5 else range(s + k, s, -1)
    yield a[:n]
    yield [random.randrange(2) for _ in range(n // 2)] + list(range(n - n // 2))


def sorts():
    """Lists, how many comparisons sorting them takes, and a checksum of which."""
    random.seed(5)
    out = []
    for n in (2, 3, 10, 33, 64, 65, 128, 200, 333, 1100):
        for values in shapes(n):
            count = check = 0

            class Key:
                def __init__(self, v, i):
                    self.v, self.i = v, i

                def __lt__(self, other):
                    nonlocal count, check
                    count += 1
                    check = (check * 31 + self.i * 7 + other.i) % 1000003
                    return self.v < other.v

            sorted(Key(v, i) for i, v in enumerate(values))
            out.append([values, count, check])
    return out


result = {"sort": sorts()}
for name in sorted(os.listdir(CASES)):
    result[name.removesuffix(".txt")] = record(os.path.join(CASES, name))
with open(os.path.join(HERE, "..", "expressions.json"), "w") as f:
    f.write("{\n")
    for i, (key, rows) in enumerate(result.items()):
        f.write(f'{"," if i else ""}{json.dumps(key)}: [\n')
        f.write(",\n".join(json.dumps(r, separators=(",", ":")) for r in rows))
        f.write("\n]\n")
    f.write("}\n")
