// The embedding API: pauses, promises, stop requests, curated builtins, host modules, namespaces.

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { builtin, Interpreter, LimitError, prepare, PythonError, PythonValue } from "../mod.ts";

await prepare();

const later = async (x: number) => {
  await new Promise((r) => setTimeout(r, 5));
  return x + 1;
};

Deno.test("embed: a guest waits for a promise with a plain call", async () => {
  const py = new Interpreter();
  py.set("later", later);
  py.set("broken", () => Promise.reject(new Error("no")));
  await py.run(`
def g():
    yield later(1)
class C:
    def __init__(self): self.v = later(5)
a = [later(i) for i in range(3)], next(g()), C().v, max(later(1), 0)
try:
    broken()
except RuntimeError as e:
    text = str(e)
finally:
    after = later(10)
`);
  assertEquals(py.get("a"), [[1, 2, 3], 2, 6, 2]);
  assertEquals([py.get("text"), py.get("after")], ["Error: no", 11]);
  assertEquals(await py.eval("later(1) + later(2)"), 5);
  assertEquals(await py.call("later", 1), 2);
  assertEquals(await py.eval("p.result(), p.done()", { globals: { p: later(7) } }), [8, true]);
});

Deno.test("embed: what cannot wait says so", async () => {
  const py = new Interpreter();
  py.set("later", later);
  const barrier = await assertRejects(() => py.run("sorted([1, 2], key=later)"), PythonError) as PythonError;
  assert(barrier.text.startsWith("cannot wait for later() here: Python was called from native code"));
  const sync = assertThrows(() => py.runSync("later(1)"), PythonError) as PythonError;
  assert(sync.text.startsWith("cannot wait for later() here: the Interpreter was entered by a form"));
  assertEquals(await py.eval("later(1)"), 2);
});

Deno.test("embed: the host's event loop turns while a guest runs", async () => {
  const py = new Interpreter();
  setTimeout(() => py.stop("enough"), 20);
  const e = await assertRejects(() => py.run("while True: pass"), LimitError) as LimitError;
  assertEquals([e.kind, e.message], ["stop", "enough"]);
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 20);
  await assertRejects(() => py.run("while True: pass", { signal: abort.signal }), LimitError);
  py.set("never", () => new Promise(() => {}));
  setTimeout(() => py.stop(), 20);
  await assertRejects(() => py.run("never()"), LimitError);
  const late = await assertRejects(() => py.run("never()", { limits: { timeMs: 30 } }), LimitError) as LimitError;
  assertEquals(late.kind, "time");
  assertEquals(await py.eval("1 + 1"), 2);
});

Deno.test("embed: two guests take turns, runs of one wait for each other", async () => {
  const a = new Interpreter(), b = new Interpreter();
  const order: string[] = [];
  const log = (x: string) => void order.push(x);
  for (const py of [a, b]) py.set("log", log);
  const source = (n: string) =>
    `import time\nt = time.monotonic()\nwhile time.monotonic() - t < 0.08:\n  for i in range(3000): pass\n  log('${n}')`;
  await Promise.all([a.run(source("a")), b.run(source("b"))]);
  assert(/ab+a/.test(order.join("")), order.join(""));
  const done: number[] = [];
  await Promise.all([1, 2, 3].map((n) => a.run(`x = ${n}`).then(() => done.push(n))));
  assertEquals(done, [1, 2, 3]);
});

Deno.test("embed: another thread stops a run through shared memory", async () => {
  const py = new Interpreter();
  const worker = new Worker(
    "data:text/javascript,onmessage = (e) => {" +
      "postMessage(1); setInterval(() => Atomics.store(new Int32Array(e.data), 0, 1), 50) }",
    { type: "module" },
  );
  const ready = new Promise((r) => worker.onmessage = r);
  worker.postMessage(py.stopFlag);
  await ready;
  const e = assertThrows(() => py.runSync("sum(iter(int, 1))"), LimitError) as LimitError;
  assertEquals(e.kind, "stop");
  worker.terminate();
});

