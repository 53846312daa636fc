// CPython 3.14: the role of Python/freeze_modules.py
//
// Packs the pure-Python standard library into the two pieces that
// `vm/import/archive.ts` reads. The modules come from the zip file of npm's
// `pyodide` package; gopy's own modules in `stdlib/py` are put over them.
//
// `core` holds what every program imports at its start. It must stay small, since each start pays
// for it; so its modules keep their texts in `rest`, once they have code. Their code is stored as
// it is: inflating it would take longer than reading more bytes does.
//
// This file knows no host: `sandbox/pack.ts` reads and writes the files.

import { ARCHIVE_FORMAT, type ArchiveIndex } from "../vm/import/archive.ts";
import { FROZEN } from "../vm/import/frozen.ts";
import { readZip } from "./pack_zip.ts";

/** The version of npm's `pyodide` that the library is taken from. */
export const LIBRARY_VERSION = "314.0.7";

/** Changes whenever the compiler's output or a module in stdlib/py does: archives made before are built anew. */
export const COMPILER_VERSION = "3";

/** The files of `core`. */
export const CORE_FILES: ReadonlySet<string> = new Set([
  ...FROZEN.map(([, file]) => file),
  ...["__init__", "aliases", "utf_8"].map((name) => `encodings/${name}.py`),
]);

/** What a packed library is made with. */
export interface PackOptions {
  /** The zip file of the modules. */
  zip: Uint8Array;
  /** gopy's own modules, by name under Lib. */
  own: Map<string, Uint8Array>;
  deflate: (bytes: Uint8Array) => Uint8Array;
  inflate: (packed: Uint8Array, length: number) => Uint8Array;
  /** Compiles a module ahead, into a marshalled code object with its index (core/code/marshal_lazy.ts). */
  compile?: (source: Uint8Array, name: string) => Uint8Array;
  /** Goes into the archive's key: names the compiler's version. */
  compiler?: string;
  progress?: (done: number, total: number) => void;
}

/** Both pieces (vm/import/archive.ts). */
export interface Packed {
  core: Uint8Array;
  rest: Uint8Array;
  coreNames: string[];
  /** Modules that did not compile, with what was thrown. */
  failed: [string, unknown][];
}

/** The key of an archive made with a compiler of this version. */
export function archiveKey(compiler = "none"): string {
  return `${ARCHIVE_FORMAT}/${LIBRARY_VERSION}/${compiler}`;
}

/** Packs the library. */
export function pack(options: PackOptions): Packed {
  const { deflate, compile, progress } = options;
  const files = new Map<string, Uint8Array>();
  for (const [name, bytes] of readZip(options.zip, options.inflate)) {
    if (wanted(name)) files.set(name, bytes);
  }
  for (const [name, bytes] of options.own) files.set(name, bytes);
  const names = [...files.keys()].sort();
  const key = archiveKey(options.compiler);
  const core = new Builder(key, deflate), rest = new Builder(key, deflate);
  const failed: [string, unknown][] = [];
  names.forEach((name, i) => {
    progress?.(i, names.length);
    const source = files.get(name)!;
    let code: Uint8Array | undefined;
    if (compile !== undefined && name.endsWith(".py")) {
      try {
        code = compile(source, name);
      } catch (e) {
        failed.push([name, e]);
      }
    }
    if (!CORE_FILES.has(name)) rest.add(name, code, source);
    else if (code === undefined) core.add(name, undefined, source);
    else {
      core.add(name, code, undefined, true);
      rest.add(name, undefined, source);
    }
  });
  progress?.(names.length, names.length);
  return {
    core: core.build(...rest.names()),
    rest: rest.build([], []),
    coreNames: names.filter((n) => CORE_FILES.has(n)),
    failed,
  };
}

// What the zip holds beside CPython's Lib.
function wanted(name: string): boolean {
  return !name.endsWith("/") &&
    !/^(?:_?pyodide|site-packages|ctypes\/macholib)\//.test(name) &&
    !/^(?:_ssl|_sysconfigdata_\w+[-\w]*)\.py$/.test(name);
}

class Builder {
  readonly #index: ArchiveIndex;
  readonly #deflate: (bytes: Uint8Array) => Uint8Array;
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  constructor(key: string, deflate: (bytes: Uint8Array) => Uint8Array) {
    this.#index = { key, entries: [], elsewhere: [], codes: 0 };
    this.#deflate = deflate;
  }

  /** Names of the entries: those with code, and the others. */
  names(): [string[], string[]] {
    const name = (row: ArchiveIndex["entries"][number]) => row[0];
    const { entries } = this.#index;
    return [entries.filter((row) => row[3] > 0).map(name), entries.filter((row) => row[3] === 0).map(name)];
  }

  #put(bytes: Uint8Array | undefined, asItIs: boolean): [number, number, number] {
    if (bytes === undefined || bytes.length === 0) return [0, 0, 0];
    const packed = asItIs ? bytes : this.#deflate(bytes);
    const part = packed.length < bytes.length ? packed : bytes;
    const at = this.#size;
    this.#parts.push(part);
    this.#size += part.length;
    return [at, part.length, bytes.length];
  }

  add(
    name: string,
    code: Uint8Array | undefined,
    source: Uint8Array | undefined,
    asItIs = false,
  ): void {
    this.#index.entries.push([name, ...this.#put(code, asItIs), ...this.#put(source, asItIs)]);
  }

  build(withCode: string[], others: string[]): Uint8Array {
    this.#index.elsewhere = [...withCode, ...others];
    this.#index.codes = withCode.length;
    const index = new TextEncoder().encode(JSON.stringify(this.#index));
    const out = new Uint8Array(12 + index.length + this.#size);
    out.set(new TextEncoder().encode("gopylib"));
    out[7] = ARCHIVE_FORMAT;
    new DataView(out.buffer).setUint32(8, index.length, true);
    out.set(index, 12);
    let at = 12 + index.length;
    for (const part of this.#parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}
