// CPython 3.14: the role of Lib/ and of Python/frozen.c
//
// The standard library as one block of bytes. It is written by
// `stdlib/pack.ts`, and comes in two pieces: `core`, what nearly every program
// imports, and `rest`. Layout, numbers little-endian:
//
//   0   8 bytes   "gopylib" and the format's number
//   8   u32       length of the deflated index
//   12  u32       length of the index
//   16  bytes     the index: JSON, deflated
//   ..  bytes     the parts, each deflated on its own (or stored, where that is shorter)
//
// The index is `{ key, entries, elsewhere }`. An entry is
// `[name, codeAt, codePacked, codeLength, sourceAt, sourcePacked, sourceLength]`
// with offsets from the start of the parts and 0 lengths for what is absent; a
// part whose packed length is its length is stored. Names are paths under Lib
// (`os.py`, `json/__init__.py`). `elsewhere` names what the other piece has, so
// that a module's existence is known before that piece is loaded.
//
// Inflating is the caller's: this file knows no host.

/** The number of the format: an archive of another number is built anew. */
export const ARCHIVE_FORMAT = 1;

/** The folder that modules of the archive seem to lie in. */
export const LIB_ROOT = "/gopy/lib/python3.14";

/** Inflates a raw deflate stream whose length is known. */
export type Inflate = (packed: Uint8Array, length: number) => Uint8Array;

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
}

const MAGIC = "gopylib";

/** One piece of the standard library. */
export class Archive {
  /** What it was made from and with: see `stdlib/pack.ts`. */
  readonly key: string;
  /** Names that the other piece has. */
  readonly elsewhere: ReadonlySet<string>;
  readonly #rows = new Map<string, Row>();
  readonly #parts: Uint8Array;
  readonly #inflate: Inflate;
  #folders: Map<string, Set<string>> | undefined;

  private constructor(
    index: ArchiveIndex,
    parts: Uint8Array,
    inflate: Inflate,
  ) {
    this.key = index.key;
    this.elsewhere = new Set(index.elsewhere);
    for (const row of index.entries) this.#rows.set(row[0], row);
    this.#parts = parts;
    this.#inflate = inflate;
  }

  /** Reads an archive; `undefined` for bytes that are none, or of another format. */
  static open(bytes: Uint8Array, inflate: Inflate): Archive | undefined {
    if (bytes.length < 16) return undefined;
    for (let i = 0; i < MAGIC.length; i++) {
      if (bytes[i] !== MAGIC.charCodeAt(i)) return undefined;
    }
    if (bytes[7] !== ARCHIVE_FORMAT) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
    const packed = view.getUint32(8, true), length = view.getUint32(12, true);
    const text = inflate(bytes.subarray(16, 16 + packed), length);
    const index = JSON.parse(new TextDecoder().decode(text)) as ArchiveIndex;
    return new Archive(index, bytes.subarray(16 + packed), inflate);
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
    const bytes = this.#parts.subarray(at, at + packed);
    return packed === length ? bytes.slice() : this.#inflate(bytes, length);
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

  /** Length of an entry's text; undefined when it is not here. */
  size(name: string): number | undefined {
    return this.hasSource(name) ? this.#rows.get(name)![6] : undefined;
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

  /** The text or bytes of a name. */
  source(name: string): Uint8Array | undefined {
    if (this.#core.hasSource(name)) return this.#core.source(name);
    return this.#core.elsewhere.has(name) ? this.#other()?.source(name) : undefined;
  }

  /** Length of the text of a name; undefined while it is not here. */
  size(name: string): number | undefined {
    return this.#core.size(name) ?? this.#rest?.size(name);
  }

  /** Whether there is code for a name (fetches the second piece to know, if need be). */
  hasCode(name: string): boolean {
    if (this.#core.hasCode(name)) return true;
    return this.#core.elsewhere.has(name) &&
      (this.#other()?.hasCode(name) ?? false);
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
