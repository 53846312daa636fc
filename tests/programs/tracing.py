# sys.settrace, sys.setprofile, jumps by f_lineno, sys.monitoring.
import sys


def gen():
    yield 1
    return 5


def work(n):
    x = 0
    for i in range(n):
        x += i
    try:
        1 / 0
    except ZeroDivisionError:
        pass
    for q in gen():
        x += q
    while x < 6: x += 1
    return x


def trace(frame, event, arg):
    line = frame.f_lineno - frame.f_code.co_firstlineno
    print(frame.f_code.co_name, event, line, arg[0].__name__ if event == "exception" else arg)
    return trace


sys.settrace(trace)
work(2)
sys.settrace(None)


def profile(frame, event, arg):
    print(frame.f_code.co_name, event, arg.__name__ if event.startswith("c_") else "")


sys.setprofile(profile)
work(1)
[].append(3)
try:
    len(5)
except TypeError:
    pass
sys.setprofile(None)


def jumps():
    a = 1
    a = 2
    a = 3
    return a


def jumper(frame, event, arg):
    if event == "line" and frame.f_lineno == jumps.__code__.co_firstlineno + 2:
        frame.f_lineno += 2
        try:
            frame.f_lineno = 1
        except ValueError as e:
            print(e)
    return jumper


sys.settrace(jumper)
print(jumps())
sys.settrace(None)
try:
    sys._getframe().f_lineno = 3
except ValueError as e:
    print(e)

monitoring = sys.monitoring
E = monitoring.events
TOOL = 3
monitoring.use_tool_id(TOOL, "test")
seen = []


def callback(name):
    def record(code, *args):
        if code.co_name in ("work", "gen", "thrower"):
            seen.append((name, code.co_name, *(a if isinstance(a, int) else type(a).__name__ for a in args)))
    return record


names = [n for n in dir(E) if n.isupper() and n not in ("NO_EVENTS", "BRANCH", "INSTRUCTION")]
for name in names:
    monitoring.register_callback(TOOL, getattr(E, name), callback(name))


def thrower():
    try:
        try:
            len(5)
        except TypeError:
            raise
    finally:
        g = gen()
        next(g)
        g.throw(KeyError)


monitoring.set_events(TOOL, sum(getattr(E, n) for n in names))
work(1)
try:
    thrower()
except KeyError:
    pass
monitoring.set_events(TOOL, 0)
for row in seen:
    print(*row)

seen.clear()
hits = []


def once(code, line):
    hits.append(line - code.co_firstlineno)
    return monitoring.DISABLE


monitoring.register_callback(TOOL, E.LINE, once)
monitoring.set_local_events(TOOL, work.__code__, E.LINE)
work(3)
work(3)
print(hits)
monitoring.restart_events()
work(1)
print(hits)
monitoring.free_tool_id(TOOL)
print(monitoring.get_tool(TOOL), work(2))
