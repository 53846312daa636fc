"""String formatting in all its forms, string methods, text processing."""
import string
import textwrap
from datetime import date

for spec in ("", "5", "<5", ">5", "^5", "*^7", "05", "+", "-", " ", "x", "#x", "X", "o", "#o", "b", "#010b", ",", "_", "c", "d", "n", "e", ".2f", "%", "g", "_x", "+,d", "08,d"):
    out = []
    for v in (0, 42, -7, 1234567):
        try:
            out.append(format(v, spec))
        except Exception as e:
            out.append(f"{type(e).__name__}: {e}")
    print(repr(spec), out)
for spec in ("", "f", ".0f", ".3f", "10.2f", "<10.1f", "e", ".2e", "E", "g", ".3g", "G", "%", ".1%", ",", ",.2f", "_.1f", "+.2f", " .2f", "010.2f", "#.0f", "n", "z.1f", "=+8.1f", "*>9"):
    out = []
    for v in (0.0, 3.14159, -2.5, 1e20, 1.5e-7, float("inf"), float("nan"), -0.04):
        out.append(format(v, spec))
    print(repr(spec), out)
for spec in ("", "10", ">10", "^10", "*<10", ".3", "6.2", "s"):
    print(repr(spec), repr(format("héllo", spec)))
for f, a in (("%s %r %a", ("é", "é", "é")), ("%d %i %5d|%-5d|%05d|%+d|% d", (1, 2, 3, 4, 5, 6, 7)), ("%x %X %#x %o %#o", (255, 255, 255, 8, 8)),
             ("%f %.2f %8.3f|%-8.1f|%e %.1E %g %G", (1.5, 2.345, 3.14159, 2.25, 12345.678, 0.00012, 1e-10, 1e20)), ("%c%c", ("a", 98)),
             ("%(a)s %(b)05.1f %%", {"a": 1, "b": 2}), ("%*d|%-*d|%.*f", (5, 1, 5, 2, 2, 3.14159)), ("%s", ((1, 2),)), ("%5.2s|", ("abc",))):
    print(f % a)
for f, a in (("%d", "x"), ("%s %s", (1,)), ("%s", (1, 2)), ("%q", 1), ("%(a)s", (1,)), ("%(a)s", {}), ("%c", "ab"), ("%c", -1), ("%", ())):
    try:
        print(f % a)
    except Exception as e:
        print(type(e).__name__, e)
print("{} {} {}".format(1, "b", 2.5), "{1} {0}".format("a", "b"), "{a[0]} {b.real} {c[k]}".format(a=[1], b=3, c={"k": "v"}),
      "{:>{w}.{p}f}".format(3.14159, w=10, p=2), "{!r} {!s} {!a}".format("é", "é", "é"), "{{}}".format(), "{0:{1}}".format(5, "03"))
for f, a in (("{} {0}", (1,)), ("{", ()), ("}", ()), ("{a}", ()), ("{0.x}", (1,)), ("{!z}", (1,)), ("{:q}", (1,)), ("{0[a}", (1,))):
    try:
        print(f.format(*a))
    except Exception as e:
        print(type(e).__name__, e)
