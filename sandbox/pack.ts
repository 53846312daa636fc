// gopy's own: builds the packed standard library (`deno task pack`).

import { COMPILER_VERSION, LIBRARY_VERSION, pack, type Packed, type PackOptions } from "../stdlib/pack.ts";
import { node } from "./node.ts";

const FOLDER = new URL("../stdlib/archive/", import.meta.url);
const OWN = new URL("../stdlib/py/", import.meta.url);

// The zip file in npm's package, fetched by Deno where it is not there yet.
async function findZip(): Promise<Uint8Array> {
  await import("npm:pyodide@314.0.7/package.json", { with: { type: "json" } });
  const url = import.meta.resolve(
    `npm:pyodide@${LIBRARY_VERSION}/python_stdlib.zip`,
  );
  if (!url.startsWith("file:")) {
    throw new Error(
      "gopy: npm's pyodide package could not be found or fetched",
    );
  }
  return Deno.readFileSync(new URL(url));
}

function ownModules(folder: URL = OWN, prefix = ""): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>();
  try {
    for (const entry of Deno.readDirSync(folder)) {
      if (entry.isDirectory) {
        const below = ownModules(
          new URL(`${entry.name}/`, folder),
          `${prefix}${entry.name}/`,
        );
        for (const [name, bytes] of below) out.set(name, bytes);
      } else if (entry.name.endsWith(".py")) {
        out.set(
          prefix + entry.name,
          Deno.readFileSync(new URL(entry.name, folder)),
        );
      }
    }
  } catch (e) {
    if (!(e instanceof Deno.errors.NotFound)) throw e;
  }
  return out;
}

/** Builds both pieces and writes them beside the program, where that is allowed. */
export async function buildLibrary(
  compiler: Pick<PackOptions, "compile" | "compiler"> = {},
): Promise<Packed> {
  const say = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  const z = node("node:zlib");
  const { makeCompiler } = await import("./pack_compile.ts");
  say("gopy: preparing the standard library (once)\n");
  const terminal = Deno.stderr.isTerminal();
  const packed = pack({
    compile: makeCompiler(),
    compiler: COMPILER_VERSION,
    ...compiler,
    zip: await findZip(),
    own: ownModules(),
    deflate: (bytes) => z.deflateRawSync(bytes, { level: 9 }),
    inflate: (bytes) => z.inflateRawSync(bytes),
    progress: (done, total) => {
      if (terminal && done % 20 === 0) {
        say(`\rgopy: ${done} of ${total} modules`);
      }
    },
  });
  if (terminal) say("\r\x1b[K");
  for (const [name, error] of packed.failed) {
    say(`gopy: ${name} did not compile: ${error}\n`);
  }
  try {
    Deno.mkdirSync(FOLDER, { recursive: true });
    for (const piece of ["rest", "core"] as const) {
      // once to be read, and once to be imported
      const bytes = packed[piece];
      for (const [kind, data] of [["txt", new TextEncoder().encode(bytes.toBase64())], ["bin", bytes]] as const) {
        const tmp = new URL(`lib_${piece}.${Deno.pid}.tmp`, FOLDER);
        Deno.writeFileSync(tmp, data);
        Deno.renameSync(tmp, new URL(`lib_${piece}.${kind}`, FOLDER));
      }
    }
    if (Deno.permissions.querySync({ name: "run" }).state === "granted") {
      const { buildImage } = await import("./pack_image.ts");
      await buildImage();
    }
  } catch (e) {
    say(`gopy: what was prepared could not be kept: ${(e as Error).message}\n`);
  }
  return packed;
}

if (import.meta.main) {
  const built = await buildLibrary();
  console.log(
    `core ${built.core.length} bytes, ${built.coreNames.length} files; rest ${built.rest.length} bytes`,
  );
}
