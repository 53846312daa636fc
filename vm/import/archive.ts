// CPython 3.14: the role of Lib/ and of Python/frozen.c
//
// The standard library as one block of bytes. It is written by
// `stdlib/pack.ts`, and comes in two pieces: `core`, what nearly every program
// imports, and `rest`. Layout, numbers little-endian:
//
//   0   8 bytes   "gopylib" and the format's number
//   8   u32       length of the index
//   12  bytes     the index: JSON
//   ..  bytes     the parts, each deflated on its own or stored (what start-up needs, and what
//                 deflating does not make shorter)
//
// The index is `{ key, entries, elsewhere, codes }`. An entry is
// `[name, codeAt, codePacked, codeLength, sourceAt, sourcePacked, sourceLength]`
// with offsets from the start of the parts and 0 lengths for what is absent; a
// part whose packed length is its length is stored. Names are paths under Lib
// (`os.py`, `json/__init__.py`). `elsewhere` names what the other piece has, so
// that a module's existence is known before that piece is loaded, and `codes` how many of them, from
// the first, have code there.
//
// Code is marshal data with the index of core/code/marshal_lazy.ts. Reading and inflating are the
// caller's: this file knows no host.

import type { PyCode } from "../../core/code/code.ts";
import type { MarshalHost } from "../../core/code/marshal.ts";
import { lazyCode } from "../../core/code/marshal_lazy.ts";

/** The number of the format: an archive of another number is built anew. */
export const ARCHIVE_FORMAT = 2;

/** The folder that modules of the archive seem to lie in. */
export const LIB_ROOT = "/gopy/lib/python3.14";

/** Inflates a raw deflate stream whose length is known. */
export type Inflate = (packed: Uint8Array, length: number) => Uint8Array;

/** `length` bytes of an archive from `at` on; nobody writes to them. */
export type ReadPart = (at: number, length: number) => Uint8Array;

/** What the archive has under a name. */
export interface ArchiveEntry {
  /** The marshalled code object, where it was compiled ahead. */
  code?: Uint8Array;
  /** The file's text or bytes. */
  source?: Uint8Array;
}

type Row = [string, number, number, number, number, number, number];

/** The index at an archive's start. */
export interface ArchiveIndex {
  key: string;
  entries: Row[];
  elsewhere: string[];
  codes: number;
}

const MAGIC = "gopylib";

/** One piece of the standard library. */
export class Archive {
  /** What it was made from and with: see `stdlib/pack.ts`. */
  readonly key: string;
  /** Names that the other piece has. */
  readonly elsewhere: ReadonlySet<string>;
  readonly #elsewhere: string[];
  readonly #codes: number;
  #codeElsewhere: Set<string> | undefined;
  readonly #rows = new Map<string, Row>();
  readonly #read: ReadPart;
  readonly #start: number;
  readonly #inflate: Inflate;
  #folders: Map<string, Set<string>> | undefined;

  private constructor(
    index: ArchiveIndex,
    read: ReadPart,
    start: number,
    inflate: Inflate,
  ) {
    this.key = index.key;
    this.elsewhere = new Set(index.elsewhere);
    this.#elsewhere = index.elsewhere;
    this.#codes = index.codes;
    for (const row of index.entries) this.#rows.set(row[0], row);
    this.#read = read;
    this.#start = start;
    this.#inflate = inflate;
  }

  /** Reads an archive; `undefined` for bytes that are none, or of another format. */
  static open(read: ReadPart, inflate: Inflate): Archive | undefined {
    const head = read(0, 12);
    if (head.length < 12) return undefined;
    for (let i = 0; i < MAGIC.length; i++) {
      if (head[i] !== MAGIC.charCodeAt(i)) return undefined;
    }
    if (head[7] !== ARCHIVE_FORMAT) return undefined;
    const length = new DataView(head.buffer, head.byteOffset, 12).getUint32(8, true);
    const index = JSON.parse(new TextDecoder().decode(read(12, length))) as ArchiveIndex;
    return new Archive(index, read, 12 + length, inflate);
  }

  /** The names of all entries. */
  names(): string[] {
    return [...this.#rows.keys()];
  }

  /** Whether there is an entry of this name. */
  has(name: string): boolean {
    return this.#rows.has(name);
  }

  #part(at: number, packed: number, length: number): Uint8Array {
    const bytes = this.#read(this.#start + at, packed);
    return packed === length ? bytes : this.#inflate(bytes, length);
  }

  /** The marshalled code object of an entry. */
  code(name: string): Uint8Array | undefined {
    const row = this.#rows.get(name);
    return row === undefined || row[3] === 0 ? undefined : this.#part(row[1], row[2], row[3]);
  }

  /** Whether the entry's text is here (an empty file's is). */
  hasSource(name: string): boolean {
    const row = this.#rows.get(name);
    return row !== undefined && (row[6] > 0 || row[3] === 0);
  }

