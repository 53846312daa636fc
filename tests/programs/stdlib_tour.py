"""A tour of modules: json, re, dataclasses, enum, typing, argparse, datetime, io, calendar, csv, and more."""
import argparse
import base64
import calendar
import contextlib
import copy
import csv
import dataclasses
import datetime as dt
import difflib
import enum
import fnmatch
import hashlib
import html
import io
import json
import pprint
import re
import shlex
import statistics
import struct
import typing
import urllib.parse
import zlib
from dataclasses import dataclass, field

data = {"name": "é\u2028\n\"", "n": [1, 2.5, -0.0, 1e100, True, None], "nested": {"a": {}, "b": []}, "big": 2**70}
print(json.dumps(data), json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False), json.loads(json.dumps(data)) == data, sep="\n")
print(json.loads('[1, 1.0, "\\ud83d\\ude00", {"a": [true, null]}, NaN, -Infinity]'), json.dumps("a/b\u0007"), json.dumps((1, 2), separators=(",", ":")), json.dumps({1: 2, None: 3, True: 4}))
for bad in ("", "{", "[1,]", '{"a" 1}', '"\\x"', "[1] 2", "nul", '{"a":1,}', '"a'):
    try:
        json.loads(bad)
    except json.JSONDecodeError as e:
        print(e)
try:
    json.dumps({"a": {1, 2}})
except TypeError as e:
    print(e)
print(json.dumps(dt.date(2020, 1, 2), default=str), json.loads('{"a": 1.5}', parse_float=lambda s: "f" + s, object_hook=lambda d: sorted(d.items())))

for pat, s in ((r"(\d+)-(\d+)", "a 10-20 b 3-4"), (r"(?P<y>\d{4})/(?P<m>\d\d)", "on 2024/05 and 2023/12"), (r"\b\w+?\b", "hi there you"), (r"(a|b)*c", "ababc"), (r"(?i)HELLO", "say hello"), (r"^\s*#.*$", "# c"), (r"(?<=a)b(?!c)", "abc abd"), (r"(\w)\1", "hello book"), (r"(?:x(?=y))+", "xy xxy"), (r"[^\W\d_]+", "abc1_é2"), (r"a{2,3}?", "aaaa"), (r"(?s)a.b", "a\nb"), (r"(?x) a  b # c", "ab"), (r"(?>a+)b", "aaab"), (r"a*+b", "aab"), (r"(a)?(?(1)b|c)", "ab c")):
    print(pat, re.findall(pat, s), [m.span() for m in re.finditer(pat, s)], re.search(pat, s))
m = re.match(r"(?P<first>\w+) (?P<last>\w+)(?P<none>x)?", "Ada Lovelace")
print(m.groups(), m.groupdict(), m["first"], m.end("last"), m.expand(r"\2 \g<first>"), m.lastgroup, m.string, m.re.pattern, m.regs)
print(re.sub(r"(\w+)", lambda m: m[1].title(), "some words"), re.sub("a", "b", "aaa", count=2), re.subn(r"\s+", " ", "a  b \n c"), re.split(r"[,;]\s*", "a, b;c"), re.split("(-)", "a-b-c", maxsplit=1), re.escape("a.b*c"), re.fullmatch("a+", "aab"), re.compile("x", re.I | re.M))
for bad in ("(", "[a", "*a", "a{2,1}", "(?P<1>a)", r"\1", "(?<=a*)b", "(?z)", "a**", r"\q"):
    try:
        re.compile(bad)
    except re.error as e:
        print(bad, e)


@dataclass(order=True, frozen=True)
class Item:
    price: float
    name: str = "x"
    tags: list = field(default_factory=list, compare=False, repr=False)
    total: dataclasses.InitVar[int] = 0
    K: typing.ClassVar[int] = 3

    def __post_init__(self, total):
        object.__setattr__(self, "tags", [total])


i, j = Item(2.5, "b", total=7), Item(1.5)
print(i, i > j, i == Item(2.5, "b"), hash(i) == hash(Item(2.5, "b")), i.tags, dataclasses.asdict(j), dataclasses.astuple(j), dataclasses.replace(j, name="q", total=1), [f.name for f in dataclasses.fields(Item)], Item.__match_args__)
try:
    i.price = 3
except dataclasses.FrozenInstanceError as e:
    print(type(e).__name__, e)


@dataclass(slots=True, kw_only=True)
class KW:
    a: int
    b: int = 2


print(KW(a=1), KW.__slots__, dataclasses.make_dataclass("Made", ["x", ("y", int, 5)])(1))
try:
    KW(1)
except TypeError as e:
    print(e)


class Shape(enum.Enum):
    SQUARE = 1
    CIRCLE = 2
    ROUND = 2

    @property
    def nice(self):
        return self.name.lower()


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
    RW = R | W


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


class Word(enum.StrEnum):
    YES = enum.auto()
    NO = "nope"


print(list(Shape), Shape(2), Shape["SQUARE"], Shape.ROUND is Shape.CIRCLE, Shape.CIRCLE.nice, Shape.__members__, repr(Perm.R | Perm.X), Perm.RW in (Perm.R | Perm.W | Perm.X), ~Perm.R, Perm(5), list(Perm.RW), Level.HIGH > 3, Level.LOW + 1, f"{Level.LOW}", Word.YES, Word("nope"), Perm(0), bool(Perm(0)))
for f in (lambda: Shape(9), lambda: Shape["Q"], lambda: setattr(Shape, "SQUARE", 3), lambda: Shape.SQUARE < Shape.CIRCLE):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
p = argparse.ArgumentParser(prog="tool", description="A tool that does things.", epilog="The end.")
p.add_argument("files", nargs="+", help="files to read")
p.add_argument("-v", "--verbose", action="count", default=0, help="say more")
p.add_argument("-n", "--number", type=int, metavar="N", default=3, help="how many (default: %(default)s)")
p.add_argument("--mode", choices=["fast", "slow"])
p.add_argument("--flag", action=argparse.BooleanOptionalAction)
sub = argparse.ArgumentParser(prog="sub")
cmds = sub.add_subparsers(dest="cmd", required=True)
cmds.add_parser("go", help="go there").add_argument("where")
print(p.format_help(), p.parse_args(["a", "b", "-vv", "-n5", "--mode=fast", "--no-flag"]), sub.parse_args(["go", "home"]))
for bad in (["-n", "x", "f"], [], ["f", "--what"]):
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        try:
            p.parse_args(bad)
        except SystemExit as e:
            print("exit", e.code, err.getvalue().splitlines()[-1])
