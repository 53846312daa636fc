"""A spreadsheet: formulas, dependency order, cycle detection, recalculation, ranges, rendering, undo."""
import operator
import re
from collections import defaultdict
from functools import cached_property
from graphlib import CycleError, TopologicalSorter


class FormulaError(Exception):
    code = "#ERR"


class RefError(FormulaError):
    code = "#REF"


class DivError(FormulaError):
    code = "#DIV/0"


class NameFormulaError(FormulaError):
    code = "#NAME"


def column_name(n):
    out = ""
    while n >= 0:
        n, r = divmod(n, 26)
        out = chr(65 + r) + out
        n -= 1
    return out


def column_number(name):
    n = 0
    for c in name:
        n = n * 26 + ord(c) - 64
    return n - 1


def parse_ref(ref):
    m = re.fullmatch(r"([A-Z]+)([1-9]\d*)", ref)
    if not m:
        raise RefError(ref)
    return column_number(m[1]), int(m[2]) - 1


def make_ref(col, row):
    return f"{column_name(col)}{row + 1}"


def expand(first, last):
    (c1, r1), (c2, r2) = parse_ref(first), parse_ref(last)
    return [make_ref(c, r) for r in range(min(r1, r2), max(r1, r2) + 1) for c in range(min(c1, c2), max(c1, c2) + 1)]


