"""Records what CPython 3.14 says of Unicode, str operations and codecs.

    PYTHONHASHSEED=42 python3.14 tests/unit/recorded/record_text.py

writes unicode.jsonl, str.jsonl and codecs.jsonl beside this script. A line is
[operation, arguments, result]; a str with surrogates is {"s": code points}, bytes are {"b": hex}, an
exception is {"x": text} and a Unicode error {"e": [encoding, start, end, reason]}.
"""
import codecs
import hashlib
import json
import os
import random
import struct
import unicodedata
import warnings

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
out = None


def enc(x):
    if isinstance(x, str):
        return {"s": [ord(c) for c in x]} if any("\ud800" <= c <= "\udfff" for c in x) else x
    if isinstance(x, bytes):
        return {"b": x.hex()}
    if isinstance(x, (list, tuple)):
        return [enc(y) for y in x]
    return x


def emit(op, args, f):
    try:
        r = enc(f())
    except UnicodeError as e:
        r = {"e": [e.encoding, e.start, e.end, e.reason]}
    except Exception as e:
        r = {"x": type(e).__name__ + ": " + str(e)}
    out.write(json.dumps([op, enc(args), r], separators=(",", ":")) + "\n")


# ---- unicode: one hash a property over the code points that can matter, a line each "value\n" ------

CODE_POINTS = [*range(0x32400), *range(0xDFF00, 0xE0300), *range(0xEFF00, 0xF0300), *range(0x10FF00, 0x110000)]

old = unicodedata.ucd_3_2_0
hexes = lambda s: " ".join("%x" % ord(c) for c in s)
PROPERTIES = {
    "bidirectional": lambda u, c: u.bidirectional(c),
    "category": lambda u, c: u.category(c),
    "combining": lambda u, c: u.combining(c),
    "decimal": lambda u, c: u.decimal(c, -1),
    "decomposition": lambda u, c: u.decomposition(c),
    "digit": lambda u, c: u.digit(c, -1),
    "eastAsianWidth": lambda u, c: u.east_asian_width(c),
    "mirrored": lambda u, c: u.mirrored(c),
    "numeric": lambda u, c: "" if u.numeric(c, None) is None else struct.pack(">d", u.numeric(c)).hex(),
    "name": lambda u, c: u.name(c, ""),
    "NFC": lambda u, c: hexes(u.normalize("NFC", c)),
    "NFD": lambda u, c: hexes(u.normalize("NFD", c)),
    "NFKC": lambda u, c: hexes(u.normalize("NFKC", c)),
    "NFKD": lambda u, c: hexes(u.normalize("NFKD", c)),
}
STR = {
    "isalpha": str.isalpha, "isalnum": str.isalnum, "isdecimal": str.isdecimal, "isdigit": str.isdigit,
    "isnumeric": str.isnumeric, "isspace": str.isspace, "isprintable": str.isprintable,
    "islower": str.islower, "isupper": str.isupper, "istitle": str.istitle,
    "isidentifier": str.isidentifier, "continues": lambda c: ("a" + c).isidentifier(),
    "breaks": lambda c: len(("a" + c + "b").splitlines()) == 2,
    "upper": lambda c: hexes(c.upper()), "lower": lambda c: hexes(c.lower()),
    "title": lambda c: hexes(c.title()), "casefold": lambda c: hexes(c.casefold()),
    "swapcase": lambda c: hexes(c.swapcase()), "repr": lambda c: hexes(repr(c)),
}


def digest(f):
    h = hashlib.sha256()
    for i in CODE_POINTS:
        r = f(chr(i))
        h.update((("1" if r else "0") if isinstance(r, bool) else str(r)).encode() + b"\n")
    return h.hexdigest()


