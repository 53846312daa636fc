"""A small Lisp: tokenizer, parser, environments, tail calls, macros, library in itself."""
import operator
from functools import reduce


class Symbol(str):
    __slots__ = ()

    def __repr__(self):
        return str(self)


class LispError(Exception):
    pass


def tokenize(text):
    tokens, i = [], 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c == ";":
            while i < len(text) and text[i] != "\n":
                i += 1
        elif c in "()'`":
            tokens.append(c)
            i += 1
        elif c == ",":
            if text[i + 1] == "@":
                tokens.append(",@")
                i += 2
            else:
                tokens.append(",")
                i += 1
        elif c == '"':
            j = i + 1
            out = []
            while text[j] != '"':
                if text[j] == "\\":
                    j += 1
                    out.append({"n": "\n", "t": "\t"}.get(text[j], text[j]))
                else:
                    out.append(text[j])
                j += 1
            tokens.append(("str", "".join(out)))
            i = j + 1
        else:
            j = i
            while j < len(text) and not text[j].isspace() and text[j] not in "()'`,\";":
                j += 1
            tokens.append(text[i:j])
            i = j
    return tokens


QUOTES = {"'": "quote", "`": "quasiquote", ",": "unquote", ",@": "unquote-splicing"}


def parse(tokens):
    if not tokens:
        raise LispError("unexpected end")
    t = tokens.pop(0)
    if isinstance(t, tuple):
        return t[1]
    if t == "(":
        out = []
        while True:
            if not tokens:
                raise LispError("missing )")
            if tokens[0] == ")":
                tokens.pop(0)
                return out
            out.append(parse(tokens))
    if t == ")":
        raise LispError("unexpected )")
    if t in QUOTES:
        return [Symbol(QUOTES[t]), parse(tokens)]
    for convert in (int, float):
        try:
            return convert(t)
        except ValueError:
            pass
    return {"#t": True, "#f": False}.get(t, Symbol(t))


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise LispError(f"unbound: {name}")


class Lambda:
    def __init__(self, params, body, env, macro=False):
        self.params, self.rest = params, None
        if Symbol(".") in params:
            at = params.index(".")
            self.params, self.rest = params[:at], params[at + 1]
        self.body, self.env, self.macro = body, env, macro

    def bind(self, args):
        if len(args) < len(self.params) or (self.rest is None and len(args) > len(self.params)):
            raise LispError(f"expected {len(self.params)} arguments, got {len(args)}")
        env = Env(self.params, args, self.env)
        if self.rest is not None:
            env[self.rest] = list(args[len(self.params):])
        return env

    def __call__(self, *args):
        env = self.bind(args)
        for e in self.body[:-1]:
            evaluate(e, env)
        return evaluate(self.body[-1], env)

    def __repr__(self):
        return f"<lambda {show(self.params)}>"


def quasi(x, env):
    match x:
        case [Symbol("unquote"), e]:
            return evaluate(e, env)
        case list():
            out = []
            for item in x:
                match item:
                    case [Symbol("unquote-splicing"), e]:
                        out.extend(evaluate(e, env))
                    case _:
                        out.append(quasi(item, env))
            return out
    return x


def evaluate(x, env):
    while True:
        if isinstance(x, Symbol):
            return env.find(x)[x]
        if not isinstance(x, list):
            return x
        match x:
            case []:
                return []
            case [Symbol("quote"), value]:
                return value
            case [Symbol("quasiquote"), value]:
                return quasi(value, env)
            case [Symbol("if"), test, then, *otherwise]:
                if evaluate(test, env) is not False:
                    x = then
                elif otherwise:
                    x = otherwise[0]
                else:
                    return None
            case [Symbol("define"), [name, *params], *body]:
                env[name] = Lambda(params, body, env)
                return name
            case [Symbol("define"), Symbol() as name, value]:
                env[name] = evaluate(value, env)
                return name
            case [Symbol("define-macro"), [name, *params], *body]:
                env[name] = Lambda(params, body, env, macro=True)
                return name
            case [Symbol("set!"), name, value]:
                env.find(name)[name] = evaluate(value, env)
                return None
            case [Symbol("lambda"), params, *body]:
                return Lambda(params, body, env)
            case [Symbol("begin"), *body, last]:
                for e in body:
                    evaluate(e, env)
                x = last
            case [Symbol("let"), list() as bindings, *body]:
                x = [[Symbol("lambda"), [b[0] for b in bindings], *body], *(b[1] for b in bindings)]
            case [Symbol("and"), *parts]:
                value = True
                for part in parts:
                    value = evaluate(part, env)
                    if value is False:
                        break
                return value
            case [head, *rest]:
                f = evaluate(head, env)
                if isinstance(f, Lambda) and f.macro:
                    x = f(*rest)
                    continue
                args = [evaluate(a, env) for a in rest]
                if isinstance(f, Lambda):
                    env = f.bind(args)
                    for e in f.body[:-1]:
                        evaluate(e, env)
                    x = f.body[-1]
                elif callable(f):
                    return f(*args)
                else:
                    raise LispError(f"not a function: {show(f)}")


