import { assert, assertEquals } from "@std/assert";
import { inflate as inflateOwn } from "../../vm/import/inflate.ts";
import process from "node:process";
import { pack } from "../../stdlib/pack.ts";
import { Archive, Library } from "../../vm/import/archive.ts";
import { loadRestSync, openPiece } from "../../sandbox/archive.ts";
import { importRest } from "../../sandbox/pieces.ts";
import { loadLibrary } from "../../sandbox/prepared.ts";

const z = process.getBuiltinModule("node:zlib");
const inflate = (bytes: Uint8Array): Uint8Array => new Uint8Array(z.inflateRawSync(bytes));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const utf8 = (s: string) => new TextEncoder().encode(s);

// A zip file of stored entries.
function zip(files: Record<string, string>): Uint8Array {
  const out: number[] = [], directory: number[] = [];
  const u16 = (n: number) => [n & 255, n >> 8];
  const u32 = (n: number) => [...u16(n & 0xffff), ...u16(n >>> 16)];
  for (const [name, body] of Object.entries(files)) {
    const at = out.length, n = utf8(name), b = utf8(body);
    const sizes = [
      ...u32(b.length),
      ...u32(b.length),
      ...u16(n.length),
      ...u16(0),
    ];
    out.push(...u32(0x04034b50), ...Array(14).fill(0), ...sizes, ...n, ...b);
    directory.push(...u32(0x02014b50), ...Array(16).fill(0), ...sizes);
    directory.push(...Array(10).fill(0), ...u32(at), ...n);
  }
  const count = u16(Object.keys(files).length);
  const end = [...u32(directory.length), ...u32(out.length), 0, 0];
  return new Uint8Array([
    ...out,
    ...directory,
    ...u32(0x06054b50),
    0,
    0,
    0,
    0,
    ...count,
    ...count,
    ...end,
  ]);
}

const parts = (bytes: Uint8Array) => (at: number, length: number) => bytes.subarray(at, at + length);

function packed(compile?: (source: Uint8Array) => Uint8Array) {
  const made = pack({
    zip: zip({
      "os.py": "import stat\n" + "# os\n".repeat(50),
      "stat.py": "",
      "far/__init__.py": "import os\n",
      "far/data.txt": "data",
      "pyodide/__init__.py": "no",
    }),
    own: new Map([["stat.py", utf8("own = 1\n")]]),
    deflate: (bytes) => z.deflateRawSync(bytes),
    inflate,
    compile,
  });
  return {
    core: openPiece(made.core)!,
    rest: openPiece(made.rest)!,
    failed: made.failed,
  };
}

Deno.test("core holds what start-up needs, rest the others", () => {
  const { core, rest } = packed();
  assertEquals(core.names(), ["os.py", "stat.py"]);
  assertEquals(rest.names(), ["far/__init__.py", "far/data.txt"]);
  assertEquals(text(core.source("stat.py")), "own = 1\n");
  assertEquals(core.list(""), ["far", "os.py", "stat.py"]);
  assertEquals(core.list("far"), ["__init__.py", "data.txt"]);
  const library = new Library(core);
  assert(library.has("far/data.txt") && library.needsRest("far/data.txt"));
  assertEquals(library.get("far/data.txt"), undefined);
  library.attach(rest);
  assertEquals(text(library.source("far/data.txt")), "data");
});

Deno.test("compiled modules keep their texts in rest", () => {
  const { core, rest, failed } = packed((source) => {
    if (text(source).startsWith("own")) throw new Error("no");
    return utf8("code of " + text(source).slice(0, 6));
  });
  assertEquals(failed.map(([name]) => name), ["stat.py"]);
  const library = new Library(core);
  assertEquals(text(library.code("os.py")), "code of import");
  assertEquals(library.source("os.py"), undefined);
  assert(library.needsRest("os.py", "source") && !library.needsRest("os.py"));
  assert(library.hasCode("far/__init__.py") && !library.hasCode("far/data.txt"));
  library.attach(rest);
  assert(text(library.source("os.py")).endsWith("# os\n"));
});

Deno.test("bytes that are no archive are refused", () => {
  assertEquals(Archive.open(parts(utf8("not an archive at all")), inflate), undefined);
  assertEquals(Archive.open(parts(new Uint8Array(3)), inflate), undefined);
});

Deno.test("the library is there, or is built", async () => {
  const library = await loadLibrary();
  assert(text(library.source("os.py")).includes("def makedirs"));
  assert(library.has("asyncio/__init__.py"));
  assertEquals(library.names().filter((n) => n.includes("pyodide")), []);
  const bytes = await importRest();
  const rest = bytes && openPiece(bytes);
  assert(text(rest?.source("asyncio/__init__.py")).length > 0);
  assertEquals(loadRestSync()?.names(), rest?.names());
  const size = Deno.statSync(
    new URL("../../stdlib/archive/lib_core.bin", import.meta.url),
  ).size;
  assert(size <= 520_000, `core has ${size} bytes`);
});

Deno.test("inflate undoes every kind of block", () => {
  let seed = 1;
  const next = () => seed = (seed * 48271) % 2147483647;
  for (const size of [0, 1, 10, 300, 5000, 200_000]) {
    for (const range of [1, 3, 40, 256]) {
      const data = Uint8Array.from({ length: size }, () => next() % range);
      for (const level of [0, 1, 6, 9]) {
        for (const strategy of [0, 2, 4]) {
          const raw = new Uint8Array(
            z.deflateRawSync(data, { level, strategy }),
          );
          assert(
            z.crc32(inflateOwn(raw, size)) === z.crc32(data),
            `${size} ${range} ${level} ${strategy}`,
          );
        }
      }
    }
  }
});
