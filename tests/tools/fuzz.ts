// Random input for the compiler and the reader of .pyc files: `deno task fuzz [options]`.
//
//   --seed N (1)   --sources N (20000)   --pyc N (20000)   --only N: one input, by its number
//
// A source is random bytes, random tokens or a program with bytes changed; a .pyc is a marshalled code
// object with bytes changed, cut or repeated, which is run when it can be read. Whatever is not a Python
// exception (a JavaScript error, an input that takes longer than a second) is reported.

import { parseArgs } from "@std/cli/parse-args";
import { PyCode } from "../../core/code/code.ts";
import { dumps, loads } from "../../core/code/marshal.ts";
import { marshalHost } from "../../core/code/marshal_host.ts";
import { PyBaseException } from "../../core/objects/object.ts";
import { newModule } from "../../core/objects/module.ts";
import { compileSource } from "../../vm/compile_source.ts";
import { Interrupt } from "../../vm/interp/thread.ts";
import { Subject } from "./parity_dump.ts";

const PROGRAMS = [
  "def f(a, *b, c=1, **d):\n  x = [i * a for i in b if i]\n  return x, d\nprint\nf(1, 2, c=3)\n",
  "class A:\n  'doc'\n  x: int = 1\n  def m(self): return super().__init__, self.x\nA().m()\n",
  "try:\n  1 / 0\nexcept ZeroDivisionError as e:\n  r = repr(e)\nelse:\n  pass\nfinally:\n  z = 0\n",
  "def g(n):\n  while n:\n    yield n\n    n -= 1\ns = sum(g(5))\nt = {k: v for k, v in zip('abc', (1, 2.5, 3j))}\n",
  "match [1, {'a': 2}]:\n  case [x, {'a': y, **r}] if x: z = f'{x!r:>{y}}'\n  case _: z = None\n",
  "import sys\nwith (open if 0 else memoryview(b'abc')) as m:\n  b = bytes(m)\nl = lambda q=b'', *, w='é': (q, w)\nl()\n",
  "def o():\n  n = 0\n  def i():\n    nonlocal n\n    n += 1\n    return n\n  return i\no()()\nassert o, 'x'\ndel o\n",
  "async def c():\n  async with a as b:\n    async for x in y: await x\nc().close()\nx = 10 ** 30, -1.5, frozenset, ...\n",
];
const WORDS =
  ("if else elif for while def class return yield await async with as import from in is not and or lambda try " +
    "except finally raise del pass break continue global nonlocal match case type ( ) [ ] { } , : . ; @ = == := * ** / " +
    "-> ... ' \" ''' f' f\"{ }\" b' \\ \n \n\t \n\s # 0 1 0x 1e5 1_0 x y é None __debug__ ! $ `").split(" ");

/** A generator of 32-bit numbers. */
function random(seed: number): () => number {
  let x = seed | 0;
  return () => {
    x = x + 0x6d2b79f5 | 0;
    let t = Math.imul(x ^ x >>> 15, 1 | x);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return (t ^ t >>> 14) >>> 0;
  };
}

function changed(data: Uint8Array, next: () => number): Uint8Array {
  let out = data.slice();
  for (let n = 1 + next() % 4; n > 0; n--) {
    const at = next() % Math.max(1, out.length);
    switch (next() % 6) {
      case 0:
      case 1:
        out[at] = next();
        break;
      case 2:
        out[at] ^= 1 << next() % 8;
        break;
      case 3:
        out = out.slice(0, at);
        break;
      case 4: {
        const piece = out.slice(at, at + next() % 20);
        const rest = out.slice(at);
        out = Uint8Array.from([...out.slice(0, at), ...piece, ...rest]);
        break;
      }
      case 5:
        out = Uint8Array.from([...out.slice(0, at), ...out.slice(at + 1 + next() % 4)]);
    }
  }
  return out;
}

function randomSource(next: () => number): Uint8Array {
  switch (next() % 3) {
    case 0:
      return Uint8Array.from({ length: next() % 60 }, () => next() % 4 === 0 ? next() : 32 + next() % 95);
    case 1: {
      let text = "";
      for (let n = next() % 40; n > 0; n--) text += WORDS[next() % WORDS.length] + (next() % 3 ? " " : "");
      return new TextEncoder().encode(text);
    }
  }
  return changed(new TextEncoder().encode(PROGRAMS[next() % PROGRAMS.length]), next);
}

/** What went wrong. */
export interface Finding {
  number: number;
  what: string;
  input: Uint8Array;
}

/** Runs random inputs; what went wrong. */
export async function fuzz(seed: number, sources: number, pyc: number, only?: number): Promise<Finding[]> {
  const subject = await Subject.make(), { interp } = subject, found: Finding[] = [];
  const codes = interp.enter(() =>
    PROGRAMS.map((p) => dumps(compileSource(p, { mode: "exec", filename: "<f>" }), marshalHost))
  );
  for (let number = 0; number < sources + pyc; number++) {
    if (only !== undefined && number !== only) continue;
    const next = random(Math.imul(seed, 1_000_003) + number);
    const isSource = number < sources;
    const input = isSource ? randomSource(next) : changed(codes[next() % codes.length], next);
    const mode = (["exec", "exec", "eval", "single"] as const)[next() % 4];
    const start = performance.now();
    interp.enter(() => {
      interp.interrupt = undefined;
      interp.timeLimitMs = 300;
      interp.deadline = start + 300;
      try {
        if (isSource) {
          compileSource(input, { mode, filename: "<f>" });
          return;
        }
        const code = loads(input, marshalHost);
        if (!(code instanceof PyCode)) return;
        const m = newModule("m");
        m.dict.setStr("__builtins__", interp.builtins);
        interp.runCode(code, m.dict);
      } catch (e) {
        if (e instanceof Interrupt) interp.reset();
        else if (!(e instanceof PyBaseException)) {
          found.push({ number, what: e instanceof Error ? `${e.stack}` : `${e}`, input });
        } else if (/internal error/.test(`${e.args.items[0]}`)) {
          found.push({ number, what: `${e.args.items[0]}`, input });
        }
      } finally {
        interp.deadline = Infinity;
      }
    });
    const ms = performance.now() - start;
    if (ms > 1000) found.push({ number, what: `${ms.toFixed(0)} ms`, input });
  }
  return found;
}

if (import.meta.main) {
  const args = parseArgs(Deno.args, { string: ["seed", "sources", "pyc", "only"] });
  const sources = Number(args.sources ?? 20000), pyc = Number(args.pyc ?? 20000);
  const start = performance.now();
  const found = await fuzz(
    Number(args.seed ?? 1),
    sources,
    pyc,
    args.only === undefined ? undefined : Number(args.only),
  );
  const kinds = new Map<string, number>();
  for (const { number, what, input } of found) {
    const kind = what.split("\n").slice(0, 3).join("\n");
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (kinds.get(kind)! > 1) continue;
    const shown = number < sources ? JSON.stringify(new TextDecoder().decode(input)) : `${input.length} bytes`;
    console.log(`${number}: ${what.slice(0, 900)}\n  ${shown}`);
  }
  for (const [kind, n] of kinds) console.log(`${n} x ${kind.split("\n").slice(0, 2).join(" ")}`);
  console.log(
    `${sources} sources and ${pyc} .pyc: ${found.length} findings; ` +
      `${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  if (found.length > 0) Deno.exitCode = 1;
}