def record_unicode():
    for name, f in STR.items():
        emit("str", [name], lambda: digest(f))
    for name, f in PROPERTIES.items():
        emit("ucd", [name], lambda: digest(lambda c: f(unicodedata, c)))
        emit("ucd32", [name], lambda: digest(lambda c: f(old, c)))
    names = [unicodedata.name(chr(i), "") for i in range(0x110000)]
    names = random.sample([n for n in names if n], 150)
    names += ["NULL", "nbsp", "LATIN SMALL LETTER GHA", "keycap digit one", "HANGUL SYLLABLE", "Hangul Syllable Gagg",
              "HANGUL SYLLABLE A", "CJK UNIFIED IDEOGRAPH-4e00", "CJK UNIFIED IDEOGRAPH-04E00",
              "CJK UNIFIED IDEOGRAPH-F900", "TANGUT IDEOGRAPH-17000", "TANGUT IDEOGRAPH-187F8", "SPACE ", ""]
    for n in names:
        for m in (n, n.lower(), n + "A"):
            emit("lookup", [m], lambda: unicodedata.lookup(m))
    marks = [i for i in range(0x20000) if unicodedata.combining(chr(i))]
    parts = [ord(d) for i in range(0x3000) for d in unicodedata.normalize("NFD", chr(i))]
    for _ in range(150):
        s = "".join(chr(random.choice(random.choice([marks, parts, [0x1100, 0x1161, 0x11A8, 0xAC00]])))
                    for _ in range(random.randint(2, 8)))
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            emit("normalize", [s, form], lambda: unicodedata.normalize(form, s))
            emit("is_normalized", [s, form], lambda: unicodedata.is_normalized(form, s))


# ---- str -----------------------------------------------------------------------------------------

ALPHABETS = ["ab", "abcA ", "aAbBzZ09 \t\n\r\x0b\x1c\x85\xa0\xdf\xb5\xff\xe9",
             "\u03a3\u03c3\u03c2\u0391\u0345\u01c5\u01c4\u01c6\u1f80\ufb01\u0130\u0131\u0149\u2028\u3000\u0301\xad\u0660\xb2\u2160",
             "\U0001f600\U00010400\U00010428\U0001d7ce\ud800\udc00\udfff\ue000\uffff\U00010000",
             "'\"\\\n\x7f\x80\u0378\u200b"]


def some_str(n=12):
    a = "".join(random.sample(ALPHABETS, random.randint(1, 3)))
    return "".join(random.choice(a) for _ in range(random.randint(0, n)))


def some_sub(s):
    if random.random() < 0.7 and s:
        i = random.randint(0, len(s))
        return s[i:min(len(s), i + random.randint(0, 3))]
    return some_str(3)


