// CPython 3.14: Python/frozen.c
//
// The modules that the start-up needs and CPython freezes into its executable. Here their code
// comes from the packed library; where there is none (PYTHONHOME names a real Lib), it is compiled
// from the files.

import type { PyCode } from "../../core/code/code.ts";
import { dumps } from "../../core/code/marshal.ts";
import { compileSource } from "../compile_source.ts";
import type { Interp } from "../interpreter.ts";
import { newErrorArgs } from "../../core/objects/errors.ts";
import * as X from "../../core/objects/exceptions.ts";
import { O } from "../host.ts";

/** Name, file below Lib, is a package. */
export const FROZEN: readonly (readonly [string, string, boolean])[] = [
  ["_frozen_importlib", "importlib/_bootstrap.py", false],
  ["_frozen_importlib_external", "importlib/_bootstrap_external.py", false],
  ["zipimport", "zipimport.py", false],
  ["abc", "abc.py", false],
  ["codecs", "codecs.py", false],
  ["io", "io.py", false],
  ["_collections_abc", "_collections_abc.py", false],
  ["_sitebuiltins", "_sitebuiltins.py", false],
  ["genericpath", "genericpath.py", false],
  ["ntpath", "ntpath.py", false],
  ["posixpath", "posixpath.py", false],
  ["os", "os.py", false],
  ["site", "site.py", false],
  ["stat", "stat.py", false],
  ["importlib.util", "importlib/util.py", false],
  ["importlib.machinery", "importlib/machinery.py", false],
  ["runpy", "runpy.py", false],
];

/** Modules that are frozen so that freezing can be tested: name, file below Lib or the source itself, is a package. */
const FROZEN_TESTS: readonly (readonly [string, string | { source: string }, boolean])[] = [
  ["__hello__", "__hello__.py", false],
  ["__hello_alias__", "__hello__.py", false],
  ["__phello_alias__", "__hello__.py", true],
  ["__phello_alias__.spam", "__hello__.py", false],
  ["__phello__", "__phello__/__init__.py", true],
  ["__phello__.__init__", "__phello__/__init__.py", false],
  ["__phello__.ham", { source: "" }, true],
  ["__phello__.ham.__init__", { source: "" }, false],
  ["__phello__.ham.eggs", { source: "" }, false],
  ["__phello__.spam", "__phello__/spam.py", false],
  ["__hello_only__", { source: 'initialized = True\nprint("Hello world!")\n' }, false],
];

/** One frozen module. */
export interface Frozen {
  name: string;
  /** The file below Lib, or the source. */
  file: string | { source: string };
  isPackage: boolean;
  /** The name it has in Lib; null where it has none there. */
  origin: string | null;
}

/** The name in Lib of the modules that have another one. */
const ORIGINS: ReadonlyMap<string, string | null> = new Map([
  ["_frozen_importlib", "importlib._bootstrap"],
  ["_frozen_importlib_external", "importlib._bootstrap_external"],
  ["__hello_alias__", "__hello__"],
  ["__phello_alias__", "__hello__"],
  ["__phello_alias__.spam", "__hello__"],
  ["__phello__.__init__", "<__phello__"],
  ["__phello__.ham.__init__", "<__phello__.ham"],
  ["__hello_only__", null],
]);

/** Whether a module is frozen even where the use of frozen modules is off. */
function isEssential(name: string): boolean {
  return name.startsWith("_frozen_importlib") || name === "zipimport";
}

function usesFrozen(i: Interp): boolean {
  const override = i.store.get("frozen_override") as number | undefined;
  return override === undefined || override === 0 ? i.config.frozenModules : override > 0;
}

let byName: Map<string, Frozen> | undefined;
/** A frozen module by name; undefined when there is none. */
export function frozenInfo(i: Interp, name: string): Frozen | undefined {
  if (byName === undefined) {
    byName = new Map();
    for (const [n, file, isPackage] of [...FROZEN, ...FROZEN_TESTS]) {
      const origin = ORIGINS.get(n);
      byName.set(n, { name: n, file, isPackage, origin: origin === undefined ? n : origin });
    }
  }
  return isEssential(name) || usesFrozen(i) ? byName.get(name) : undefined;
}

/** The names of all frozen modules. */
export function frozenNames(i: Interp): string[] {
  const names = [...FROZEN, ...FROZEN_TESTS].map(([name]) => name);
  return usesFrozen(i) ? names : names.filter(isEssential);
}

/** Reads a whole file of the host. */
export function readHostFile(i: Interp, path: string): Uint8Array {
  const fd = i.host.files.open(path, O.RDONLY, 0);
  try {
    const parts: Uint8Array[] = [];
    let n = 0;
    for (;;) {
      const b = new Uint8Array(65536);
      const k = i.host.files.read(fd, b);
      if (k === 0) break;
      parts.push(b.subarray(0, k));
      n += k;
    }
    const out = new Uint8Array(n);
    let at = 0;
    for (const p of parts) {
      out.set(p, at);
      at += p.length;
    }
    return out;
  } finally {
    i.host.files.close(fd);
  }
}

/** What the packed library has of a frozen module. */
function packedCode(i: Interp, f: Frozen): Uint8Array | undefined {
  // another file's code has another name in it
  const own = typeof f.file === "string" && FROZEN.some(([name]) => name === f.name);
  return own && i.usesArchive ? i.options.library?.code(f.file as string) : undefined;
}

/** The marshalled code of a frozen module. */
export function frozenCode(i: Interp, f: Frozen): Uint8Array {
  return packedCode(i, f) ?? dumps(compileFrozen(i, f), i.options.marshal);
}

/** The code object of a frozen module. */
export function loadFrozen(i: Interp, f: Frozen): PyCode {
  const packed = packedCode(i, f);
  if (packed === undefined) return compileFrozen(i, f);
  return i.options.library!.codeObject(f.file as string, () => packed, i.options.marshal);
}

/** Compiles a frozen module from its source. */
export function compileFrozen(i: Interp, f: Frozen): PyCode {
  const source = typeof f.file !== "string"
    ? f.file.source
    : i.usesArchive
    ? i.options.library?.source(f.file)
    : readHostFile(i, `${i.config.stdlibDir}/${f.file}`);
  if (source === undefined) {
    throw newErrorArgs(X.ImportError, [
      `the standard library has no ${f.file}`,
    ]);
  }
  return compileSource(source, {
    mode: "exec",
    filename: `<frozen ${f.origin?.replace("<", "") ?? "frozen_only"}>`,
    optimize: i.config.optimize,
  });
}
