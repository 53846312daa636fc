// The embedding API: values both ways, limits, rights, many Interpreters.

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Interpreter, LimitError, prepare, PythonError, PythonValue } from "../mod.ts";

await prepare();

function python(options: ConstructorParameters<typeof Interpreter>[0] = {}): {
  py: Interpreter;
  out: () => string;
} {
  let text = "";
  const py = new Interpreter({ stdout: (t) => text += t, ...options });
  return { py, out: () => text };
}

Deno.test("embed: run, eval and call, as promises and at once", async () => {
  const { py, out } = python();
  await py.run("def add(a, b=1):\n  return a + b\nprint('hello', end='')");
  assertEquals(out(), "hello");
  assertEquals(await py.eval("add(2)"), 3);
  assertEquals(await py.call("add", 2, 3), 5);
  assertEquals(py.evalSync("add(2, 40)"), 42);
  assertEquals(py.callSync("add", "a", "b"), "ab");
  assertEquals(py.callSync("str.upper", "abc"), "ABC");
});

Deno.test("embed: values come out in their JavaScript form", () => {
  const { py } = python();
  assertEquals(py.evalSync("[None, True, 1, 2**60, 1.5, 'a', b'b', (1, 2), {'k': [1]}, {1: 2}, {3}]"), [
    null,
    true,
    1,
    2n ** 60n,
    1.5,
    "a",
    new Uint8Array([98]),
    [1, 2],
    { k: [1] },
    new Map([[1, 2]]),
    new Set([3]),
  ]);
  const loop = py.evalSync("(lambda l: l.append(l) or l)([])") as unknown[];
  assert(loop[0] === loop);
  const object = py.evalSync("object()");
  assert(object instanceof PythonValue);
  assertEquals(object.type, "object");
  assert(String(object).startsWith("<object object at"));
});

Deno.test("embed: values go in and come back the same", () => {
  const { py } = python();
  for (const v of [null, true, 1, -1, 2n ** 70n, 1.5, "\u{1F600}", [1, [2]], { a: { b: 1 } }, new Map([[1, "x"]])]) {
    py.set("v", v);
    assertEquals(py.get("v"), v);
  }
  assertEquals(py.get("missing"), undefined);
  py.set("o", py.evalSync("object"));
  assertEquals(py.evalSync("o is object"), true);
  assertEquals(JSON.stringify(py.evalSync("{'__proto__': 1}")), '{"__proto__":1}');
});

Deno.test("embed: host functions and modules", () => {
  const { py } = python();
  py.registerModule("host", { twice: (x: number) => x * 2, name: "gopy" });
  py.runSync("import host\nfrom host import twice\nr = [host.name, twice(4), list(map(twice, [1, 2]))]");
  assertEquals(py.get("r"), ["gopy", 8, [2, 4]]);
  py.set("fail", () => {
    throw new TypeError("no");
  });
  assertEquals(py.evalSync("(lambda: 1)() + 1"), 2);
  py.runSync("try: fail()\nexcept RuntimeError as e: text = str(e)");
  assertEquals(py.get("text"), "TypeError: no");
  const f = py.evalSync("lambda x: x + 1") as (x: number) => number;
  assertEquals(f(1), 2);
});

Deno.test("embed: an exception that nobody caught is a PythonError", async () => {
  const { py } = python();
  const e = await assertRejects(
    () => py.run("def f():\n  1/0\n\nf()\n", { filename: "prog.py" }),
    PythonError,
  ) as PythonError;
  assertEquals([e.type, e.text, e.message], [
    "ZeroDivisionError",
    "division by zero",
    "ZeroDivisionError: division by zero",
  ]);
  assertEquals(e.frames, [{ file: "prog.py", line: 4, name: "<module>" }, { file: "prog.py", line: 2, name: "f" }]);
  assert(e.traceback.startsWith("Traceback (most recent call last):\n"));
  assert(e.traceback.endsWith("ZeroDivisionError: division by zero\n"));
  const s = assertThrows(() => py.runSync("if x\n"), PythonError) as PythonError;
  assertEquals([s.type, s.text], ["SyntaxError", "expected ':' (<string>, line 1)"]);
  const x = assertThrows(() => py.runSync("raise SystemExit(3)"), PythonError) as PythonError;
  assertEquals([x.type, x.text], ["SystemExit", "3"]);
});

Deno.test("embed: a time limit cannot be caught, and the Interpreter goes on", () => {
  const { py, out } = python({ limits: { timeMs: 100 } });
  const guest = "try:\n  while True: pass\nexcept BaseException:\n  print('caught')\nfinally:\n  print('finally')\n";
  const e = assertThrows(() => py.runSync(guest), LimitError) as LimitError;
  assertEquals(e.kind, "time");
  assertThrows(() => py.evalSync("sum(1 for _ in iter(int, 1))"), LimitError);
  assertThrows(
    () => py.runSync("def g():\n  try:\n    while 1: yield\n  finally: print('g')\nfor _ in g(): pass"),
    LimitError,
  );
  assertEquals(out(), "");
  assertEquals(py.evalSync("1 + 1"), 2);
});