Deno.test("embed: natives over much data look at the time", () => {
  const py = new Interpreter({ limits: { timeMs: 40 } });
  for (const s of ["sum(range(10**12))", "10**12 in iter(int, 1)", "list(iter(int, 1))", "max(range(10**12))"]) {
    assertThrows(() => py.runSync(s), LimitError);
  }
});

Deno.test("embed: a memory limit", () => {
  const py = new Interpreter({ limits: { memoryBytes: 40_000_000, timeMs: 60_000 } });
  for (
    const s of [
      "x = []\nwhile True: x.append(str(len(x)) * 500)",
      "[0] * 10**8",
      "2 ** 10**9",
      "bytearray(10**9)",
      "x = b'a'\nwhile True: x += x",
      "d = {}\nwhile True: d[len(d)] = 1",
    ]
  ) {
    const e = assertThrows(() => py.runSync(s), LimitError) as LimitError;
    assertEquals(e.kind, "memory", s);
  }
  py.runSync("x = d = None\ny = [0] * 1000");
  assertEquals(py.evalSync("len(y)"), 1000);
});

Deno.test("embed: the host sets the highest recursion limit", () => {
  const py = new Interpreter({ limits: { recursion: 200 } });
  assertThrows(() => py.runSync("import sys; sys.setrecursionlimit(201)"), PythonError, "cannot be higher than 200");
  py.runSync("sys.setrecursionlimit(150)");
});

Deno.test("embed: curated builtins", () => {
  let out = "";
  const py = new Interpreter({ stdout: (t) => out += t, builtins: { print: builtin, len: builtin, hi: () => "hi" } });
  py.runSync("print(len('abc'), hi())");
  assertEquals(out, "3 hi\n");
  const error = (s: string) => (assertThrows(() => py.runSync(s), PythonError) as PythonError).message;
  assertEquals(error("import os"), "ImportError: __import__ not found");
  assertEquals(error("open('x')"), "NameError: name 'open' is not defined");
  assertEquals(error("class A: pass"), "NameError: __build_class__ not found");
  assertEquals(py.evalSync("(lambda: len('ab'))()"), 2);
  const names = new Interpreter({ builtins: ["sum", "range"] });
  assertEquals(names.evalSync("sum(range(4))"), 6);
  assertThrows(() => names.evalSync("len([])"), PythonError);
  assertThrows(() => new Interpreter({ builtins: ["nothing"] }).evalSync("1"), TypeError, "'nothing'");
});

Deno.test("embed: host modules are made when they are imported", () => {
  let made = 0;
  const py = new Interpreter({ modules: { "app.tools": () => ({ n: ++made }) } });
  assertEquals(py.evalSync("1"), 1);
  assertEquals(made, 0);
  py.runSync("import app.tools\nfrom app import tools\nassert app.tools is tools");
  assertEquals([made, py.evalSync("tools.n")], [1, 1]);
  py.registerModule("app.tools", { n: 7 });
  py.runSync("from app.tools import n\nimport importlib\nname = importlib.import_module('app.tools').__name__");
  assertEquals([py.get("n"), py.get("name")], [7, "app.tools"]);
  assertThrows(() => new Interpreter().runSync("import app"), PythonError, "No module named 'app'");
  assertThrows(() => py.registerModule("a..b", {}), TypeError);
});

Deno.test("embed: namespaces, globals and compiled code", async () => {
  const py = new Interpreter();
  const code = await py.compile("y = x * 2");
  const spaces = [1, 2, 3].map((x) => py.namespace({ x }));
  for (const namespace of spaces) py.runSync(code, { namespace });
  assertEquals(spaces.map((n) => n.toObject()), [{ x: 1, y: 2 }, { x: 2, y: 4 }, { x: 3, y: 6 }]);
  assertEquals(py.get("y"), undefined);
  const twice = py.compileSync("x * 2", { mode: "eval" });
  assertEquals([1, 2].map((x) => py.evalSync(twice, { globals: { x } })), [2, 4]);
  assertEquals(new Interpreter().evalSync(twice, { globals: { x: "a" } }), "aa");
  assertThrows(() => py.runSync(twice), TypeError);
  assertEquals([spaces[0].has("x"), spaces[0].delete("x"), spaces[0].has("x")], [true, true, false]);
});

