"""A little language: lexer, Pratt parser, compiler to bytecode, stack machine with closures."""
import enum
import re
import sys
from dataclasses import dataclass


class Op(enum.IntEnum):
    CONST = enum.auto()
    LOAD = enum.auto()
    STORE = enum.auto()
    DEFINE = enum.auto()
    ADD = enum.auto()
    SUB = enum.auto()
    MUL = enum.auto()
    DIV = enum.auto()
    MOD = enum.auto()
    LT = enum.auto()
    LE = enum.auto()
    EQ = enum.auto()
    NOT = enum.auto()
    NEG = enum.auto()
    JUMP = enum.auto()
    JUMP_FALSE = enum.auto()
    JUMP_FALSE_KEEP = enum.auto()
    JUMP_TRUE_KEEP = enum.auto()
    POP = enum.auto()
    CALL = enum.auto()
    RETURN = enum.auto()
    CLOSURE = enum.auto()
    LIST = enum.auto()
    INDEX = enum.auto()
    SET_INDEX = enum.auto()


TOKEN = re.compile(r"""
    (?P<space>\s+|\#[^\n]*)
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<name>[A-Za-z_]\w*)
  | (?P<op>==|!=|<=|>=|&&|\|\||[-+*/%<>=!(){}\[\],;])
""", re.VERBOSE)
KEYWORDS = {"let", "fn", "if", "else", "while", "return", "true", "false", "nil"}


class Problem(Exception):
    def __init__(self, message, line):
        super().__init__(f"line {line}: {message}")


@dataclass
class Token:
    kind: str
    text: str
    line: int


def lex(source):
    at, line = 0, 1
    while at < len(source):
        m = TOKEN.match(source, at)
        if m is None:
            raise Problem(f"odd character {source[at]!r}", line)
        if m.lastgroup != "space":
            kind = m.lastgroup
            if kind == "op" or m[0] in KEYWORDS:
                kind = m[0]
            yield Token(kind, m[0], line)
        line += m[0].count("\n")
        at = m.end()
    yield Token("end", "", line)


@dataclass
class Proto:
    name: str
    params: list
    code: list
    consts: list
    lines: list


BINARY = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
DIRECT = {"+": Op.ADD, "-": Op.SUB, "*": Op.MUL, "/": Op.DIV, "%": Op.MOD, "<": Op.LT, "<=": Op.LE, "==": Op.EQ}