TOKENS = re.compile(r"\s*(?:(?P<num>\d+\.?\d*)|(?P<str>\"[^\"]*\")|(?P<range>[A-Z]+\d+:[A-Z]+\d+)|(?P<ref>[A-Z]+\d+)|(?P<name>[A-Z]+)|(?P<op><>|<=|>=|[-+*/^&=<>(),]))")
LEVELS = [({"=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}),
          {"&": lambda a, b: text(a) + text(b)}, {"+": operator.add, "-": operator.sub}, {"*": operator.mul, "/": operator.truediv}]


def text(v):
    if v is None:
        return ""
    if isinstance(v, bool):
        return str(v).upper()
    return f"{v:g}" if isinstance(v, float) else str(v)


def numbers(args):
    for a in args:
        if isinstance(a, list):
            yield from numbers(a)
        elif isinstance(a, (int, float)) and not isinstance(a, bool):
            yield a


FUNCTIONS = {
    "SUM": lambda *a: sum(numbers(a)),
    "AVG": lambda *a: (lambda n: sum(n) / len(n))(list(numbers(a))),
    "MAX": lambda *a: max(numbers(a), default=0),
    "MIN": lambda *a: min(numbers(a), default=0),
    "COUNT": lambda *a: sum(1 for _ in numbers(a)),
    "LEN": lambda s: len(text(s)),
    "UPPER": lambda s: text(s).upper(),
    "ROUND": lambda x, n=0: round(x, int(n)),
    "IF": lambda c, a, b=False: a if c else b,
    "AND": lambda *a: all(a),
    "NOT": operator.not_,
}


class Formula:
    def __init__(self, source):
        self.source = source
        self.tokens = []
        at = 0
        source = source.rstrip()
        while at < len(source):
            m = TOKENS.match(source, at)
            if not m:
                raise FormulaError(f"odd text at {at}: {source[at:]!r}")
            self.tokens.append((m.lastgroup, m[m.lastgroup]))
            at = m.end()
        self.at = 0
        self.tree = self.level(0)
        if self.at < len(self.tokens):
            raise FormulaError(f"unexpected {self.peek()!r}")

    def peek(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self, *texts):
        if self.peek() in texts and self.tokens[self.at][0] == "op":
            self.at += 1
            return self.tokens[self.at - 1][1]

    def level(self, n):
        if n == len(LEVELS):
            return self.power()
        left = self.level(n + 1)
        while op := self.take(*LEVELS[n]):
            left = ("binary", LEVELS[n][op], left, self.level(n + 1))
        return left

    def power(self):
        if self.take("-"):
            return ("negate", self.power())
        base = self.atom()
        if self.take("^"):
            return ("binary", operator.pow, base, self.power())
        return base

    def atom(self):
        if self.at >= len(self.tokens):
            raise FormulaError("unexpected end")
        kind, value = self.tokens[self.at]
        self.at += 1
        match kind:
            case "num":
                return ("value", float(value) if "." in value else int(value))
            case "str":
                return ("value", value[1:-1])
            case "ref":
                return ("ref", value)
            case "range":
                return ("range", *value.split(":"))
            case "name":
                if value in ("TRUE", "FALSE"):
                    return ("value", value == "TRUE")
                if not self.take("("):
                    raise NameFormulaError(value)
                args = []
                while not self.take(")"):
                    args.append(self.level(0))
                    if not self.take(",") and self.peek() != ")":
                        raise FormulaError("missing )")
                return ("call", value, args)
            case "op" if value == "(":
                tree = self.level(0)
                if not self.take(")"):
                    raise FormulaError("missing )")
                return tree
        raise FormulaError(f"unexpected {value!r}")

    @cached_property
    def needs(self):
        out = set()

        def walk(t):
            match t:
                case ("ref", r):
                    out.add(r)
                case ("range", a, b):
                    out.update(expand(a, b))
                case ("binary", _, a, b):
                    walk(a), walk(b)
                case ("negate", a):
                    walk(a)
                case ("call", _, args):
                    for a in args:
                        walk(a)
        walk(self.tree)
        return frozenset(out)

    def value(self, sheet, tree=None):
        match tree or self.tree:
            case ("value", v):
                return v
            case ("ref", r):
                return sheet.get(r)
            case ("range", a, b):
                return [sheet.get(r) for r in expand(a, b)]
            case ("negate", a):
                return -self.value(sheet, a)
            case ("binary", f, a, b):
                a, b = self.value(sheet, a), self.value(sheet, b)
                try:
                    return f(0 if a is None else a, 0 if b is None else b)
                except ZeroDivisionError:
                    raise DivError from None
                except TypeError as e:
                    raise FormulaError(str(e)) from e
            case ("call", name, args):
                if name not in FUNCTIONS:
                    raise NameFormulaError(name)
                try:
                    return FUNCTIONS[name](*(self.value(sheet, a) for a in args))
                except ZeroDivisionError:
                    raise DivError from None


class Sheet:
    def __init__(self):
        self.sources, self.formulas, self.values = {}, {}, {}
        self.users = defaultdict(set)
        self.history, self.evaluations = [], 0

    def get(self, ref):
        value = self.values.get(ref)
        if isinstance(value, FormulaError):
            raise value
        return value

    def set(self, ref, source, remember=True):
        parse_ref(ref)
        if remember:
            self.history.append((ref, self.sources.get(ref)))
        for old in self.formulas.pop(ref, Formula("0")).needs:
            self.users[old].discard(ref)
        if source is None:
            self.sources.pop(ref, None)
            self.values.pop(ref, None)
        else:
            self.sources[ref] = source
            if isinstance(source, str) and source.startswith("="):
                try:
                    f = self.formulas[ref] = Formula(source[1:])
                except FormulaError as e:
                    self.values[ref] = e
                else:
                    for need in f.needs:
                        self.users[need].add(ref)
            else:
                self.values[ref] = source
        return self.recalculate(ref)

    def undo(self):
        self.set(*self.history.pop(), remember=False)

    def recalculate(self, changed):
        dirty, todo = {changed}, [changed]
        while todo:
            for user in self.users[todo.pop()]:
                if user not in dirty:
                    dirty.add(user)
                    todo.append(user)
        sorter = TopologicalSorter({r: sorted(self.formulas[r].needs & dirty) for r in sorted(dirty) if r in self.formulas})
        try:
            order = list(sorter.static_order())
        except CycleError as e:
            for r in dirty & self.formulas.keys():
                self.values[r] = RefError("cycle")
            return ["cycle of " + str(len(e.args[1]) - 1)]
        done = []
        for r in order:
            if r in self.formulas:
                self.evaluations += 1
                done.append(r)
                try:
                    self.values[r] = self.formulas[r].value(self)
                except FormulaError as e:
                    self.values[r] = e
        return sorted(done)

    def show(self):
        cells = [parse_ref(r) for r in self.values]
        if not cells:
            return print("(empty)")
        cols, rows = max(c for c, _ in cells) + 1, max(r for _, r in cells) + 1
        table = [["", *map(column_name, range(cols))]]
        for r in range(rows):
            line = [str(r + 1)]
            for c in range(cols):
                v = self.values.get(make_ref(c, r))
                line.append(v.code if isinstance(v, FormulaError) else f"{v:.2f}" if isinstance(v, float) else text(v))
            table.append(line)
        widths = [max(len(row[i]) for row in table) for i in range(cols + 1)]
        for row in table:
            print(" | ".join(f"{v:>{w}}" for v, w in zip(row, widths)))


print([column_name(n) for n in (0, 25, 26, 51, 701, 702)], [column_number(c) for c in ("A", "Z", "AA", "ZZ", "AAA")], expand("B2", "A1"))
s = Sheet()
for ref, source in {"A1": "item", "B1": "price", "C1": "count", "D1": "total", "A2": "apple", "B2": 1.25, "C2": 4, "D2": "=B2*C2", "A3": "pear",
                    "B3": 2, "C3": 3, "D3": "=B3*C3", "A4": "sum", "D4": "=SUM(D2:D3)", "A5": "=UPPER(A2)&\"-\"&LEN(A3)", "B5": "=AVG(B2:B3)", "C5": "=IF(D4>10, \"many\", \"few\")", "D5": "=ROUND(D4/3, 1)"}.items():
    s.set(ref, source)
s.show()
print(s.set("B2", 3), s.evaluations)
print(s.set("C3", 10))
s.show()
for ref, source in (("E1", "=1/0"), ("E2", "=E1+1"), ("E3", "=NOPE(1)"), ("E4", "=1+"), ("E5", "=E5"), ("F1", "=F2"), ("F2", "=F3+1"), ("F3", "=F1"), ("F4", "=2^3^2-10"), ("F5", "=-2*(3+4)&\"x\""), ("G1", "=A1+1"), ("G2", "=AVG(H1:H3)"), ("G3", "=AND(1<2,NOT(FALSE))"), ("G4", "=\"a\"<>\"b\""), ("G5", "=MAX(B2:C5)-MIN(B2:C5)+COUNT(A1:G1)")):
    print(ref, source, s.set(ref, source), repr(s.values[ref]))
s.show()
s.set("F3", 5)
s.show()
for _ in range(14):
    s.undo()
s.show()
try:
    s.set("1A", 5)
except RefError as e:
    print("RefError", e)
for i in range(1, 60):
    s.set(make_ref(30, i), f"={make_ref(30, i - 1)}+{i}")
before = s.evaluations
s.set("AE1", 1)
print(s.values["AE60"], s.evaluations - before)
