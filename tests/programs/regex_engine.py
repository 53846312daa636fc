"""A regular expression engine: parser to a tree, Thompson automaton, subset construction, matching; against re."""
import re
from dataclasses import dataclass


class Node:
    pass


@dataclass(frozen=True)
class Char(Node):
    allowed: frozenset
    negated: bool = False

    def accepts(self, c):
        return (c in self.allowed) != self.negated


@dataclass(frozen=True)
class Seq(Node):
    parts: tuple


@dataclass(frozen=True)
class Alt(Node):
    options: tuple


@dataclass(frozen=True)
class Repeat(Node):
    body: Node
    low: int
    high: int | None


ANY = Char(frozenset("\n"), True)
CLASSES = {"d": frozenset("0123456789"), "s": frozenset(" \t\n\r\f\v"),
           "w": frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")}


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    @property
    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else None

    def take(self):
        c = self.peek
        if c is None:
            raise SyntaxError("unexpected end of pattern")
        self.at += 1
        return c

    def parse(self):
        node = self.alternatives()
        if self.peek is not None:
            raise SyntaxError(f"unexpected {self.peek!r} at {self.at}")
        return node

    def alternatives(self):
        options = [self.sequence()]
        while self.peek == "|":
            self.take()
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Alt(tuple(options))

    def sequence(self):
        parts = []
        while self.peek not in (None, "|", ")"):
            parts.append(self.repeated())
        return parts[0] if len(parts) == 1 else Seq(tuple(parts))

    def repeated(self):
        node = self.atom()
        while (c := self.peek) is not None and c in "*+?{":
            self.take()
            match c:
                case "*":
                    node = Repeat(node, 0, None)
                case "+":
                    node = Repeat(node, 1, None)
                case "?":
                    node = Repeat(node, 0, 1)
                case "{":
                    low, high = self.number(), None
                    if self.peek == ",":
                        self.take()
                        high = self.number() if self.peek != "}" else None
                    else:
                        high = low
                    if self.take() != "}":
                        raise SyntaxError("expected }")
                    if high is not None and high < low:
                        raise SyntaxError(f"bad range {low},{high}")
                    node = Repeat(node, low, high)
        return node

    def number(self):
        digits = ""
        while self.peek and self.peek.isdigit():
            digits += self.take()
        if not digits:
            raise SyntaxError(f"expected a number at {self.at}")
        return int(digits)

    def atom(self):
        match self.take():
            case "(":
                node = self.alternatives()
                if self.peek != ")":
                    raise SyntaxError("missing )")
                self.take()
                return node
            case "[":
                return self.char_class()
            case ".":
                return ANY
            case "\\":
                return self.escape()
            case "*" | "+" | "?" | "{" as c:
                raise SyntaxError(f"nothing to repeat before {c!r}")
            case c:
                return Char(frozenset(c))

    def escape(self):
        c = self.take()
        if c.lower() in CLASSES:
            return Char(CLASSES[c.lower()], c.isupper())
        return Char(frozenset({"n": "\n", "t": "\t"}.get(c, c)))

    def char_class(self):
        negated = self.peek == "^"
        if negated:
            self.take()
        allowed, first = set(), True
        while first or self.peek != "]":
            first = False
            c = self.take()
            if c == "\\":
                allowed |= self.escape().allowed
            elif self.peek == "-" and self.text[self.at + 1:self.at + 2] not in ("]", ""):
                self.take()
                allowed.update(map(chr, range(ord(c), ord(self.take()) + 1)))
            else:
                allowed.add(c)
        self.take()
        return Char(frozenset(allowed), negated)


class NFA:
    def __init__(self, node):
        self.edges, self.free = [], []
        self.start = self.state()
        self.end = self.build(node, self.start)

    def state(self):
        self.edges.append([])
        self.free.append([])
        return len(self.edges) - 1

    def build(self, node, start):
        match node:
            case Char():
                end = self.state()
                self.edges[start].append((node, end))
                return end
            case Seq(parts):
                for part in parts:
                    start = self.build(part, start)
                return start
            case Alt(options):
                end = self.state()
                for option in options:
                    s = self.state()
                    self.free[start].append(s)
                    self.free[self.build(option, s)].append(end)
                return end
            case Repeat(body, low, high):
                for _ in range(low):
                    start = self.build(body, start)
                end = self.state()
                if high is None:
                    loop = self.state()
                    self.free[start].append(loop)
                    self.free[self.build(body, loop)].append(loop)
                    self.free[loop].append(end)
                else:
                    for _ in range(high - low):
                        self.free[start].append(end)
                        start = self.build(body, start)
                    self.free[start].append(end)
                return end

    def closure(self, states):
        seen, todo = set(states), list(states)
        while todo:
            for s in self.free[todo.pop()]:
                if s not in seen:
                    seen.add(s)
                    todo.append(s)
        return frozenset(seen)

    def step(self, states, c):
        return self.closure({to for s in states for char, to in self.edges[s] if char.accepts(c)})


class Regex:
    def __init__(self, pattern):
        self.pattern = pattern
        self.nfa = NFA(Parser(pattern).parse())
        self.cache = {}
        self.first = self.nfa.closure([self.nfa.start])

    def next(self, states, c):
        key = states, c
        try:
            return self.cache[key]
        except KeyError:
            self.cache[key] = new = self.nfa.step(states, c)
            return new

    def fullmatch(self, text):
        states = self.first
        for c in text:
            states = self.next(states, c)
            if not states:
                return False
        return self.nfa.end in states

    def longest(self, text, start):
        states, best = self.first, None
        for i in range(start, len(text) + 1):
            if self.nfa.end in states:
                best = i
            if i == len(text) or not (states := self.next(states, text[i])):
                break
        return best

    def findall(self, text):
        at, out = 0, []
        while at <= len(text):
            end = self.longest(text, at)
            if end is None or end == at:
                if end == at:
                    out.append("")
                at += 1
            else:
                out.append(text[at:end])
                at = end
        return out


def describe(node, depth=0):
    pad = "  " * depth
    match node:
        case Char(allowed, negated):
            body = "".join(sorted(allowed))
            print(f"{pad}char {'not ' if negated else ''}{body[:12]!r}")
        case Seq(parts):
            print(f"{pad}seq")
            for p in parts:
                describe(p, depth + 1)
        case Alt(options):
            print(f"{pad}alt")
            for p in options:
                describe(p, depth + 1)
        case Repeat(body, low, high):
            print(f"{pad}repeat {low}..{'' if high is None else high}")
            describe(body, depth + 1)


describe(Parser(r"(a|b[0-9]{2,3})*\d+?|[^x-z.]").parse() if False else Parser(r"(a|b[0-9]{2,3})*\d|[^x-z.]").parse())
CASES = {
    r"a*b": ["b", "aaab", "ba", "", "aab "],
    r"(ab|cd)+": ["ab", "abcd", "abc", "cdcdab", ""],
    r"\d{3}-\d{4}": ["555-1234", "55-1234", "555-12345"],
    r"[a-c]+[^a-c]?": ["abc", "abcx", "x", "abcxx"],
    r"(a?){10}a{10}": ["a" * 10, "a" * 20, "a" * 9, "a" * 21],
    r"\w+@\w+(\.\w+)+": ["a@b.c", "a@b", "user_1@mail.example.org", "@b.c"],
    r"(0|1(01*0)*1)*": [bin(n)[2:] for n in range(12)],
    r".*x.*": ["x", "axb", "ab\nx", "nothing"],
    r"()|a": ["", "a", "b"],
    r"[]a-]+": ["]", "a-", "b"],
    r"\S+\s\S+": ["a b", "ab", "a  b"],
}
wrong = 0
for pattern, texts in CASES.items():
    mine = Regex(pattern)
    for text in texts:
        got, want = mine.fullmatch(text), re.fullmatch(pattern, text) is not None
        wrong += got != want
        print(f"{pattern!r:<24} {text[:24]!r:<28} {got}")
    print("   cached", len(mine.cache), "states", len(mine.nfa.edges))
print("wrong:", wrong)
for pattern, text in ((r"\d+", "a1b22c333"), (r"[A-Z]\w*", "The Quick brown Fox"), (r"a|ab", "ab a b"), (r"x*", "axxb")):
    print(pattern, Regex(pattern).findall(text))
for bad in ("(a", "a)", "*a", "a{2", "a{3,1}", "[a", "a\\", "a|*", "a{x}"):
    try:
        Regex(bad)
        print(bad, "fine")
    except SyntaxError as e:
        print(f"{bad!r}: {e}")
