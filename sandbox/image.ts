// gopy's own: the program's image, for a quick start.
//
// Loading some 450 modules takes most of a short program's time: finding, reading and evaluating each,
// and compiling anew what Deno's own cache leaves out, all functions that aren't called while their
// module is evaluated. So the command line is bundled into one script, `stdlib/archive/gopy.js`, and
// V8's compiled form of it as it is after a run (`gopy.cache`) is kept beside it. Both are made by
// pack_image.ts at the program's first use.
//
// The first line of the script is a comment with what it was made of: V8's version and, of each
// source file, the time of its last change and its size. Where one is not as it was, the image isn't
// used. Images are made in the background, and only when the sources have rested for a while.

import { IMAGE, type ImageHeader, type Start } from "./image_entry.ts";
import { node } from "./node.ts";

type ScriptOptions = Exclude<ConstructorParameters<typeof import("node:vm").Script>[1], string | undefined>;

const ROOT = new URL("../", import.meta.url);
/** How long sources must have rested before an image is made of them, in milliseconds. */
const REST_TIME = 300_000;

/** The URL of one of the image's files. */
export function imageUrl(file: string): URL {
  return new URL(`stdlib/archive/${file}`, ROOT);
}

function granted(name: "read" | "write" | "run"): boolean {
  const where = name === "run" ? { name } : { name, path: ROOT };
  return Deno.permissions.querySync(where).state === "granted";
}

/** What the first line of an image says. */
function headerOf(text: string): ImageHeader | undefined {
  if (!text.startsWith("//{")) return undefined;
  return JSON.parse(text.slice(2, text.indexOf("\n"))) as ImageHeader;
}

/** Whether the sources are what they were when the image was made. */
function isFresh(header: ImageHeader): boolean {
  const root = ROOT.pathname;
  return header.v8 === Deno.version.v8 && header.files.every(([path, mtime, size]) => {
    const now = Deno.statSync(root + path);
    return now.size === size && now.mtime?.getTime() === mtime;
  });
}

/** V8's compiled form that belongs to an image. */
function cacheOf(header: ImageHeader): Uint8Array | undefined {
  try {
    const bytes = Deno.readFileSync(imageUrl("gopy.cache"));
    return new TextDecoder().decode(bytes.subarray(0, 16)) === header.id ? bytes.subarray(16) : undefined;
  } catch {
    return undefined;
  }
}

/** Evaluates an image's text; its entry, and a function that gives V8's compiled form of all that has run. */
export function evaluate(text: string, cache?: Uint8Array): { start: Start; compiled: () => Uint8Array } {
  const { Script } = node("node:vm");
  const script = new Script(text, {
    filename: imageUrl("gopy.js").href,
    cachedData: cache as ScriptOptions["cachedData"],
  });
  script.runInThisContext();
  const holder = globalThis as unknown as Record<symbol, Start>;
  const start = holder[IMAGE];
  delete holder[IMAGE];
  return { start, compiled: () => script.createCachedData() };
}

/**
 * Runs the command line from the image and ends the process. Returns where there is no image of the
 * program as it is now, or none that can be evaluated.
 */
export async function startImage(): Promise<void> {
  (await readyImage())?.();
}
/** An image's entry with all that it is called with. */
async function readyImage(): Promise<(() => void) | undefined> {
  try {
    if (ROOT.protocol !== "file:") return undefined;
    if (granted("read")) {
      const text = Deno.readTextFileSync(imageUrl("gopy.js"));
      const header = headerOf(text);
      if (header === undefined || !isFresh(header)) return undefined;
      const { start } = evaluate(text, cacheOf(header));
      return () => start(ROOT.href);
    }
    const { importCore, importImage, importRest } = await import("./pieces.ts");
    const text = await importImage();
    if (text === undefined) return undefined;
    const { start } = evaluate(text), core = await importCore(), rest = await importRest();
    return () => start(ROOT.href, core, rest);
  } catch {
    // there is none, or it was damaged: the modules do as well
    return undefined;
  }
}

/** Makes the image in the background, where it is missing or stale and the sources have rested. */
export function refreshImage(): void {
  try {
    if (ROOT.protocol !== "file:" || !granted("read") || !granted("write") || !granted("run")) return;
    if (!Deno.statSync(imageUrl("lib_core.bin")).isFile || !isDue()) return;
    const lock = imageUrl("gopy.lock");
    if (age(lock) < 60_000) return;
    Deno.writeTextFileSync(lock, "");
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-config", "--quiet", new URL("sandbox/pack_image.ts", ROOT).href],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn().unref();
  } catch {
    // the next start will try again
  }
}

/** Milliseconds since a file changed; infinite for one that isn't there. */
function age(url: URL): number {
  try {
    return Date.now() - Deno.statSync(url).mtime!.getTime();
  } catch {
    return Infinity;
  }
}

/** Whether there is no image, or all sources are older than the time of rest. */
function isDue(): boolean {
  if (age(imageUrl("gopy.js")) === Infinity) return true;
  const header = headerOf(Deno.readTextFileSync(imageUrl("gopy.js")));
  return header === undefined || header.files.every(([path]) => age(new URL(path, ROOT)) > REST_TIME);
}
