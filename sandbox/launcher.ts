// CPython 3.14: the role of Modules/getpath.py (sys.executable)
//
// The program that runs this Python again. gopy has no executable of its own: it is Deno with
// flags and a module. So `sys.executable` names a small shell script that starts Deno with the
// flags of this process. It lies in the user's cache folder under a name made of its text, so that
// one that is there is the right one; it is written when it is not.
//
// Deno does not tell which flags it was given, only which rights it has. Where reading, writing,
// running and the environment are not all granted as a whole, a child could not have the same
// rights (or the script could not be written or run): then there is no executable, "", as CPython
// has it where it cannot tell.

import { programUrl } from "./home.ts";
import { environment } from "./process.ts";

const NEEDED = ["read", "write", "run", "env"] as const;
const FURTHER = ["net", "sys", "ffi", "import"] as const;
const NAME = "python3.14";

function granted(name: string): boolean {
  return Deno.permissions.querySync({ name: name as Deno.PermissionName }).state === "granted";
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** FNV-1a over the text's UTF-16 units, twice with different starts: 16 hexadecimal digits. */
function digest(text: string): string {
  return [0x811c9dc5, 0x01000193].map((h) => {
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return (h >>> 0).toString(16).padStart(8, "0");
  }).join("");
}

/** The path of the script, which is there afterwards; "" where there can be none. */
export function launcher(): string {
  try {
    if (Deno.build.os === "windows" || !NEEDED.every(granted)) return "";
    const home = environment("HOME");
    const cache = environment("XDG_CACHE_HOME") || (home ? `${home}/.cache` : "/tmp");
    if (!cache.startsWith("/")) return "";
    const further = FURTHER.filter(granted);
    const flags = further.length === FURTHER.length
      ? "-A"
      : [...NEEDED, ...further].map((name) => `--allow-${name}`).join(" ");
    const program = String(programUrl("cli.ts"));
    const text = `#!/bin/sh\nexec ${quoted(Deno.execPath())} run ${flags} ${quoted(program)} "$@"\n`;
    const folder = `${cache}/gopy/${digest(text)}`, path = `${folder}/${NAME}`;
    if (!isThere(path)) write(folder, path, text);
    return path;
  } catch {
    return "";
  }
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Others may be writing it, too: it comes into its place as a whole. */
function write(folder: string, path: string, text: string): void {
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tmp = `${path}.${Deno.pid}`;
  Deno.writeTextFileSync(tmp, text, { mode: 0o700 });
  Deno.renameSync(tmp, path);
}
