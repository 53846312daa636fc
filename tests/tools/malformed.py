# Inputs that are not what they should be, made from a seed: what each is answered with is printed,
# an outcome a line. The outcomes of CPython are recorded in tests/malformed.json.

import contextlib
import io
import json
import marshal
import pickle
import random
import sqlite3
import sys
import tempfile
import zipfile
import zlib

N = 40


def outcome(f, *args):
    try:
        return "ok " + ascii(f(*args))[:200]
    except RecursionError:
        return "RecursionError"
    except Exception as e:
        return f"{type(e).__name__}: {ascii(str(e))}"


def mutate(r, data):
    data = bytearray(data)
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(data))
        how = r.randrange(4)
        if how == 0:
            data[at] = r.randrange(256)
        elif how == 1:
            del data[at:at + r.randrange(1, 4)]
        elif how == 2:
            data.insert(at, r.randrange(256))
        else:
            del data[at:]
        if not data:
            return b"\0"
    return bytes(data)


def sources(r):
    text = b"def f(a, *b, c=1, **d):\n    x = [i for i in a if i]\n    return f'{x!r:>{c}}' + \"s\" + str(0x1F)\n"
    for _ in range(N):
        yield mutate(r, text)
    yield b"(" * 150
    yield b"[" * 250 + b"]" * 250
    yield b"x\0y"
    yield b"0_" + b"9" * 10
    yield b"1" * 5000
    yield b"'\\N{nothing}'"
    yield b"'\\xq'"
    yield b"'\\u12'"
    yield b"# coding: nothing\n"
    yield b"\xef\xbb\xbf# coding: latin-1\n"
    yield b"x = '\xff'"
    yield b"a.b = c := 1"
    yield b"if 1:\n\tx\n        y\n"
    yield b" x"


def run_source(data):
    return type(compile(data, "<m>", "exec")).__name__


ENCODINGS = (
    "utf-8 utf-16 utf-32 utf-7 ascii idna punycode unicode_escape raw_unicode_escape shift_jis euc_jp gb18030 "
    "big5 euc_kr hz iso2022_jp cp1252 utf-8-sig"
).split()


def encodings(r):
    for name in ENCODINGS:
        for _ in range(4):
            yield name, bytes(r.choice([r.randrange(256), r.randrange(128)]) for _ in range(r.randrange(1, 9)))


def run_encoding(case):
    return case[1].decode(case[0])


def pickles(r):
    for k in range(N):
        yield mutate(r, pickle.dumps([1, -70000, 2.5, "text", b"bytes", {"a": (1, 2), None: True}, {3}], k % 6))
    for op in b"\x8e", b"\x8d", b"\x95":  # BINBYTES8, BINUNICODE8, FRAME
        for size in 2**63, 2**64 - 1, 2**62, 5:
            yield b"\x80\x05" + op + size.to_bytes(8, "little") + b"abc."
    for op in b"B", b"X", b"T", b"\x8b":  # sizes of four bytes
        yield op + b"\xff\xff\xff\xff" + b"abc."
        yield op + b"\xff\xff\xff\x7f" + b"abc."


def jsons(r):
    for _ in range(N):
        yield mutate(r, b'{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {"c": []}}').decode("latin-1")
    yield "[" * 100000
    yield ""
    yield "1" * 5000
    yield "NaN"


# zlib.compress(b"some text, some text, more text" * 3) of one zlib: another may compress otherwise
DEFLATED = bytes.fromhex("78da2bcecf4d552849ad28d15128463073f38b20cc628aa40144be2227")

# of one version of each library, as for DEFLATED
GZIP = bytes.fromhex(
    "1f8b08000000000002ff2bcecf4d552849ad28d15128463073f38b20cc628aa40166a279fc5d000000"
)
BZIP2 = bytes.fromhex(
    "425a683931415926535939aaa22d0000209180400402029c40200031064c408a099340ca1a3638ca1838e8f9a69b7e32843a"
    "870bb9229c28481cd5511680"
)
XZ = bytes.fromhex(
    "fd377a585a000004e6d6b4460200210116000000742fe5a3e0005c00185d00399bc9f2e750b8c5e25cc2e05b838cb733441f"
    "fcf87ec00000d59746612aec900a0001345d956b768e1fb6f37d010000000004595a"
)
ZSTD = bytes.fromhex(
    "28b52ffd205ded000070736f6d6520746578742c206d6f720500852a0022dc8c00e061a37801"
)


def mutants(data, *more):
    """A function that makes mutations of data, and more."""
    def make(r):
        for _ in range(N):
            yield mutate(r, data)
        yield from more
    return make