class Compiler:
    def __init__(self, tokens):
        self.tokens, self.at, self.protos = list(tokens), 0, []

    @property
    def token(self):
        return self.tokens[self.at]

    def accept(self, *kinds):
        if self.token.kind in kinds:
            self.at += 1
            return self.tokens[self.at - 1]

    def expect(self, kind):
        token = self.accept(kind)
        if token is None:
            raise Problem(f"expected {kind}, found {self.token.text or 'the end'}", self.token.line)
        return token

    def emit(self, op, arg=None):
        p = self.protos[-1]
        p.code.append([op, arg])
        p.lines.append(self.tokens[max(self.at - 1, 0)].line)
        return len(p.code) - 1

    def patch(self, at):
        self.protos[-1].code[at][1] = len(self.protos[-1].code)

    def const(self, value):
        consts = self.protos[-1].consts
        for i, c in enumerate(consts):
            if c == value and type(c) is type(value):
                return i
        consts.append(value)
        return len(consts) - 1

    def program(self):
        self.protos.append(Proto("main", [], [], [], []))
        while not self.accept("end"):
            self.statement()
        self.emit(Op.CONST, self.const(None))
        self.emit(Op.RETURN)
        return self.protos.pop()

    def block(self):
        self.expect("{")
        while not self.accept("}"):
            if self.token.kind == "end":
                raise Problem("missing }", self.token.line)
            self.statement()

    def statement(self):
        if self.accept("let"):
            name = self.expect("name").text
            self.expect("=")
            self.expression()
            self.emit(Op.DEFINE, name)
            self.expect(";")
        elif self.token.kind == "fn" and self.tokens[self.at + 1].kind == "name":
            self.at += 1
            name = self.accept("name").text
            self.function(name)
            self.emit(Op.DEFINE, name)
        elif self.accept("if"):
            self.expression()
            skip = self.emit(Op.JUMP_FALSE)
            self.block()
            if self.accept("else"):
                end = self.emit(Op.JUMP)
                self.patch(skip)
                if self.token.kind == "if":
                    self.statement()
                else:
                    self.block()
                self.patch(end)
            else:
                self.patch(skip)
        elif self.accept("while"):
            top = len(self.protos[-1].code)
            self.expression()
            leave = self.emit(Op.JUMP_FALSE)
            self.block()
            self.emit(Op.JUMP, top)
            self.patch(leave)
        elif self.accept("return"):
            if self.token.kind == ";":
                self.emit(Op.CONST, self.const(None))
            else:
                self.expression()
            self.emit(Op.RETURN)
            self.expect(";")
        else:
            self.expression()
            self.emit(Op.POP)
            self.expect(";")

    def function(self, name):
        self.expect("(")
        params = []
        while not self.accept(")"):
            params.append(self.expect("name").text)
            if self.token.kind != ")":
                self.expect(",")
        self.protos.append(Proto(name, params, [], [], []))
        self.block()
        self.emit(Op.CONST, self.const(None))
        self.emit(Op.RETURN)
        proto = self.protos.pop()
        self.emit(Op.CLOSURE, self.const(proto))

    def expression(self, level=0):
        self.unary()
        while (power := BINARY.get(self.token.kind, 0)) > level:
            op = self.token.kind
            self.at += 1
            if op in ("&&", "||"):
                jump = self.emit(Op.JUMP_FALSE_KEEP if op == "&&" else Op.JUMP_TRUE_KEEP)
                self.emit(Op.POP)
                self.expression(power)
                self.patch(jump)
                continue
            self.expression(power)
            match op:
                case ">":
                    self.emit(Op.LE)
                    self.emit(Op.NOT)
                case ">=":
                    self.emit(Op.LT)
                    self.emit(Op.NOT)
                case "!=":
                    self.emit(Op.EQ)
                    self.emit(Op.NOT)
                case _:
                    self.emit(DIRECT[op])
        if level == 0 and self.token.kind == "=":
            line = self.token.line
            self.at += 1
            target = self.protos[-1].code.pop()
            self.protos[-1].lines.pop()
            self.expression()
            if target[0] == Op.LOAD:
                self.emit(Op.STORE, target[1])
            elif target[0] == Op.INDEX:
                self.emit(Op.SET_INDEX)
            else:
                raise Problem("cannot assign to this", line)

    def unary(self):
        if token := self.accept("-", "!"):
            self.unary()
            self.emit(Op.NEG if token.kind == "-" else Op.NOT)
            return
        token = self.token
        self.at += 1
        match token.kind:
            case "number":
                self.emit(Op.CONST, self.const(float(token.text) if "." in token.text else int(token.text)))
            case "string":
                self.emit(Op.CONST, self.const(token.text[1:-1].encode().decode("unicode_escape")))
            case "true" | "false" | "nil":
                self.emit(Op.CONST, self.const({"true": True, "false": False, "nil": None}[token.kind]))
            case "name":
                self.emit(Op.LOAD, token.text)
            case "fn":
                self.function("anonymous")
            case "(":
                self.expression()
                self.expect(")")
            case "[":
                self.emit(Op.LIST, self.arguments("]"))
            case _:
                raise Problem(f"unexpected {token.text or 'end'}", token.line)
        while True:
            if self.accept("("):
                self.emit(Op.CALL, self.arguments(")"))
            elif self.accept("["):
                self.expression()
                self.expect("]")
                self.emit(Op.INDEX)
            else:
                return

    def arguments(self, end):
        n = 0
        while not self.accept(end):
            self.expression()
            n += 1
            if self.token.kind != end:
                self.expect(",")
        return n


class Scope:
    __slots__ = ("names", "up")

    def __init__(self, names, up=None):
        self.names, self.up = names, up

    def find(self, name):
        scope = self
        while scope is not None:
            if name in scope.names:
                return scope.names
            scope = scope.up
        raise NameError(name)


@dataclass
class Closure:
    proto: Proto
    scope: Scope

    def __str__(self):
        return f"<fn {self.proto.name}>"