  /** Whether the other piece has code of this name. */
  hasCodeElsewhere(name: string): boolean {
    return (this.#codeElsewhere ??= new Set(this.#elsewhere.slice(0, this.#codes))).has(name);
  }

  /** Length of an entry's text; undefined when it is not here. */
  size(name: string): number | undefined {
    return this.hasSource(name) ? this.#rows.get(name)![6] : undefined;
  }

  /** Length of the entry's code; undefined when there is none here. */
  codeSize(name: string): number | undefined {
    return this.#rows.get(name)?.[3] || undefined;
  }

  /** Whether the entry's code is here. */
  hasCode(name: string): boolean {
    const row = this.#rows.get(name);
    return row !== undefined && row[3] > 0;
  }

  /** The text or bytes of an entry. */
  source(name: string): Uint8Array | undefined {
    if (!this.hasSource(name)) return undefined;
    const row = this.#rows.get(name)!;
    return this.#part(row[4], row[5], row[6]);
  }

  /** Both parts of an entry. */
  get(name: string): ArchiveEntry | undefined {
    if (!this.has(name)) return undefined;
    return { code: this.code(name), source: this.source(name) };
  }

  /** The names right below a folder (`""` is Lib itself), folders without a slash. */
  list(folder: string): string[] | undefined {
    if (this.#folders === undefined) {
      this.#folders = new Map();
      for (const name of [...this.#rows.keys(), ...this.elsewhere]) {
        let path = name;
        while (path !== "") {
          const cut = path.lastIndexOf("/");
          const up = cut < 0 ? "" : path.slice(0, cut);
          let set = this.#folders.get(up);
          if (set === undefined) this.#folders.set(up, set = new Set());
          set.add(path.slice(cut + 1));
          path = up;
        }
      }
    }
    const set = this.#folders.get(folder);
    return set && [...set].sort();
  }
}

/** The whole library: `core`, and `rest` once it is there. */
export class Library {
  readonly #core: Archive;
  #rest: Archive | undefined;
  /** Buffers of files that were made of the library's own code: what is read from them is trusted. By the code's name. */
  readonly trusted: WeakMap<ArrayBufferLike, string> = new WeakMap();
  /** Code objects that were made, for all Interpreters. */
  readonly #made: Map<string, PyCode> = new Map();
  /** Fetches the second piece when something in it is asked for. */
  loader: (() => Archive | undefined) | undefined = undefined;

  /** A library of the first piece, or of both. */
  constructor(core: Archive, rest?: Archive) {
    this.#core = core;
    this.#rest = rest;
  }

  /** Whether both pieces are here. */
  get complete(): boolean {
    return this.#rest !== undefined || this.#core.elsewhere.size === 0;
  }

  /** Adds the second piece. */
  attach(rest: Archive): void {
    this.#rest = rest;
  }

  /** Whether the library has this name, in whichever piece. */
  has(name: string): boolean {
    return this.#core.has(name) || this.#core.elsewhere.has(name);
  }

  #other(): Archive | undefined {
    if (this.#rest === undefined && this.loader !== undefined) {
      const load = this.loader;
      this.loader = undefined;
      this.#rest = load();
    }
    return this.#rest;
  }

  /** Whether code or text of this name needs the second piece, which is not here yet. */
  needsRest(name: string, part: "any" | "source" = "any"): boolean {
    if (this.#rest !== undefined || !this.#core.elsewhere.has(name)) {
      return false;
    }
    return part === "source" ? !this.#core.hasSource(name) : !this.#core.has(name);
  }

  /** The marshalled code object of a name. */
  code(name: string): Uint8Array | undefined {
    if (this.#core.hasCode(name)) return this.#core.code(name);
    return this.#core.elsewhere.has(name) ? this.#other()?.code(name) : undefined;
  }

  /** Length of the marshalled code object of a name; undefined while it is not here. */
  codeSize(name: string): number | undefined {
    return this.#core.codeSize(name) ?? this.#rest?.codeSize(name);
  }

  /** The code object of a name, the same one for all Interpreters. */
  codeObject(name: string, bytes: () => Uint8Array, host: MarshalHost): PyCode {
    let code = this.#made.get(name);
    if (code === undefined) this.#made.set(name, code = lazyCode(bytes(), host));
    return code;
  }

  /** The text or bytes of a name. */
  source(name: string): Uint8Array | undefined {
    if (this.#core.hasSource(name)) return this.#core.source(name);
    return this.#core.elsewhere.has(name) ? this.#other()?.source(name) : undefined;
  }

  /** Length of the text of a name; undefined while it is not here. */
  size(name: string): number | undefined {
    return this.#core.size(name) ?? this.#rest?.size(name);
  }

  /** Whether there is code for a name. */
  hasCode(name: string): boolean {
    return this.#core.hasCode(name) || this.#core.hasCodeElsewhere(name);
  }

  /** Both parts of a name. */
  get(name: string): ArchiveEntry | undefined {
    if (!this.#core.has(name) && !this.#other()?.has(name)) return undefined;
    return { code: this.code(name), source: this.source(name) };
  }

  /** The names right below a folder. */
  list(folder: string): string[] | undefined {
    return this.#core.list(folder);
  }

  /** All names. */
  names(): string[] {
    return [...new Set([...this.#core.names(), ...this.#core.elsewhere])]
      .sort();
  }
}