def record_str(n):
    for _ in range(n):
        s = some_str(random.choice([3, 12, 30]))
        u, v = some_sub(s), some_str(3)
        for m in ("lower upper title capitalize swapcase casefold isalpha isalnum isdecimal isdigit isnumeric isspace "
                  "isprintable isidentifier islower isupper istitle isascii").split():
            emit(m, [s], getattr(s, m))
        emit("repr", [s], lambda: repr(s))
        emit("ascii", [s], lambda: ascii(s))
        a, b = (random.choice([0, 1, 2, -1, -2, 5, -5, 20, -20, None]) for _ in "ab")
        at = [0 if a is None else a, 10**9 if b is None else b]
        for m in "find rfind count startswith endswith".split():
            emit(m, [s, u, *at], lambda: getattr(s, m)(u, *at))
        n = random.choice([-1, -1, 0, 1, 2, 3])
        emit("replace", [s, u, v, n], lambda: s.replace(u, v, n))
        emit("split", [s, u, n], lambda: s.split(u, n))
        emit("rsplit", [s, u, n], lambda: s.rsplit(u, n))
        emit("wsplit", [s, n], lambda: s.split(None, n))
        emit("wrsplit", [s, n], lambda: s.rsplit(None, n))
        emit("splitlines", [s, n < 1], lambda: s.splitlines(n < 1))
        emit("partition", [s, u], lambda: s.partition(u))
        emit("rpartition", [s, u], lambda: s.rpartition(u))
        for m in "strip lstrip rstrip removeprefix removesuffix".split():
            emit(m, [s, u], lambda: getattr(s, m)(u))
        emit("wstrip", [s], s.strip)
        emit("join", [u, [s, v, u]], lambda: u.join([s, v, u]))
        emit("concat", [s, u], lambda: s + u)
        emit("repeat", [s, n + 1], lambda: s * (n + 1))
        w, f = random.randint(0, 40), random.choice("x \U0001f600\ud800é")
        for m in "center ljust rjust".split():
            emit(m, [s, w, ord(f)], lambda: getattr(s, m)(w, f))
        z = random.choice(["", "+", "-"]) + s
        emit("zfill", [z, w], lambda: z.zfill(w))
        emit("expandtabs", [s, n + 2], lambda: s.expandtabs(n + 2))
        emit("compare", [s, v], lambda: (s > v) - (s < v))
        emit("equal", [s, u], lambda: s == u)
        emit("contains", [s, u], lambda: u in s)
        q = slice(a, b, random.choice([1, 2, -1, -2, 3]))
        start, stop, step = q.indices(len(s))
        emit("slice", [s, start, step, len(range(start, stop, step))], lambda: s[q])
        d = {}
        for ch in sorted(set(s)):
            r = random.random()
            if r < 0.6:
                d[ord(ch)] = None if r < 0.2 else 0x3A3 if r < 0.3 else random.choice(["x", "", "yz", "\U0001f600"])
        emit("translate", [s, [[k, x] for k, x in d.items()]], lambda: s.translate(d))
        emit("chars", [s], lambda: list(s))
        emit("hash", [s], lambda: str(hash(s)))
        by = random.randbytes(random.randint(0, 40))
        emit("hashb", [by], lambda: str(hash(by)))


# ---- codecs --------------------------------------------------------------------------------------

def on_error_far(e):
    return ("<é\U0001f600>", e.end) if isinstance(e, UnicodeDecodeError) else ("<x>", e.end)


def on_error_near(e):
    if isinstance(e, UnicodeDecodeError):
        return ("Z", min(e.start + 1, len(e.object)))
    return (b"ABCD", e.start + 1)


codecs.register_error("far", on_error_far)
codecs.register_error("near", on_error_near)
DECODE = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "far", "near"]
ENCODE = DECODE + ["xmlcharrefreplace", "namereplace"]
UTF8 = [b"a", b"bc", b"\xc3\xa9", b"\xe2\x82\xac", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xc0\x80",
        b"\xf4\x90\x80\x80", b"\xe0\x80", b"\xf8", b"\x80", b"\xbf\xbf", b"\xf0\x9f", b"\xe2\x82", b"\xff", b"\xf0\x80"]
ESCAPES = [b"\\", b"\\\\", b"\\n", b"\\x41", b"\\x4", b"\\x", b"\\u00e9", b"\\u12", b"\\U0001f600", b"\\U00110000",
           b"\\U000", b"\\N{SPACE}", b"\\N{nope}", b"\\N{", b"\\N", b"\\N{}", b"\\q", b"\\777", b"\\12", b"\\08", b"a",
           b"\xe9", b"\n", b"\\\n", b"}", b"g", b"'", b"\\ud83d\\ude00"]
UTF7 = [b"+", b"-", b"A", b"AGE", b"AGEA", b"2D", b"3g", b"2D3eAA", b"/", b"!", b"\xff", b"+-", b"b", b"~", b"+AGE-",
        b"+2D3eAA-", b"+2D0-", b"1AAA"]
