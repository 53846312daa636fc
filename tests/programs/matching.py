"""Structural pattern matching."""
from dataclasses import dataclass
from enum import Enum


class Color(Enum):
    RED = 1
    GREEN = 2


@dataclass
class Point:
    x: int
    y: int


@dataclass
class Line:
    start: Point
    end: Point
    label: str = ""


class Custom:
    __match_args__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b


def kind(v):
    match v:
        case None:
            return "none"
        case True | False as b:
            return f"bool {b}"
        case 0:
            return "zero"
        case -1:
            return "minus one"
        case 1.5:
            return "one and a half"
        case 2 + 3j:
            return "complex"
        case "hello" | "hi" as s:
            return f"greeting {s}"
        case b"raw":
            return "bytes"
        case Color.RED:
            return "red"
        case Color():
            return f"colour {v.name}"
        case int(n) if n > 1000:
            return f"big {n}"
        case int() | float():
            return f"number {v}"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [Point(x=0, y=0), *rest]:
            return f"from origin {rest}"
        case [1, [2, [3, *deep]], *_]:
            return f"deep {deep}"
        case (x, y) if x == y:
            return f"pair of {x}"
        case [first, *middle, last]:
            return f"{first} .. {middle} .. {last}"
        case {"type": "circle", "r": r, **rest}:
            return f"circle {r} {rest}"
        case {"pos": [x, y]}:
            return f"pos {x} {y}"
        case {}:
            return f"dict of {len(v)}"
        case Point(0, y):
            return f"on y axis {y}"
        case Point(x=x, y=0):
            return f"on x axis {x}"
        case Line(Point(x1, y1), Point(x2, y2), label=str(l)) if x1 == x2 or y1 == y2:
            return f"straight {l!r}"
        case Line():
            return "line"
        case Custom(a, Custom(b, c)):
            return f"custom {a} {b} {c}"
        case str(s):
            return f"str {s.upper()}"
        case _:
            return f"other {type(v).__name__}"


for v in (None, True, False, 0, -1, 1.5, 2 + 3j, "hello", "hi", b"raw", Color.RED, Color.GREEN, 5000, 7, 2.5, [], (), [9],
          [Point(0, 0), 1, 2], [1, [2, [3, 4, 5]], 6], (4, 4), (1, 2, 3), range(2), {"type": "circle", "r": 3, "fill": 1},
          {"pos": (1, 2)}, {}, {"a": 1}, Point(0, 5), Point(5, 0), Point(1, 1), Line(Point(1, 2), Point(1, 9), "up"),
          Line(Point(1, 2), Point(3, 4)), Custom(1, Custom(2, 3)), Custom(1, 2), "text", {1, 2}, b"other", object):
    print(repr(v).split(" object at")[0] if not isinstance(v, Custom) else "Custom", "->", kind(v))


def calc(expr):
    match expr.split():
        case [n]:
            return float(n)
        case [a, ("+" | "-" | "*" | "/") as op, b]:
            a, b = float(a), float(b)
            match op:
                case "+":
                    return a + b
                case "-":
                    return a - b
                case "*":
                    return a * b
                case "/" if b:
                    return a / b
                case "/":
                    return "division by zero"
        case ["sqrt", n]:
            return float(n) ** 0.5
        case [*words]:
            return f"cannot read {words}"


for e in ("5", "1 + 2", "9 - 4", "3 * 4", "8 / 2", "8 / 0", "sqrt 16", "1 + 2 + 3"):
    print(e, "=", calc(e))


def simplify(e):
    match e:
        case ("+", 0, x) | ("+", x, 0):
            return simplify(x)
        case ("*", 0, _) | ("*", _, 0):
            return 0
        case ("*", 1, x) | ("*", x, 1):
            return simplify(x)
        case ("+", int(a), int(b)):
            return a + b
        case ("*", int(a), int(b)):
            return a * b
        case ("-", x, y) if x == y:
            return 0
        case (op, x, y):
            new = (op, simplify(x), simplify(y))
            return simplify(new) if new != e else new
        case x:
            return x


for e in (("+", 0, "x"), ("*", ("+", 1, 0), "y"), ("-", ("*", 2, 3), ("+", 3, 3)), ("*", "a", ("-", "b", "b")),
          ("+", ("*", 1, "q"), ("*", "z", ("+", 2, 3)))):
    print(e, "=>", simplify(e))


class Weird:
    def __init__(self):
        self.reads = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        self.reads.append(name)
        return 1


w = Weird()
match w:
    case Weird(p=2):
        print("no")
    case Weird(p=1, q=2):
        print("no")
    case Weird(z=1):
        print("yes", w.reads)
for bad in ("match 1:\n case x: pass\n case y: pass", "match 1:\n case a | b: pass", "match 1:\n case [a, a]: pass",
            "match 1:\n case {**rest, 'a': 1}: pass", "match 1:\n case 1 + 2: pass", "match 1:\n case [*a, *b]: pass",
            "match 1:\n case A(x=1, x=2): pass", "match 1:\n case {'a': 1, 'a': 2}: pass"):
    try:
        compile(bad, "m", "exec")
        print("compiled")
    except SyntaxError as e:
        print(e.msg)
try:
    match Point(1, 2):
        case Point(a, b, c):
            pass
except TypeError as e:
    print(e)
try:
    match 5:
        case int(a, b):
            pass
except TypeError as e:
    print(e)
match = {"case": 1}
case = match["case"]
print(match, case)
type Alias[T] = list[T] | None
print(Alias, Alias.__value__, Alias.__type_params__, Alias[int])


def generic[T: int, *Ts, **P](a: T) -> T:
    return a


print(generic.__type_params__, generic(3), generic.__annotations__)


class Box[T]:
    def get(self) -> T: ...


print(Box.__type_params__, Box[int], Box.__mro__)