def show(x):
    if x is True:
        return "#t"
    if x is False:
        return "#f"
    if x is None:
        return "nil"
    if isinstance(x, list):
        return "(" + " ".join(map(show, x)) + ")"
    if isinstance(x, str) and not isinstance(x, Symbol):
        return '"' + x + '"'
    return repr(x) if isinstance(x, (Lambda, float)) else str(x)


def standard():
    env = Env()
    env.update({Symbol(k): v for k, v in {
        "+": lambda *a: sum(a), "*": lambda *a: reduce(operator.mul, a, 1),
        "-": lambda a, *b: -a if not b else reduce(operator.sub, b, a), "/": operator.truediv,
        "quotient": operator.floordiv, "modulo": operator.mod, "=": operator.eq, "<": operator.lt, ">": operator.gt,
        "<=": operator.le, "eq?": operator.eq, "car": lambda x: x[0], "cdr": lambda x: x[1:],
        "cons": lambda a, b: [a, *b], "list": lambda *a: list(a), "null?": lambda x: x == [], "length": len,
        "append": lambda *a: sum(a, []), "apply": lambda f, a: f(*a), "not": lambda x: x is False,
        "display": lambda *a: print(*[v if isinstance(v, str) else show(v) for v in a]), "number?": lambda x: isinstance(x, (int, float)),
        "string-append": lambda *a: "".join(a), "max": max, "min": min, "abs": abs, "even?": lambda n: n % 2 == 0,
    }.items()})
    return env


LIBRARY = """
(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))
(define (filter p l) (if (null? l) '() (if (p (car l)) (cons (car l) (filter p (cdr l))) (filter p (cdr l)))))
(define (fold f a l) (if (null? l) a (fold f (f a (car l)) (cdr l))))
(define (range a b) (if (< a b) (cons a (range (+ a 1) b)) '()))
(define-macro (when test . body) `(if ,test (begin ,@body) #f))
(define-macro (unless test . body) `(if ,test #f (begin ,@body)))
(define-macro (or2 a b) `(let ((t ,a)) (if t t ,b)))
(define (compose f g) (lambda (x) (f (g x))))
(define (reverse l) (fold (lambda (a x) (cons x a)) '() l))
"""

PROGRAM = r"""
(+ 1 2 (* 3 4)) (define x 10) x (- 5) (/ 7 2)
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 30)
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 20000 0)
(map fact (range 0 8)) (filter even? (range 0 12)) (fold + 0 (range 0 101))
((compose fact (lambda (x) (+ x 1))) 4)
(when (< 1 2) (display "in when") 'yes) (unless (< 1 2) 'no) (or2 #f 3)
(define (counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define c (counter)) (c) (c) (c)
`(1 ,(+ 1 1) ,@(list 3 4) end)
(define (variadic a . rest) (list a rest)) (variadic 1 2 3) (variadic 1)
(string-append "a\tb" "\"c\"") (reverse '(1 2 3)) 'sym '(nested (list) "s" 1.5 #t)
(define (qsort l) (if (null? l) '() (let ((p (car l)) (r (cdr l)))
  (append (qsort (filter (lambda (x) (< x p)) r)) (list p) (qsort (filter (lambda (x) (not (< x p))) r))))))
(qsort '(3 1 4 1 5 9 2 6 5 3 5)) fact (and 1 2 3) (and 1 #f 3) (apply max '(1 5 3))
(undefined 1) (car '()) (fact) (1 2) (display (map (lambda (x) (* x x)) '(1 2 3)))
(define (hanoi n a b c) (if (= n 0) 0 (+ (hanoi (- n 1) a c b) 1 (hanoi (- n 1) c b a)))) (hanoi 8 'a 'b 'c)
"""


def run(text, env, quiet=False):
    tokens = tokenize(text)
    while tokens:
        form = parse(tokens)
        try:
            value = evaluate(form, env)
        except LispError as e:
            print("error:", e)
        except Exception as e:
            print(f"{type(e).__name__}: {e}")
        else:
            if not quiet:
                print(show(form)[:50], "=>", show(value))


env = standard()
run(LIBRARY, env, quiet=True)
run(PROGRAM, env)
for bad in ("(1 2", ")", "(+ 1 (2)"):
    try:
        run(bad, env)
    except LispError as e:
        print("syntax:", e)