Deno.test("embed: an output limit", () => {
  const { py, out } = python({ limits: { outputBytes: 100 } });
  const e = assertThrows(() => py.runSync("while True:\n  print('x' * 10, flush=True)"), LimitError) as LimitError;
  assertEquals(e.kind, "output");
  assert(out().length <= 100);
  py.runSync("print('again')");
  assert(out().endsWith("again\n"));
});

Deno.test("embed: the host stops a guest from a function it calls", () => {
  const { py } = python();
  py.set("stop", () => py.stop("enough"));
  const e = assertThrows(
    () => py.runSync("n = 0\nwhile True:\n  n += 1\n  if n == 3: stop()"),
    LimitError,
  ) as LimitError;
  assertEquals([e.kind, e.message], ["stop", "enough"]);
  assertEquals(py.evalSync("1"), 1);
});

Deno.test("embed: a recursion limit is the guest's RecursionError", () => {
  const { py } = python({ limits: { recursion: 50 } });
  py.runSync("def f(): f()\ntry: f()\nexcept RecursionError as e: r = type(e).__name__");
  assertEquals(py.get("r"), "RecursionError");
});

Deno.test("embed: Interpreters are apart", () => {
  const a = python(), b = python();
  a.py.runSync("x = 1\nimport sys\nsys.modules['made'] = sys\nint_sub = type('I', (int,), {})");
  assertEquals(b.py.get("x"), undefined);
  assertEquals(b.py.evalSync("'made' in __import__('sys').modules"), false);
  assertEquals(b.py.evalSync("[c.__name__ for c in int.__subclasses__()].count('I')"), 0);
});

Deno.test("embed: Interpreters share the library's code, and each has its own sets and weak references", () => {
  const source = `
import dis, enum, inspect, typing, weakref
def walk(code, found):
    for c in code.co_consts:
        if isinstance(c, frozenset): found.append(all(x in c for x in c))
        elif hasattr(c, "co_consts"): walk(c, found)
    return found
found = []
for m in (dis, enum, inspect, typing): walk(m.__spec__.loader.get_code(m.__name__), found)
sets, good = len(found), all(found)
code = inspect.getmodule.__code__
refs = weakref.getweakrefcount(code)
mine = weakref.ref(code)
name = code.co_filename
import _imp
_imp._fix_co_filename(code, "/elsewhere.py")
kinds = inspect._ParameterKind.POSITIONAL_ONLY in {inspect.Parameter.POSITIONAL_ONLY}
`;
  for (const { py } of [python(), python(), python()]) {
    py.runSync(source);
    const got = ["good", "refs", "kinds", "name"].map((n) => py.get(n));
    assertEquals(got, [true, 0, true, "/gopy/lib/python3.14/inspect.py"]);
    assert(py.get("sets") as number > 5);
  }
});

Deno.test("embed: nothing of the machine can be touched, and no prompt appears", () => {
  const { py } = python();
  const refused = (code: string) => {
    const e = assertThrows(() => py.runSync(code), PythonError) as PythonError;
    assertEquals(e.type, "PermissionError", code);
    return e.text;
  };
  assert(refused("open('/etc/passwd')").includes("--allow-read"));
  assert(refused("open('/tmp/gopy-embed', 'w')").includes("--allow-write"));
  assert(refused("import os; os.listdir('/')").includes("--allow-read"));
  assertEquals(py.evalSync("__import__('os').environ.get('HOME')"), "/");
});

Deno.test("embed: rights are given in the shape of Deno's options", () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${folder}/a.txt`, "text");
    const { py } = python({ permissions: { read: [folder] } });
    py.set("folder", folder);
    assertEquals(py.evalSync("open(folder + '/a.txt').read()"), "text");
    assertThrows(() => py.runSync("open(folder + '/../../etc/passwd')"), PythonError);
    assertThrows(() => py.runSync("open(folder + '/b.txt', 'w')"), PythonError);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("embed: making an Interpreter costs next to nothing", () => {
  const n = 200, start = performance.now();
  for (let i = 0; i < n; i++) new Interpreter();
  assert((performance.now() - start) / n < 1);
});

Deno.test("embed: a thousand runs leave nothing behind", () => {
  const { py } = python();
  const run = (n: number) => {
    for (let i = 0; i < n; i++) {
      py.runSync("def f(a):\n  return [a] * 100\nr = f(object())\ntry: 1/0\nexcept ZeroDivisionError: pass");
    }
  };
  run(300);
  const before = Deno.memoryUsage().heapUsed;
  run(1000);
  const grown = Deno.memoryUsage().heapUsed - before;
  assert(grown < 60_000_000, `${grown} bytes`);
});