class Machine:
    def __init__(self, out=sys.stdout):
        self.steps, self.deepest = 0, 0
        self.world = Scope({"print": lambda *a: print(*map(self.show, a), file=out), "len": len, "str": self.show,
                            "push": lambda items, x: items.append(x), "floor": lambda x: int(x // 1)})

    def show(self, v):
        match v:
            case None:
                return "nil"
            case bool():
                return str(v).lower()
            case list():
                return "[" + ", ".join(map(self.show, v)) + "]"
        return str(v)

    def run(self, proto):
        frames = []
        code, pc, stack, scope, consts = proto.code, 0, [], Scope({}, self.world), proto.consts
        try:
            while True:
                op, arg = code[pc]
                pc += 1
                self.steps += 1
                match op:
                    case Op.CONST:
                        stack.append(consts[arg])
                    case Op.LOAD:
                        stack.append(scope.find(arg)[arg])
                    case Op.STORE:
                        scope.find(arg)[arg] = stack[-1]
                    case Op.DEFINE:
                        scope.names[arg] = stack.pop()
                    case Op.ADD | Op.SUB | Op.MUL | Op.DIV | Op.MOD | Op.LT | Op.LE | Op.EQ:
                        b, a = stack.pop(), stack.pop()
                        stack.append(self.binary(op, a, b))
                    case Op.NOT:
                        stack.append(stack.pop() in (None, False))
                    case Op.NEG:
                        stack.append(-stack.pop())
                    case Op.JUMP:
                        pc = arg
                    case Op.JUMP_FALSE:
                        if stack.pop() in (None, False):
                            pc = arg
                    case Op.JUMP_FALSE_KEEP:
                        if stack[-1] in (None, False):
                            pc = arg
                    case Op.JUMP_TRUE_KEEP:
                        if stack[-1] not in (None, False):
                            pc = arg
                    case Op.POP:
                        stack.pop()
                    case Op.CLOSURE:
                        stack.append(Closure(consts[arg], scope))
                    case Op.LIST:
                        items = stack[len(stack) - arg:]
                        del stack[len(stack) - arg:]
                        stack.append(items)
                    case Op.INDEX:
                        i, items = stack.pop(), stack.pop()
                        stack.append(items[i])
                    case Op.SET_INDEX:
                        value, i, items = stack.pop(), stack.pop(), stack.pop()
                        items[i] = value
                        stack.append(value)
                    case Op.CALL:
                        args = stack[len(stack) - arg:]
                        del stack[len(stack) - arg:]
                        f = stack.pop()
                        if not isinstance(f, Closure):
                            stack.append(f(*args))
                            continue
                        if len(args) != len(f.proto.params):
                            raise TypeError(f"{f} takes {len(f.proto.params)} arguments, got {len(args)}")
                        frames.append((proto, code, pc, scope, consts))
                        self.deepest = max(self.deepest, len(frames))
                        proto, pc = f.proto, 0
                        code, consts = proto.code, proto.consts
                        scope = Scope(dict(zip(proto.params, args)), f.scope)
                    case Op.RETURN:
                        if not frames:
                            return stack.pop()
                        proto, code, pc, scope, consts = frames.pop()
        except (TypeError, NameError, IndexError, ZeroDivisionError) as e:
            where = [f"{p.name}:{p.lines[at - 1]}" for p, _, at, *_ in frames[-3:]] + [f"{proto.name}:{proto.lines[pc - 1]}"]
            raise RuntimeError(f"{type(e).__name__}: {e} (in {' > '.join(where)})") from e

    @staticmethod
    def binary(op, a, b):
        match op:
            case Op.ADD:
                return a + b
            case Op.SUB:
                return a - b
            case Op.MUL:
                return a * b
            case Op.DIV:
                return a / b
            case Op.MOD:
                return a % b
            case Op.LT:
                return a < b
            case Op.LE:
                return a <= b
        return a == b


def listing(proto, depth=0):
    print("  " * depth + f"{proto.name}({', '.join(proto.params)})")
    for i, (op, arg) in enumerate(proto.code):
        shown = "" if arg is None else repr(proto.consts[arg]) if op == Op.CONST else "" if op == Op.CLOSURE else arg
        print("  " * depth + f"{i:>4} {op.name:<16}{shown}".rstrip())
    for c in proto.consts:
        if isinstance(c, Proto):
            listing(c, depth + 1)


def run(source, show=False):
    try:
        proto = Compiler(lex(source)).program()
        if show:
            listing(proto)
        machine = Machine()
        machine.run(proto)
        print(f"[{machine.steps} steps, depth {machine.deepest}]")
    except (Problem, RuntimeError) as e:
        print(type(e).__name__, e)


run('''
fn fact(n) { if n < 2 { return 1; } return n * fact(n - 1); }
print(fact(20), 1 + 2 * 3 - -4, (1 + 2) * 3, 7 % 4, 1 < 2 && 2 < 3, nil || "or");
''', show=True)
run('''
fn counter() { let n = 0; return fn() { n = n + 1; return n; }; }
let a = counter(); let b = counter();
a(); a();
print(a(), b(), a == b, counter);
fn map(f, items) { let out = []; let i = 0; while i < len(items) { push(out, f(items[i])); i = i + 1; } return out; }
print(map(fn(x) { return x * x; }, [1, 2, 3, 4]), map(str, [true, nil, 1.5]));
let grid = [[1, 2], [3, 4]];
grid[1][0] = 99;
print(grid, grid[1][0] + grid[0][1], "a\\tb" + "c");
fn sieve(n) {
  let flags = []; let i = 0;
  while i <= n { push(flags, true); i = i + 1; }
  let p = 2;
  while p * p <= n { if flags[p] { let m = p * p; while m <= n { flags[m] = false; m = m + p; } } p = p + 1; }
  let out = []; i = 2;
  while i <= n { if flags[i] { push(out, i); } i = i + 1; }
  return out;
}
print(sieve(60));
fn fib(n) { if n < 2 { return n; } else if n == 2 { return 1; } else { return fib(n - 1) + fib(n - 2); } }
print(fib(17));
fn deep(n) { if n == 0 { return "bottom"; } return deep(n - 1); }
print(deep(5000));
fn compose(f, g) { return fn(x) { return f(g(x)); }; }
print(compose(fn(x) { return x + 1; }, fn(x) { return x * 10; })(4), !true, !nil, 3 >= 3, 3 > 3, 1 != 2);
''')
for bad in ("let = 3;", "print(1;", "let a = 1 +;", "1 = 2;", "print(x);", "print(1 / 0);", "fn f(a) { return a; } f();", "fn f() { return [1][5]; } fn g() { return f(); } g();",
            "1(2);", "print(1 + \"a\");", "let a = @;", "fn f( { }", "if true { print(1);", "\n\n\nwhile"):
    run(bad)
