"""Exceptions: chaining, groups, cleanup, tracebacks through the traceback module."""
import sys
import traceback


def show(f, *args):
    try:
        print("->", f(*args))
    except BaseException:
        traceback.print_exc(file=sys.stdout)
    print("-" * 20)


def divide(a, b):
    return a / b


def nested(n):
    if n == 0:
        return divide(1, 0)
    return nested(n - 1)


def cause():
    try:
        divide(1, 0)
    except ZeroDivisionError as e:
        raise ValueError("bad value") from e


def context():
    try:
        {}["missing"]
    except KeyError:
        int("x")


def suppressed():
    try:
        [][1]
    except IndexError:
        raise RuntimeError("clean") from None


class Custom(Exception):
    def __init__(self, code, **details):
        super().__init__(code, details)
        self.code = code

    def __str__(self):
        return f"custom {self.code}"


def custom():
    e = Custom(7, a=1)
    e.add_note("first note")
    e.add_note("second\nnote")
    raise e


def finals(mode):
    out = []
    for i in range(4):
        try:
            try:
                out.append(f"try{i}")
                if mode == "raise" and i == 2:
                    raise OSError(2, "No such file", "name")
                if mode == "break" and i == 1:
                    break
                if mode == "continue" and i == 1:
                    continue
                if mode == "return" and i == 1:
                    return out
            finally:
                out.append(f"fin{i}")
        except OSError as e:
            out.append((e.errno, e.strerror, e.filename, str(e)))
        else:
            out.append(f"else{i}")
    return out


def recursion(n=0):
    return recursion(n + 1) + 1


for f, *args in [(divide, 1, 0), (nested, 3), (cause,), (context,), (suppressed,), (custom,)]:
    show(f, *args)
for mode in ("raise", "break", "continue", "return"):
    print(mode, finals(mode))


def group():
    raise ExceptionGroup("many", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [KeyError("k"), ValueError(2)])])


show(group)
try:
    group()
except* ValueError as e:
    print("values", e.exceptions, e.message)
except* TypeError as e:
    print("types", e.exceptions)
except* KeyError as e:
    print("keys", [type(x).__name__ for x in e.exceptions])
try:
    try:
        group()
    except* KeyError:
        pass
except ExceptionGroup as e:
    print("rest", e, e.exceptions)
eg = ExceptionGroup("g", [ValueError(1), TypeError(2)])
print(eg.split(ValueError), eg.subgroup(lambda e: isinstance(e, TypeError)), eg.derive([KeyError()]))


def naked():
    try:
        raise KeyError("a")
    except KeyError:
        try:
            raise
        except KeyError as e:
            return repr(e), e.__traceback__ is not None, sys.exception() is e


print(naked(), sys.exception(), sys.exc_info())
try:
    raise
except RuntimeError as e:
    print(e)
try:
    e
except NameError as err:
    print(err, err.name)
try:
    recursion()
except RecursionError as e:
    print(type(e).__name__, e)


class Manager:
    def __init__(self, name, swallow=False, fail=False):
        self.name, self.swallow, self.fail = name, swallow, fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail:
            raise RuntimeError("enter failed")
        return self.name

    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None, v)
        return self.swallow


with Manager("a") as a, Manager("b", swallow=True) as b:
    print(a, b)
    raise ValueError("inside")
try:
    with (Manager("c") as c, Manager("d", fail=True)):
        print("never")
except RuntimeError as e:
    print("caught", e)
for bad in ("x = ", "def f(:\n pass", "a b", "for", "  x\ny", "'abc", "f(a=1, 2)", "1 = x", "return", "x = (1,\n2", "print 'a'"):
    try:
        compile(bad, "<test>", "exec")
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.lineno, e.offset, e.text)
for expr in ("undefined_name", "(1).foo", "[].appendd", "None + 1", "1 + '1'", "len(5)", "int('z', 10)", "'a' * 'b'", "[1,2][5]",
             "{}['k']", "(lambda x: x)()", "print(1, sepp='')", "abs('x')", "1 < 'a'", "max([])", "chr(-1)", "float('q')",
             "'abc'.index('z')", "[].pop()", "object() + 1", "range(1, 2, 0)", "b'a' + 'a'", "__import__('nope')", "1 << -1", "int('1' * 5000)",
             "'{} {}'.format(1)", "'%d' % 'x'", "next(iter([]))", "(x for x in 5)", "{[]: 1}", "type('A', (int, str), {})"):
    try:
        eval(expr)
        print(expr, "fine")
    except Exception as e:
        print(f"{expr}: {type(e).__name__}: {e}")
te = traceback.TracebackException.from_exception(Custom(3))
print(list(te.format_exception_only()))
try:
    nested(1)
except ZeroDivisionError as e:
    for fs in traceback.extract_tb(e.__traceback__):
        print(fs.lineno, fs.name, fs.line)
    print("".join(traceback.format_exception(e))[-120:])
try:
    assert 1 == 2, "math"
except AssertionError as e:
    print(repr(e))
print(issubclass(FileNotFoundError, OSError), OSError(2, "x").__class__, OSError(13, "p").__class__, UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"))
print(StopIteration(5).value, SystemExit(3).code, ImportError("m", name="n", path="p").name, KeyError("a b"), BaseException(1, 2))
sys.exit(3)