name, n, pi, d = "World", 7, 3.14159265, date(2024, 2, 29)
print(f"{name!r:>10} {n:03d} {pi:.3f} {d:%A %d %B %Y} {n=} {name = } {pi=:.2f} {n*2=} {'nested ' + f'{n}'} {{}} {n:{'>'}{5}}")
print(f"{'a' if n > 5 else 'b'} {[i for i in range(3)]} { {1: 2}[1] } {(lambda x: x + 1)(2)} {n!s:5}| {name:^{n + 4}}|", f"{n:#06x}", rf"\n{n}",
      f'''multi
{n}''', f"{name[0]}{name[-1]}" "joined" f"{n}", f"{"quotes"} {f"{f"{n}"}"}")
s = "The quick brown fox"
print(s.split(), s.rsplit(" ", 1), s.partition(" "), s.rpartition("o"), s.swapcase(), s.title(), s.casefold(), s.center(25, "*"))
print(s.find("q"), s.rfind("o"), s.count("o"), s.startswith(("A", "The")), s.endswith("fox", 3), s.replace("o", "0", 1), s.index("b"))
print("  x ".strip(), "xxaxx".strip("x"), "abc".lstrip("ab"), "abc".rstrip("bc"), "prefix-a".removeprefix("prefix-"), "a.py".removesuffix(".py"))
print("a\tb\tc".expandtabs(4), "7".zfill(3), "-7".zfill(4), "ab".ljust(4, ".") + "|", "ab".rjust(4) + "|", "a,b,,c".split(","), " a  b ".split(), "a\nb\r\nc\x0bd".splitlines(), "a\nb\n".splitlines(True))
print("abc".isalpha(), "ab1".isalnum(), "12".isdigit(), "²".isdigit(), "½".isnumeric(), "٣".isdecimal(), "a_1".isidentifier(), " \t".isspace(), "Ab".istitle(), "AB".isupper(), "ab".islower(), "\x00".isprintable(), "é".isascii())
print("abc".translate(str.maketrans("ab", "xy", "c")), "abc".translate({97: "AA", 98: None}), "ß".upper(), "İ".lower().encode(), "ǆ".title(), "ﬁ".upper(), "ΑΣ".lower())
print("-".join("abc"), "abc" * 2, "b" in "abc", "abc"[::-1], "abcdef"[1:5:2], "abc" < "abd", max("hello"), sorted("hello"), "é".encode(), "日本".encode("utf-16-le"), b"\xe9".decode("latin-1"), ascii("日本\U0001F600"), len("\U0001F600"))
print(repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n\t\\\x00\x7f\xa0\u200b\U0001F600"), "\N{GREEK SMALL LETTER ALPHA}", "\101\x41\u0041")
text = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness. " * 2
print(textwrap.fill(text, 50, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(text, 40), "|", textwrap.dedent("    a\n      b\n    c"), "|", textwrap.indent("a\nb", "> "))
t = string.Template("$who likes ${what} $$5 $missing")
print(t.safe_substitute(who="tim", what="kung pao"))
try:
    t.substitute(who="x")
except KeyError as e:
    print("KeyError", e)
print(string.capwords("hello big world"), string.ascii_letters, string.punctuation, string.Formatter().format("{0} {k:>4}", 1, k=2))


class F:
    def __format__(self, spec):
        return f"F({spec})"

    def __repr__(self):
        return "rF"

    def __str__(self):
        return "sF"


print(f"{F()} {F():abc} {F()!r} {F()!s:>5} {F()=}", "%s %r" % (F(), F()), "{:x{}}".format(F(), 1), [F()], str([F(), (F(),)]))
words = {}
for w in text.lower().replace(",", "").replace(".", "").split():
    words[w] = words.get(w, 0) + 1
for w, c in sorted(words.items(), key=lambda kv: (-kv[1], kv[0]))[:6]:
    print(f"{w:<10}{c:>4} {'#' * c}")
print(b"abc".hex(" "), bytes.fromhex("61 62"), b"%d %s %r" % (1, b"x", "y"), b"a,b".split(b","), bytearray(b"abc").upper(), b"\x00\xff'", b"ab".center(6, b"-"), b"abc".find(b"c"), bytes([1, 2]) + b"x", b"abc"[1], b"abc"[1:], b"%x" % 255)
for call in (lambda: "a".join([1]), lambda: "a" + 1, lambda: "abc".index("x"), lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: "a".center(5, "ab"), lambda: "a".split(""), lambda: chr(0x110000), lambda: "abc"["a"], lambda: int("0x1g", 16), lambda: "a" % 1, lambda: format("a", "d"), lambda: format(1, "s"), lambda: f"{1:{2}{'}'}}", lambda: format(3, "1000000000000000000000")):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
