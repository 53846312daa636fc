// The tree's rules: the direction of imports, and where the host may be named.

import { assertEquals } from "@std/assert";
import { join, relative } from "@std/path";

const ROOT = new URL("../", import.meta.url).pathname;
const LAYERS = ["core", "vm", "stdlib", "sandbox", "mod.ts", "cli.ts"];

function* sources(folder: string): Generator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(folder)];
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* sources(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

function files(layer: string): string[] {
  const path = join(ROOT, layer);
  return layer.endsWith(".ts") ? [path] : [...sources(path)];
}

// Generators are tools that lie beside what they make.
const isTool = (path: string) => /(?:^|\/)generate\w*\.ts$/.test(path);

// The text without comments, strings kept.
function bare(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[^]*?\*\/|\/\/[^\n]*/g,
    (_, string) => string ?? "",
  );
}

function imports(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map((m) => m[1]);
}

Deno.test("imports go one way: cli, mod, sandbox, stdlib, vm, core", () => {
  const wrong: string[] = [];
  for (const [level, layer] of LAYERS.entries()) {
    for (const file of files(layer)) {
      for (const target of imports(bare(Deno.readTextFileSync(file)))) {
        if (!target.startsWith(".")) continue;
        const path = relative(ROOT, join(file, "..", target));
        const top = path.split("/")[0];
        const to = LAYERS.indexOf(top);
        // mod.ts starts the command line when it is the main program.
        if (layer === "mod.ts" && top === "cli.ts") continue;
        // The packed library is data.
        if (path.startsWith("stdlib/archive/")) continue;
        if (to < 0 || to > level) {
          wrong.push(`${relative(ROOT, file)} -> ${path}`);
        }
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("only sandbox/ and cli.ts name the host", () => {
  const wrong: string[] = [];
  for (const layer of ["core", "vm", "stdlib", "mod.ts"]) {
    for (const file of files(layer)) {
      if (isTool(file)) continue;
      const text = bare(Deno.readTextFileSync(file));
      text.split("\n").forEach((line, i) => {
        const code = line.replace(
          /"(?:[^"\\]|\\.)*"/g,
          (s) => /^"(?:node|npm|jsr):/.test(s) ? s : '""',
        );
        if (
          /\bDeno\s*\.|\bglobalThis\.(?:Deno|process)\b|"(?:node|npm|jsr):/
            .test(code)
        ) {
          wrong.push(`${relative(ROOT, file)}:${i + 1}: ${line.trim()}`);
        }
      });
    }
  }
  assertEquals(wrong, []);
});

Deno.test("the program needs no package of JSR: those are for tests and tools", () => {
  const wrong: string[] = [];
  for (const layer of LAYERS) {
    for (const file of files(layer)) {
      for (const target of imports(bare(Deno.readTextFileSync(file)))) {
        if (target.startsWith("@std/")) {
          wrong.push(`${relative(ROOT, file)}: ${target}`);
        }
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("no file speaks of a folder outside the repository", () => {
  const wrong: string[] = [];
  const places = [...LAYERS, "tests", "bench"].flatMap(files);
  const words = [
    "/work/" + "shared",
    "/work/" + "main",
    "../sha" + "red",
    "/root/" + ".cache",
  ];
  for (const file of places) {
    const text = Deno.readTextFileSync(file);
    for (const word of words) {
      if (text.includes(word)) wrong.push(`${relative(ROOT, file)}: ${word}`);
    }
  }
  assertEquals(wrong, []);
});