def zips(r):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w") as z:
        z.writestr(zipfile.ZipInfo("a.txt"), "text " * 20)
        z.writestr(zipfile.ZipInfo("d/b"), "b")
    for _ in range(N):
        yield mutate(r, b.getvalue())


def run_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return [(n, z.read(n)[:9]) for n in z.namelist()]


def pycs(r):
    import importlib.util
    head = importlib.util.MAGIC_NUMBER + bytes(12)
    # version 2 knows no references, which depend on how often an object is used
    code = marshal.dumps(compile("x = 1\n", "<m>", "exec"), 2)
    for _ in range(N):
        yield (head, code) if r.random() < 0.1 else (mutate(r, head), code)
    for data in b"", head[:3], head[:9], head, head + b"N", head + code[:-5]:
        yield data, b""


def run_pyc(case):
    import importlib._bootstrap_external as e
    data = case[0] + case[1]
    flags = e._classify_pyc(data, "m", {})
    return flags, type(e._compile_bytecode(memoryview(data)[16:], "m", "m.pyc", "m.py")).__name__


def databases(r):
    head = b"SQLite format 3\0" + bytes.fromhex("1000010100402020000000010000000100000000000000000000000400000004")
    for _ in range(N):
        yield mutate(r, head)


def run_database(data):
    with tempfile.NamedTemporaryFile(suffix=".db") as f:
        f.write(data)
        f.flush()
        with contextlib.closing(sqlite3.connect(f.name)) as c:
            return c.execute("select * from sqlite_master").fetchall()


XML = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE a [<!ENTITY e "v&#65;"><!ELEMENT a (b|c)*>'
    b'<!ATTLIST a x CDATA "d">]>\n<a xmlns:p="u" x="1&amp;2">t&e;<p:b/><![CDATA[ <x> ]]><?pi d?><!-- c --></a>\n'
)
XML_CASES = (
    b"", b" ", b"<", b"<a", b"<a>", b"</a>", b"<a></b>", b"<a/><b/>", b"<a/>x", b"x<a/>", b"<a b=c/>", b"<a b='1' b='2'/>",
    b"<a b='<'/>", b"<a>&x;</a>", b"<a>&#0;</a>", b"<a>&#xD800;</a>", b"<a>&#x110000;</a>", b"<a>]]></a>", b"<a>\0</a>",
    b"<a>\xff</a>", b"<a>\xed\xa0\x80</a>", b"<a><![CDATA[</a>", b"<a><!-- -- --></a>", b"<a><!--</a>", b"<a><?xml?></a>",
    b"<p:a/>", b"<a xmlns:p=''/>", b"<a xmlns:xml='u'/>", b"<a xmlns:xmlns='u'/>", b"<a:b:c/>",
    b"<?xml version='2.0'?><a/>", b"<?xml encoding='utf-8'?><a/>", b"<?xml version='1.0' encoding='zzz'?><a/>",
    b"<?xml version='1.0' encoding='utf-16'?><a/>", b"<?xml version='1.0' standalone='maybe'?><a/>", b" <?xml version='1.0'?><a/>",
    b"<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><a>&a;</a>", b"<!DOCTYPE a [<!ENTITY a '<b>'>]><a>&a;</a>",
    b"<!DOCTYPE a [<!ENTITY a SYSTEM 'x' NDATA n>]><a>&a;</a>", b"<!DOCTYPE a [<!ELEMENT a (b,c|d)>]><a/>",
    b"<!DOCTYPE a [<!ENTITY % p 'x'>%p;]><a/>", b"<!DOCTYPE a PUBLIC '\x7f' ''><a/>", b"<!DOCTYPE a><!DOCTYPE a><a/>",
    b"<a>" * 500 + b"</a>" * 499, b"\xef\xbb\xbf<a", "<a\u20ac/>".encode("utf-16"), b"\xff\xfe<\0a", b"\0<\0a\0/\0>",
)
xml = mutants(XML, *XML_CASES)


def run_etree(data):
    import xml.etree.ElementTree as ET
    return ET.tostring(ET.fromstring(data))


def run_sax(data):
    import xml.sax
    events = []

    class Handler(xml.sax.ContentHandler):
        def startElement(self, name, attrs):
            events.append((name, dict(attrs)))

        def characters(self, text):
            events.append(text)

    xml.sax.parseString(data, Handler())
    return events


def run_minidom(data):
    import xml.dom.minidom
    return xml.dom.minidom.parseString(data).toxml()


def run_pyexpat(data):
    import pyexpat
    p = pyexpat.ParserCreate()
    events = []
    p.StartElementHandler = lambda *a: events.append(a)
    p.DefaultHandlerExpand = events.append
    try:
        p.Parse(data, True)
    except pyexpat.ExpatError as e:
        e.args = (f"{e} {e.code} {e.lineno} {e.offset} {p.ErrorByteIndex} {len(events)}",)
        raise
    return events


