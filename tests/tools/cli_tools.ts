// Cases of the library's tools: `python -m json` and its like, with good and bad arguments, files
// and pipes. As with the other cases, what they do is recorded from CPython.

import type { CliCase } from "./cli_cases.ts";

const FACT = `"""A program."""
import sys


def fact(n):
    """Factorial.

    >>> fact(3)
    6
    >>> fact(0)
    1
    """
    if n < 2:
        return 1
    return n * fact(n - 1)


class A(list):
    x: int = 1

    def m(self, *, k=2):
        return [i for i in range(k)]


if __name__ == "__main__":
    print(fact(4), A().m(), sys.argv[1:])
`;
const SAMPLE = `import unittest


class T(unittest.TestCase):
    def test_ok(self):
        self.assertEqual(1, 1)

    def test_fail(self):
        self.assertEqual([1, 2], [1, 3])

    @unittest.skip("why")
    def test_skip(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertNotEqual(i, 1)
`;
const BAD_DOC = `"""
>>> 1 + 1
3
>>> 1 / 0
>>> print("a")
a
"""
`;

/** The folder of the tools' cases, beside what every case finds. */
const FILES: Readonly<Record<string, string>> = {
  "data.json": '{"b": [1, 2.5, null, true], "a": {"x": "\u00e9\\n"}}\n',
  "bad.json": '{"a": [1, 2}\n',
  "prog.py": FACT,
  "baddoc.py": BAD_DOC,
  "doc.txt": "Text\n\n>>> 2 * 3\n6\n>>> \"x\" * 2\n'xx'\n",
  "test_sample.py": SAMPLE,
  "test_good.py": "import unittest\n\n\nclass G(unittest.TestCase):\n    def test_a(self):\n        'A short text.'\n",
  "pkg/__init__.py": '"""The package."""\nname = "pkg"\n',
  "pkg/__main__.py": 'import sys\nfrom . import mod\nprint("main of", __package__, mod.f(), sys.argv[1:])\n',
  "pkg/mod.py": "def f():\n    return 7\n",
  "a/one.txt": "one\n",
  "a/two.txt": "two\n",
  "a/sub/three.txt": "three\n",
  "b/one.txt": "one\n",
  "b/two.txt": "other\n",
  "b/four.txt": "four\n",
  "text.txt": "Hello, world!\nSecond line\u00e9 =\n\ttab  \n",
  "tok.py": 'x = f"{1:>{2}}"  # c\nif x:\n\ty = (1,\n 2)\n',
  "badtok.py": 'x = "abc\ny = (1\n',
  "dump.py": 'import pickle\npickle.dump({"a": [1, (2, 3.5)], "b": b"x"}, open("d.pickle", "wb"), 4)\n',
};

function tool(line: string, options: { stdin?: string; name?: string; before?: string[][] } = {}): CliCase {
  const { stdin, name = stdin === undefined ? line : `${line} < ${JSON.stringify(stdin)}`, before } = options;
  return { name: `tool: ${name}`, args: ["-m", ...line.split(" ")], stdin, before, files: FILES, anyLibraryLine: true };
}
const tools = (name: string, ...lines: string[]) => lines.map((l) => tool(`${name} ${l}`.trim()));
const debug = (name: string, line: string, stdin: string): CliCase =>
  tool(`pdb ${line}`, { stdin, name: `pdb: ${name}` });