UTF16 = [b"a\0", b"\0a", b"\x3d\xd8", b"\0\xde", b"\xd8\x3d", b"\xde\0", b"\xff\xfe", b"\xfe\xff", b"\xac\x20", b"x"]
UTF32 = [b"a\0\0\0", b"\0\0\0a", b"\0\xd8\0\0", b"\0\0\xd8\0", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\0\xf6\1\0",
         b"\0\1\xf6\0", b"\0\0\x11\0", b"x", b"\0\x11\0\0"]
CHARS = ["a", "bc", "\xe9", "\u20ac", "\U0001f600", "\ud800", "\udc80", "\udcff", "\udfff", "+", "-", "~", "\\", "\n",
         "\0", "\x7f", "\uffff", "A", "0", "/"]
TABLE = "abcd\ufffe\xe9\u20ac\ud800\U0001f600?&#;0123456789\\xuU"


def pick(words, n):
    return b"".join(random.choice(words) for _ in range(random.randint(0, n)))


def record_codecs(n):
    for _ in range(n):
        h, final = random.choice(DECODE), random.random() < 0.5
        b = pick(UTF8, random.choice([4, 8, 40]))
        emit("utf8", [b, h, final], lambda: codecs.utf_8_decode(b, h, final))
        b = pick(UTF16, 8)
        for order in (0, 1, -1):
            emit("utf16", [b, h, order, final], lambda: codecs.utf_16_ex_decode(b, h, order, final))
        b = pick(UTF32, 6)
        for order in (0, 1, -1):
            emit("utf32", [b, h, order, final], lambda: codecs.utf_32_ex_decode(b, h, order, final))
        b = pick(UTF7, 8)
        emit("utf7", [b, h, final], lambda: codecs.utf_7_decode(b, h, final))
        b = pick(ESCAPES, 6)
        emit("unicode_escape", [b, h, final], lambda: codecs.unicode_escape_decode(b, h, final))
        emit("raw_unicode_escape", [b, h, final], lambda: codecs.raw_unicode_escape_decode(b, h, final))
        he = random.choice(["strict", "ignore", "replace"])
        emit("escape", [b, he], lambda: codecs.escape_decode(b, he)[0])
        emit("escape_encode", [b], lambda: codecs.escape_encode(b)[0])
        emit("ascii", [b, h], lambda: codecs.ascii_decode(b, h)[0])
        emit("latin1", [b], lambda: codecs.latin_1_decode(b)[0])
        b = bytes(random.randrange(12) for _ in range(6))
        emit("charmap", [b, h, TABLE[:9]], lambda: codecs.charmap_decode(b, h, TABLE[:9])[0])
        s, he = "".join(random.choice(CHARS) for _ in range(random.choice([3, 8, 40]))), random.choice(ENCODE)
        emit("utf8_encode", [s, he], lambda: codecs.utf_8_encode(s, he)[0])
        for order, suffix in ((0, ""), (1, "_be"), (-1, "_le")):
            for width in (16, 32):
                f = getattr(codecs, f"utf_{width}{suffix}_encode")
                emit(f"utf{width}_encode", [s, he, order], lambda: f(s, he)[0])
        emit("utf7_encode", [s], lambda: codecs.utf_7_encode(s)[0])
        emit("ascii_encode", [s, he], lambda: codecs.ascii_encode(s, he)[0])
        emit("latin1_encode", [s, he], lambda: codecs.latin_1_encode(s, he)[0])
        m = codecs.charmap_build(TABLE)
        emit("charmap_encode", [s, he, TABLE], lambda: codecs.charmap_encode(s, he, m)[0])
        emit("unicode_escape_encode", [s], lambda: codecs.unicode_escape_encode(s)[0])
        emit("raw_unicode_escape_encode", [s], lambda: codecs.raw_unicode_escape_encode(s)[0])


for name, record in (("unicode", record_unicode), ("str", lambda: record_str(30)), ("codecs", lambda: record_codecs(30))):
    random.seed(name)
    with open(os.path.join(HERE, name + ".jsonl"), "w") as out:
        record()