d = dt.datetime(2024, 2, 29, 13, 5, 7, 123456)
print(d, d.isoformat(), d.strftime("%Y-%m-%d %H:%M:%S.%f %a %b %j %U %p %I %y %%"), d + dt.timedelta(days=366, hours=-2), d - dt.datetime(2023, 1, 1), d.replace(year=2020), d.weekday(), d.isocalendar(), d.date(), d.time(), d.timetuple()[:8], dt.datetime.strptime("3 Mar 2021 04:05", "%d %b %Y %H:%M"), dt.date.fromisoformat("2020-12-31") + dt.timedelta(1), dt.date(2020, 1, 1).toordinal(), dt.timedelta(seconds=3661.5), dt.timedelta(days=-1, seconds=5), repr(dt.timedelta(1, 2, 3)), dt.timedelta(1) / dt.timedelta(hours=5), dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc).astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30))), dt.datetime.fromtimestamp(0, dt.timezone.utc), d.timestamp() if False else "", sep="\n")
for f in (lambda: dt.date(2023, 2, 29), lambda: dt.datetime.strptime("x", "%d"), lambda: d - dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc), lambda: dt.timedelta(10**10)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print(calendar.month(2024, 2), calendar.isleap(1900), calendar.monthrange(2023, 2), list(calendar.Calendar(6).itermonthdays(2024, 9))[:10], calendar.timegm((2000, 1, 1, 0, 0, 0)))
out = io.StringIO()
w = csv.writer(out)
w.writerows([["a", "b,c", 'q"q'], [1, None, "line\nbreak"]])
print(repr(out.getvalue()), list(csv.reader(io.StringIO(out.getvalue()))), list(csv.DictReader(["x;y", "1;2"], delimiter=";")))
print(struct.pack("<IhB4s?d", 1, -2, 255, b"ab", True, 1.5), struct.unpack(">Hf", b"\x01\x02\x3f\x80\x00\x00"), struct.calcsize("@bi"), base64.b64encode(b"hello\xff"), base64.urlsafe_b64decode("aGVsbG8="), base64.b32encode(b"hi"), zlib.crc32(b"hello"), zlib.decompress(zlib.compress(b"a" * 100)) == b"a" * 100, hashlib.sha256(b"x").hexdigest()[:16], hashlib.md5(b"x").hexdigest(), html.escape("<a href='x'>"), html.unescape("&lt;&eacute;&#65;"), urllib.parse.quote("a b/é"), urllib.parse.urlsplit("http://u@h:80/p;x?q=1#f"), urllib.parse.parse_qs("a=1&a=2&b="), urllib.parse.urlencode({"a": "1 2"}), urllib.parse.urljoin("http://a/b/c", "../d"), shlex.split("a 'b c' \"d\\\"e\""), fnmatch.filter(["a.py", "b.txt"], "*.py"), sep="\n")
print(statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.stdev([1, 2, 3, 4]), statistics.mode("aab"), statistics.quantiles([1, 2, 3, 4, 5]))
deep = {"a": [1, {2, 3}], "t": (1, [2])}
c = copy.deepcopy(deep)
c["a"].append(5)
print(deep, copy.copy(deep)["a"] is deep["a"], c["t"][1] is deep["t"][1])
pprint.pprint({"k" * 10: list(range(30)), "b": {"nested": ["x" * 30, "y" * 30, "z" * 30]}, "a": (1,)}, width=60)
print("\n".join(difflib.unified_diff("a b c d".split(), "a x c d e".split(), "old", "new", lineterm="")), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), difflib.SequenceMatcher(None, "abcd", "bcde").ratio())
print(typing.get_type_hints(Item)["price"], typing.Optional[int], typing.Union[int, str], int | None, list[int], dict[str, list[int]], typing.Callable[[int], str], typing.Literal["a", 1], typing.get_args(dict[str, int]), typing.get_origin(list[int]), typing.NamedTuple("NT", [("a", int)])(1), typing.TypeVar("T"), typing.Any)


class TD(typing.TypedDict, total=False):
    a: int


class Proto(typing.Protocol):
    def run(self) -> int: ...


print(TD(a=1), TD.__optional_keys__, typing.runtime_checkable(Proto) is Proto, isinstance(5, Proto), typing.cast(int, "x"))


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as e:
        print("handled", e)
    finally:
        print(f"</{name}>")


with tag("a") as t, contextlib.suppress(KeyError):
    print(t)
    {}["x"]
with tag("b"):
    raise ValueError("v")
with contextlib.ExitStack() as stack:
    for n in "xy":
        stack.enter_context(tag(n))
    stack.callback(print, "callback")
buf = io.BytesIO(b"line1\nline2\nrest")
print(buf.readline(), buf.read(3), buf.tell(), buf.seek(0, 2), buf.getvalue()[-4:], io.TextIOWrapper(io.BytesIO("é\r\nb".encode())).read(), io.StringIO("a\nb\n").readlines())