/** The cases of the tools. */
export const TOOL_CASES: readonly CliCase[] = [
  ...tools("json", "data.json", "--sort-keys data.json", "--tab data.json", "--compact data.json", "bad.json"),
  ...tools("json", "--no-ensure-ascii data.json", "--indent x data.json", "--indent 1 --tab data.json"),
  tool("json", { stdin: "[1,2]" }),
  tool("json", { stdin: "[1," }),
  ...tools("unittest", "-v test_good", "-v test_sample", "-f test_sample", "-q test_sample", "-k ok -v test_sample"),
  ...tools("unittest", "test_sample.T.test_ok", "nomod", "discover -p test_g*.py", "--nope"),
  ...tools("timeit", "-n x", "-u weeks", "--nope"),
  ...tools("dis", "prog.py", "-O fails.py", "-P fails.py", "--nope"),
  tool("dis", { stdin: "x = 1\nfor i in x: pass\n" }),
  ...tools("ast", "prog.py", "-a fails.py", "-i 1 fails.py"),
  tool("ast -m eval", { stdin: "1 + 2" }),
  tool("ast -m func_type", { stdin: "(int) -> str" }),
  ...tools("tokenize", "tok.py", "-e tok.py", "badtok.py", "nofile.py", "syntax.py"),
  tool("tokenize", { stdin: "def f():\n  x\n y\n" }),
  ...tools("doctest", "prog.py", "-v prog.py", "baddoc.py", "-o ELLIPSIS doc.txt", "-f baddoc.py"),
  debug("a session", "prog.py a b", "b fact\nc\np n\na\nn\ns\nr\nl\nll\ncl 1\nc\nq\n"),
  debug("post mortem", "fails.py", "c\np x\nq\n"),
  debug("statements", "prog.py", "def f():\n  return 3\n\nf()\nx = 4\nx\n1/0\nif 1\npp {'a': 1}\nc\nq\n"),
  debug(
    "breakpoints",
    "prog.py",
    "b 14, n == 2\ntbreak fact\nc\nup\ndown\ndisable 1\nenable 1\nignore 1 1\nlist 1,3\nb\nc\nq\n",
  ),
  debug("a module", "-m pkg x", "n\nn\nc\nq\n"),
  debug("a syntax error", "syntax.py", "q\n"),
  ...tools("pdb", "nofile.py", "-m nomod"),
  ...tools("calendar", "2024", "2024 2", "-m 6 2024 1", "2024 13", "x", "-t html 2024 1", "-w 3 -l 2 2024 5"),
  ...tools("compileall", "-f pkg", "-q pkg", "-f syntax.py", "nodir", "-r 0 -f pkg"),
  ...tools("py_compile", "prog.py", "-q syntax.py", "syntax.py prog.py", "nofile.py"),
  tool("py_compile -", { stdin: "prog.py\nsyntax.py\n" }),
  ...tools("zipapp", "app --info", "pkg -m pkg:f -o y.pyz", "a", "app -m other"),
  tool("zipapp y.pyz --info", { before: [["-m", "zipapp", "pkg", "-m", "pkg:f", "-o", "y.pyz"]] }),
  tool("zipfile -t z.zip", { before: [["-m", "zipfile", "-c", "z.zip", "a", "text.txt"]] }),
  ...tools("zipfile", "-l text.txt", "-e x", "--nope"),
  tool("tarfile -l t.tar", { before: [["-m", "tarfile", "-c", "t.tar", "a", "text.txt"]] }),
  tool("tarfile -v -t t.tgz", { before: [["-m", "tarfile", "-c", "t.tgz", "a"]] }),
  tool("tarfile -v -e t.tar out", { before: [["-m", "tarfile", "-c", "t.tar", "a", "text.txt"]] }),
  ...tools("tarfile", "-c t.nope a", "-l text.txt", "-e a b c"),
  ...tools("cProfile", "nofile.py"),
  ...tools("trace", "-t prog.py", "-l prog.py", "-T prog.py", "-r", "-l -c prog.py", "-t nofile.py"),
  tool("pickletools d.pickle", { before: [["dump.py"]] }),
  tool("pickletools -a -m d.pickle", { before: [["dump.py"]] }),
  tool("pickle d.pickle", { before: [["dump.py"]] }),
  ...tools("base64", "text.txt", "-e text.txt", "-d text.txt", "--nope", "nofile"),
  tool("base64 -d", { stdin: "aGVsbG8=" }),
  ...tools("quopri", "text.txt", "-t text.txt", "-d text.txt"),
  tool("gzip -d", { stdin: "nope" }),
  ...tools("gzip", "nofile", "--best --fast x"),
  ...tools("http.server", "x", "--nope"),
  ...tools("inspect", "prog", "prog:fact", "prog:nope", "nomod"),
  ...tools("platform", "--nope"),
  ...tools("symtable", "prog.py", "fails.py pkg/mod.py", "nofile.py"),
  ...tools("filecmp", "a b", "-r a b", "a"),
  ...tools("random", "--seed 1 10", "--seed 2 a b c", "--seed 3 1.5", "--seed 7 -i 5", "-f x"),
  ...tools("uuid", "-u uuid3 -n @dns -N python.org", "-u uuid5 -n @url -N http://x.y", "-u uuid3"),
  ...tools("mimetypes", "x.html", "a.tar.gz b.nope", "-e text/html", "-e nope/nope"),
  ...tools("pydoc", "prog.fact", "pkg", "nomod", "prog.nope", "-h"),
  ...tools("tabnanny", "prog.py", "-v tok.py", "nofile.py"),
  ...tools("code", "--nope"),
  tool("code -q", { stdin: "1+1\nif 1:\n  print(2)\n\n1/0\nexit()\n" }),
  ...tools("runpy", "pkg x", "nomod"),
  tool("fileinput", { stdin: "a\nb\n" }),
  tool("encodings.rot_13", { stdin: "Hello\n" }),
];
