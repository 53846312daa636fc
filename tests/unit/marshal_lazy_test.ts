// Code of the archive, which is read piece by piece, is what reading it at once gives.

import { assert, assertEquals } from "@std/assert";
import { loadLibrary } from "../../sandbox/prepared.ts";
import { launch } from "../../sandbox/launch.ts";
import { PyCode } from "../../core/code/code.ts";
import { dumps, loads } from "../../core/code/marshal.ts";
import { trustedMarshalHost as host } from "../../core/code/marshal_host.ts";
import { lazyCode, withIndex } from "../../core/code/marshal_lazy.ts";
import { compileSource } from "../../vm/compile_source.ts";

const library = await loadLibrary();
const interp = launch({ host: {}, library });

/** All code objects, the last ones first. */
function* backwards(code: PyCode): Generator<PyCode> {
  for (const c of code.co_consts.toReversed()) if (c instanceof PyCode) yield* backwards(c);
  yield code;
}

function same(bytes: Uint8Array): void {
  const expected = loads(bytes, host);
  const names = (c: PyCode) => [...backwards(c)].map((x) => x.co_qualname);
  assertEquals(names(lazyCode(bytes, host)), names(expected as PyCode));
  const written = dumps(expected, host);
  assertEquals(dumps(lazyCode(bytes, host), host), written);
  const reversed = lazyCode(bytes, host);
  for (const c of backwards(reversed)) assert(c.co_linetable.length >= 0);
  assertEquals(dumps(reversed, host), written);
}

Deno.test("code of the library", () => {
  interp.enter(() => {
    for (const name of ["os.py", "argparse.py", "dataclasses.py", "_pydatetime.py", "html/entities.py", "random.py"]) {
      same(library.code(name)!);
    }
  });
});

Deno.test("constants of every kind", () => {
  const source = `
def f(a=(1, (2, None), ...), *, b=1.5, c=2.25j, d=b"bytes" * 3):
    def g(x):
        return x in {"a", "b", 3}, x[1:2], 2**70, -2**40, 1.5, "\\ud800", "é", "a" * 300
    class C:
        def g(self): return "shared constant text", g, True, False
    return g, C, "shared constant text", (1, (2, None), ...)
`;
  interp.enter(() => {
    const code = compileSource(new TextEncoder().encode(source), { mode: "exec", filename: "<test>" });
    same(withIndex(dumps(code, host)));
  });
});
