// CPython 3.14: Python/frozen.c
//
// The modules that the start-up needs and CPython freezes into its executable. Here their code
// comes from the packed library; where there is none (PYTHONHOME names a real Lib), it is compiled
// from the files.

import type { PyCode } from "../../core/code/code.ts";
import { dumps } from "../../core/code/marshal.ts";
import { lazyCode } from "../../core/code/marshal_lazy.ts";
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

/** One frozen module. */
export interface Frozen {
  name: string;
  file: string;
  isPackage: boolean;
  /** The name it has in Lib, where that is another one. */
  origin: string;
}

let byName: Map<string, Frozen> | undefined;
/** A frozen module by name; undefined when there is none. */
export function frozenInfo(i: Interp, name: string): Frozen | undefined {
  if (byName === undefined) {
    byName = new Map();
    for (const [n, file, isPackage] of FROZEN) {
      const origin = n === "_frozen_importlib"
        ? "importlib._bootstrap"
        : n === "_frozen_importlib_external"
        ? "importlib._bootstrap_external"
        : n;
      byName.set(n, { name: n, file, isPackage, origin });
    }
  }
  if (
    (i.store.get("frozen_override") ?? (i.config.frozenModules ? 1 : -1)) === -1 &&
    !name.startsWith("_frozen_importlib") && name !== "zipimport"
  ) {
    return undefined;
  }
  return byName.get(name);
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

/** The marshalled code of a frozen module. */
export function frozenCode(i: Interp, f: Frozen): Uint8Array {
  const lib = i.options.library;
  const packed = i.usesArchive ? lib?.code(f.file) : undefined;
  if (packed !== undefined) return packed;
  return dumps(compileFrozen(i, f), i.options.marshal);
}

/** The code object of a frozen module. */
export function loadFrozen(i: Interp, f: Frozen): PyCode {
  const packed = i.usesArchive ? i.options.library?.code(f.file) : undefined;
  return packed === undefined ? compileFrozen(i, f) : lazyCode(packed, i.options.marshal);
}

/** Compiles a frozen module from its source. */
export function compileFrozen(i: Interp, f: Frozen): PyCode {
  const source = i.usesArchive ? i.options.library?.source(f.file) : readHostFile(i, `${i.config.stdlibDir}/${f.file}`);
  if (source === undefined) {
    throw newErrorArgs(X.ImportError, [
      `the standard library has no ${f.file}`,
    ]);
  }
  return compileSource(source, {
    mode: "exec",
    filename: `<frozen ${f.origin}>`,
    optimize: i.config.optimize,
  });
}