def tars(r):
    import tarfile
    b = io.BytesIO()
    with tarfile.open(fileobj=b, mode="w") as t:
        for name, data in ("a.txt", b"text " * 20), ("d/b", b"b"):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    data = b.getvalue()[:3072]
    for _ in range(N):
        at = r.choice([r.randrange(512), 1024 + r.randrange(512)])
        yield data[:at] + bytes([r.randrange(256)]) + data[at + 1:]
    for n in 0, 1, 511, 512, 513, 600, 1024, 1100, 1536, 1537:
        yield data[:n]


def run_tar(data):
    import tarfile
    with tarfile.open(fileobj=io.BytesIO(data)) as t:
        return [(m.name, m.size, (t.extractfile(m).read() if m.isfile() else b"")[:9]) for m in t]


def run_gzip(data):
    import gzip
    return gzip.decompress(data)


def run_bz2(data):
    import bz2
    return bz2.decompress(data)


def run_lzma(data):
    import lzma
    return lzma.decompress(data)


def run_zstd(data):
    from compression import zstd
    return zstd.decompress(data)


CSV_CASES = tuple(
    (text, options)
    for text in ('a,"b', 'a,"b"c', '"a""', "a\0b", "a\rb", "\n\n", '"', "a,\\", "a" * 200000, "x\n\"y\nz", "\r\r\n", '""""')
    for options in ({}, {"strict": True}, {"quoting": 3}, {"quoting": 2}, {"escapechar": "\\"}, {"quotechar": None})
)


def csvs(r):
    yield from CSV_CASES


def run_csv(case):
    import csv
    return list(csv.reader(io.StringIO(case[0]), **case[1]))


CONFIG = "[a]\nx = 1\ny: %(x)s\n  more\n# c\n[b]\nz\n[DEFAULT]\nq = ${a:x}\n"


def configs(r):
    for _ in range(N):
        yield mutate(r, CONFIG.encode()).decode("latin-1")
    yield from ("x = 1", "[a", "[a]\n[a]", "[a]\nx=1\nx=2", "[]", "[a]\n = 1", "[a]\n  x", "[a]\nx = %(y)s", "[a]\nx = %", "\0")


def run_config(text):
    import configparser
    c = configparser.ConfigParser()
    c.read_string(text)
    return {s: dict(c[s]) for s in c}


TOML = b'a = 1\nb = [1.5, true, "x\\n"]\n[c.d]\ne = 1979-05-27T07:32:00Z\n[[f]]\ng = {h = 0x1F}\n'


def tomls(r):
    for _ in range(N):
        yield mutate(r, TOML).decode("latin-1")
    yield from (
        "a", "a =", "a = 1 2", "a = 1\na = 2", "[a]\n[a]", "[a", "a.b = 1\na = 2", "a = \"x", "a = 'x\n'", "a = '''x", "a = \"\\q\"",
        "a = \"\\uD800\"", "a = 01", "a = 1__0", "a = 0x", "a = 1.", "a = 1979-13-01", "a = 25:00:00", "a = [1", "a = {b = 1",
        "a = {b = 1,}", "\0", "a = \x01", "a = tru", "= 1", "a = " + "[" * 2000,
    )


def run_toml(text):
    import tomllib
    return tomllib.loads(text)


PLIST = (
    b'<?xml version="1.0"?><plist version="1.0"><dict><key>a</key><integer>1</integer><key>b</key>'
    b"<array><real>1.5</real><true/><data>AAEC</data><date>2020-01-01T00:00:00Z</date></array></dict></plist>"
)
BPLIST = bytes.fromhex(
    "62706c6973743030d201020304516151621001a3050607233ff80000000000000943000102080d0f11131720210000000000"
    "000101000000000000000800000000000000000000000000000025"
)


