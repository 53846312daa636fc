# Where nesting ends: the parser's stack, and what the compiler makes of what lies just below.


def outcome(source, mode="eval"):
    try:
        compile(source, "<s>", mode)
    except MemoryError as e:
        return f"MemoryError: {e}"
    except SyntaxError as e:
        return f"SyntaxError: {e.msg}"
    return "compiled"


SHAPES = {
    "minus": (5976, lambda n: "-" * n + "x"),
    "mixed": (5976, lambda n: "-~+" * (n // 3) + "x"),
    "not": (5976, lambda n: "not " * n + "x"),
    "else": (5976, lambda n: "a if b else " * n + "x"),
    "lambda": (2988, lambda n: "lambda: " * n + "x"),
    "power": (2988, lambda n: "a ** " * n + "x"),
    "minus in brackets": (5948, lambda n: "(" + "-" * n + "x)"),
    "brackets": (201, lambda n: "(" * n + "x" + ")" * n),
    "lists": (201, lambda n: "[" * n + "x" + "]" * n),
    "calls": (201, lambda n: "f(" * n + "x" + ")" * n),
}
for name, (limit, make) in SHAPES.items():
    for n in limit - 1, limit, 3 * limit:
        print(name, n, outcome(make(n)))
for name, make in {
    "attributes": lambda n: "a" + ".b" * n,
    "calls one after another": lambda n: "f" + "()" * n,
    "subscripts": lambda n: "a" + "[0]" * n,
    "sum": lambda n: "a" + "+a" * n,
    "and": lambda n: "a" + " and a" * n,
    "comparisons": lambda n: "a" + "<a" * n,
}.items():
    print(name, outcome(make(10000)))
for n in 5968, 5969, 5970, 5971:
    print("statement", n, outcome("-" * n + "x", "exec"))
for n in 98, 99, 100, 101:
    print("blocks", n, outcome("".join(" " * i + "if x:\n" for i in range(n)) + " " * n + "pass\n", "exec"))

# what such code does
print(eval("-" * 5000 + "1"), eval("not " * 4999 + "1"), eval("0 if 0 else " * 4000 + "7"))
f = eval("lambda: " * 500 + "5")
for _ in range(500):
    f = f()
print(f)