Deno.test("embed: standard input", () => {
  assertEquals(new Interpreter({ stdin: "ab\nc" }).evalSync("[input(), input()]"), ["ab", "c"]);
  const pieces = ["x", "y\nz", null];
  const py = new Interpreter({ stdin: () => pieces.shift()! });
  assertEquals(py.evalSync("input() + __import__('sys').stdin.read()"), "xyz");
  assertThrows(() => new Interpreter().evalSync("input()"), PythonError, "EOF when reading a line");
});

Deno.test("embed: dates, typed arrays, errors", () => {
  const py = new Interpreter();
  const there = (v: unknown, expr: string) => {
    py.set("v", v);
    assertEquals(py.get("v"), v);
    return py.evalSync(expr);
  };
  assertEquals(there(new Date(1577934245123), "v.isoformat()"), "2020-01-02T03:04:05.123000+00:00");
  assertEquals(there(new Float64Array([1, 2.5]), "repr(v)"), "array('d', [1.0, 2.5])");
  assertEquals(there(new BigInt64Array([-1n]), "list(v)"), [-1]);
  assertEquals(there(-0, "str(v)"), "-0.0");
  assertEquals(there("\ud800", "ascii(v)"), "'\\ud800'");
  py.set("e", new RangeError("r"));
  assertEquals(py.evalSync("repr(e)"), "RuntimeError('RangeError: r')");
  assert(py.evalSync("ValueError('x')") instanceof PythonError);
  for (const v of [Symbol("s"), /x/, new WeakMap(), new Date(NaN)]) assertThrows(() => py.set("v", v), PythonError);
  const cycle: unknown[] = [];
  cycle.push(cycle);
  py.set("v", cycle);
  assertEquals(py.evalSync("v[0] is v"), true);
  const back = py.get("v") as unknown[];
  assert(back[0] === back);
  let deep: unknown[] = [];
  for (let i = 0; i < 200_000; i++) deep = [deep];
  assertThrows(() => py.set("v", deep), PythonError, "RecursionError");
  const other = new Interpreter();
  assertThrows(() => other.set("v", py.evalSync("object()")), PythonError, "belongs to another Interpreter");
  assert(py.evalSync("object()") instanceof PythonValue);
});

Deno.test("embed: an exception goes through host code and back", () => {
  const py = new Interpreter();
  let seen: unknown;
  py.set("through", (f: () => unknown) => {
    try {
      return f();
    } catch (e) {
      seen = e;
      throw e;
    }
  });
  py.runSync("class Own(Exception): pass\ndef f(): raise Own(1)\ntry: through(f)\nexcept Own as e: args = e.args");
  assertEquals(py.get("args"), [1]);
  assert(seen instanceof PythonError && seen.type === "Own");
  py.set("swallow", (f: () => unknown) => {
    try {
      f();
    } catch (e) {
      seen = e;
    }
  });
  py.runSync("def loop():\n  while True: pass");
  assertThrows(() => py.runSync("swallow(loop)\nwhile True: pass", { limits: { timeMs: 30 } }), LimitError);
  assert(seen instanceof LimitError);
});

Deno.test("embed: an import that a limit cut off can be made again", () => {
  const py = new Interpreter({ modules: { slow: () => ({}) } });
  py.runSync("import sys");
  assertThrows(() => py.runSync("import typing, inspect, asyncio", { limits: { timeMs: 3 } }), LimitError);
  py.runSync("import typing, inspect, asyncio\nasyncio.run");
  py.runSync("def g():\n  while True: yield\n  \nit = g()");
  assertThrows(() => py.runSync("for _ in it: pass", { limits: { timeMs: 10 } }), LimitError);
  assertEquals(py.evalSync("next(it, 'ended')"), "ended");
});