def plists(r):
    for _ in range(N // 2):
        yield mutate(r, PLIST)
    for _ in range(N // 2):
        yield mutate(r, BPLIST)
    yield from (b"", b"<plist/>", b"bplist00", b"<plist><integer>x</integer></plist>", b"<plist><dict><string/></dict></plist>")


def run_plist(data):
    import plistlib
    return plistlib.loads(data)


def base64s(r):
    for name in "a2b_base64", "a2b_hex", "a2b_uu", "a2b_qp":
        for _ in range(10):
            yield name, mutate(r, b"TWFueSBoYW5kcyBtYWtlIGxpZ2h0IHdvcmsu=="), {}
        yield from ((name, data, {}) for data in (b"", b"=", b"A", b"AB", b"AB=", b"ABC", b"A===", b"\xff", b"=3", b"=Z1", b"!", b" "))
    for data in b"", b"=", b"A", b"AB==", b"AB=C", b"AB==C", b"A\nB=", b"====":
        yield "a2b_base64", data, {"strict_mode": True}
    for name in "b32decode", "b16decode", "a85decode", "b85decode", "z85decode", "b32hexdecode":
        yield from ((name, data, {}) for data in (b"A", b"A=", b"ZZZZZZ", b"~~~~~", b"z", b"\xff", b"12345678", b"s8W-!", b"{{{{{", b"a b"))


def run_base64(case):
    import base64
    import binascii
    return getattr(binascii if hasattr(binascii, case[0]) else base64, case[0])(case[1], **case[2])


def structs(r):
    yield from (
        ("z", b""), ("i", b""), ("i", b"12345"), ("3", b""), ("99999999999999999999i", b""), ("2147483648s", b""), ("ii", b"1234567"),
        ("<q", b"1"), ("?", b"\x02"), ("e", b"\xff\xff"), ("p", b"\x09"), ("5p", b"\x091234"), ("0s", b""), ("<n", b""), ("@P", b""),
        (">P", b""), (" i ", b"1234"), ("i<i", b""), ("\0", b""), ("i\0", b"1234"), ("x", b""), ("-1i", b""), ("i 3", b""), ("c", b""),
    )
    yield from ((f, a) for f in ("b", "B", "h", "<i", "<Q", "f", "d", "e", "c", "s", "?", "p", "n") for a in (1e400, "x", None, -1, 2**64, b"xy"))


def run_struct(case):
    import struct
    f, a = case
    return struct.unpack(f, a) if isinstance(a, bytes) and a != b"xy" else struct.pack(f, a)


MAIL = (
    b"From: a <a@b.c>\nTo: =?utf-8?q?=C3=A9?= <x@y>\nContent-Type: multipart/mixed; boundary=\"x\"\nDate: Mon, 1 Jan 2020 00:00:00 +0000\n"
    b"\n--x\nContent-Transfer-Encoding: base64\n\nAAEC\n--x\nContent-Type: text/plain; charset=\"utf-8\"\n\nhi\n--x--\n"
)


def run_mail(data):
    import email.policy
    m = email.message_from_bytes(data, policy=email.policy.default)
    parts = [(p.get_content_type(), p.get_payload(decode=True), [type(d).__name__ for d in p.defects]) for p in m.walk()]
    return parts, str(m["date"])


KINDS = {
    "source": (sources, run_source),
    "encoding": (encodings, run_encoding),
    "pickle": (pickles, pickle.loads),
    "json": (jsons, json.loads),
    "zlib": (mutants(DEFLATED), zlib.decompress),
    "zip": (zips, run_zip),
    "pyc": (pycs, run_pyc),
    "sqlite": (databases, run_database),
    "xml.etree": (xml, run_etree),
    "xml.sax": (xml, run_sax),
    "xml.dom.minidom": (xml, run_minidom),
    "pyexpat": (xml, run_pyexpat),
    "tarfile": (tars, run_tar),
    "gzip": (mutants(GZIP, b"", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x08" + bytes(7), GZIP * 2, GZIP + b"\0\0", GZIP + b"x"), run_gzip),
    "bz2": (mutants(BZIP2, b"", b"BZ", b"BZh9", BZIP2 * 2, BZIP2 + b"x"), run_bz2),
    "lzma": (mutants(XZ, b"", b"\xfd7zXZ", XZ * 2, XZ + b"x", XZ + bytes(4), b"]\0\0\x80\0" + b"\xff" * 8), run_lzma),
    "zstd": (mutants(ZSTD, b"", b"(\xb5/\xfd", ZSTD * 2, ZSTD + b"x"), run_zstd),
    "csv": (csvs, run_csv),
    "configparser": (configs, run_config),
    "tomllib": (tomls, run_toml),
    "plistlib": (plists, run_plist),
    "base64": (base64s, run_base64),
    "struct": (structs, run_struct),
    "email": (mutants(MAIL, b"", b"\n", b":", b"a", b"From:\n x\n", b"Content-Type: ;\n\nx", b"Content-Type: multipart/mixed\n\nx"), run_mail),
}


def label(case):
    """What stands for an input in the record: its start, and for a long one a checksum of the whole."""
    text = ascii(case)
    return text if len(text) <= 80 else f"{text[:70]} #{zlib.crc32(text.encode()):08x}"

if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    results = {}
    for kind, (cases, run) in KINDS.items():
        results[kind] = list({label(c): [label(c), outcome(run, c)] for c in cases(random.Random(kind))}.values())
    json.dump(results, sys.stdout, indent=1)
    print()
