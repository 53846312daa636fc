// CPython 3.14: Objects/dictobject.c (the table), Include/internal/pycore_dict.h
//
// The dict. Entries stand in two parallel arrays, `keys` and `vals`, in order of insertion; a
// removed entry leaves a hole (undefined in both). What finds a key's entry is the strategy:
//
//   SMALL    nothing: a linear search over at most 8 entries
//   MAP      a JS Map from the key's normal form (below) to the entry's index; str keys mostly
//   INT      an open-addressing table over keys that are all JS numbers
//   GENERIC  the full 64-bit hash of every entry in `hashes` (low, high), and beyond 8 entries an
//            open-addressing table
//
// The first three serve "plain" keys only: exact str, int, bool, float and None, whose equality
// needs no guest code and no hash. A plain key has a normal form such that two plain keys are
// equal exactly when their normal forms are the same JS value: True and 1.0 have 1, a big integral
// float has the bigint, a wide str its UTF-16 form, None and a NaN are their own (so a NaN is
// found by identity). `odd` says that some key is not its own normal form. Any other key moves the
// dict to GENERIC for good (till clear()), where __hash__ and __eq__ are called exactly when
// CPython calls them: identity first, then equal hashes, then __eq__, and a search starts over if
// __eq__ changed the dict.
//
// Holes are closed when CPython's table would be rebuilt: `usable` counts down insertions and
// `log2` is the size of CPython's table, which is also the size of ours. So an iteration over a
// dict that changes sees what it sees in CPython, and sizes (`__sizeof__`) can be told.
//
// `kver` is a number that no other dict and no earlier state had; it changes with every change of
// the set of keys or of their places. Code that cached an entry's index reads `d.vals[index]` while
// `d.kver` is what it was. Values may change under an unchanged `kver`.

import { dictType, None, PyDictBase, type PyObject, PyTuple, type PyType, PyWideStr, type Value } from "./object.ts";
import { claim, cur } from "./state.ts";
import { keyError, memoryError, runtimeError } from "./errors.ts";
import { hashKey } from "./hash.ts";
import { nameValue } from "./names.ts";
import { hashDictKey, neverPlain, normKey, sameKey } from "./dict_keys.ts";
import "./dict_type.ts"; // what Python sees of dict

const SMALL = 0, MAP = 1, INT = 2, GENERIC = 3;
/** Entries (holes included) that are searched linearly. */
const SMALL_MAX = 8;
/** A JS Map throws at 2^24 entries: bigger tables are GENERIC. */
const MAP_LOG2 = 23;
/** Beyond it the host's arrays would throw. */
const MAX_LOG2 = 26;

/** The last `kver` given out. */
let kverCount = 0;

/** Entries a table of 2^log2 slots takes before it is rebuilt. */
function usableOf(log2: number): number {
  return ((2 << log2) / 3) | 0;
}

/** The smallest table of at least `n` slots. */
function log2For(n: number): number {
  let k = 3;
  while ((1 << k) < n) k++;
  return k;
}

/**
 * The entries of every dict that has had none. Never written to. It has been used for an object,
 * so that V8 takes its elements for what all other such arrays hold.
 */
const NONE_YET: (Value | undefined)[] = [None];
NONE_YET.pop();

/** A dict, or an instance of a subclass. */
export class PyDict extends PyDictBase {
  /** Keys in order of insertion, with holes and room at the end. Only this class writes to it. */
  declare keys: (Value | undefined)[];
  /** The values; others may replace a value at an index they know to be valid. */
  declare vals: (Value | undefined)[];
  /** Entries and holes: where the next entry goes. */
  declare end: number;
  declare size: number;
  declare kver: number;
  declare private strat: number;
  declare private odd: boolean;
  /** CPython's table would be a general one: some key was not an exact str. */
  declare private general: boolean;
  declare private usable: number;
  declare private log2: number;
  declare private map: Map<unknown, number> | undefined;
  declare private table: Int32Array | undefined;
  declare private hashes: number[] | undefined;

  constructor(cls: PyType = dictType) {
    super(cls);
    this.keys = NONE_YET;
    this.vals = NONE_YET;
    this.end = 0;
    this.size = 0;
    this.kver = 0;
    this.strat = SMALL;
    this.odd = false;
    this.general = false;
    this.usable = 0;
    this.log2 = 0;
    this.map = undefined;
    this.table = undefined;
    this.hashes = undefined;
  }

  // ---- finding -------------------------------------------------------------------------------

  /** Index of a str key given in UTF-16 form, or -1. */
  indexOfStr(key: string): number {
    if (this.strat === SMALL) return this.scan(key);
    if (this.strat === MAP) {
      const i = (this.map as Map<unknown, number>).get(key);
      return i === undefined ? -1 : i;
    }
    if (this.strat === INT) return -1;
    return this.find(nameValue(key));
  }

  /** Index of a key, or -1; may run `__hash__` and `__eq__`. */
  find(key: Value): number {
    if (this.strat === GENERIC) {
      const lo = hashDictKey(key);
      return this.findGeneric(key, lo, cur.hashHi);
    }
    if (typeof key === "string") return this.indexOfStr(key);
    if (typeof key === "number") {
      if (this.strat === INT) return this.findInt(key);
      if (this.strat === SMALL) return this.scan(key);
    }
    const norm = normKey(key);
    if (norm !== undefined) return this.findNorm(norm);
    const lo = hashDictKey(key);
    return this.findKnown(key, lo, cur.hashHi);
  }

  /** `find` for a key whose hash is known. */
  findKnown(key: Value, lo: number, hi: number): number {
    if (this.strat !== GENERIC) {
      const norm = normKey(key);
      if (norm !== undefined) return this.findNorm(norm);
      if (this.size === 0 || neverPlain((key as PyObject).cls)) return -1;
      this.toGeneric();
    }
    return this.findGeneric(key, lo, hi);
  }

  /** Linear search for a str or a number. */
  private scan(key: string | number): number {
    const keys = this.keys;
    for (let i = 0; i < keys.length; i++) if (keys[i] === key) return i;
    return this.odd ? this.scanOdd(key) : -1;
  }

  private findNorm(norm: unknown): number {
    switch (this.strat) {
      case SMALL: {
        if (this.odd) return this.scanOdd(norm);
        return this.keys.indexOf(norm as Value);
      }
      case MAP: {
        const i = (this.map as Map<unknown, number>).get(norm);
        return i === undefined ? -1 : i;
      }
      default:
        return typeof norm === "number" ? this.findInt(norm) : -1;
    }
  }

  private scanOdd(norm: unknown): number {
    const keys = this.keys;
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i];
      if (k !== undefined && normKey(k) === norm) return i;
    }
    return -1;
  }

  private findInt(k: number): number {
    const table = this.table as Int32Array, keys = this.keys;
    const mask = table.length - 1;
    let p = intHash(k);
    for (let i = p & mask;;) {
      const e = table[i];
      if (e === 0) return -1;
      if (e > 0 && keys[e - 1] === k) return e - 1;
      p >>>= 5;
      i = (i * 5 + p + 1) & mask;
    }
  }

  private findGeneric(key: Value, lo: number, hi: number): number {
    for (;;) {
      const i = this.table === undefined ? this.scanHashes(key, lo, hi) : this.probeHashes(this.table, key, lo, hi);
      if (i !== CHANGED) return i;
    }
  }

  private scanHashes(key: Value, lo: number, hi: number): number {
    const keys = this.keys, hashes = this.hashes as number[];
    for (let i = 0; i < this.end; i++) {
      if (hashes[2 * i] !== lo || hashes[2 * i + 1] !== hi) continue;
      const k = keys[i];
      if (k === key && k !== undefined) return i;
      if (
        k === undefined || (typeof k !== "object" && typeof k === typeof key)
      ) {
        continue;
      }
      const same = sameKey(k, key);
      if (this.keys !== keys || keys[i] !== k || this.hashes !== hashes) {
        return CHANGED;
      }
      if (same) return i;
    }
    return -1;
  }

  private probeHashes(
    table: Int32Array,
    key: Value,
    lo: number,
    hi: number,
  ): number {
    const keys = this.keys, hashes = this.hashes as number[];
    const mask = table.length - 1;
    let plo = lo, phi = hi;
    for (let i = lo & mask;;) {
      const e = table[i] - 1;
      if (e === -1) return -1;
      if (e >= 0 && hashes[2 * e] === lo && hashes[2 * e + 1] === hi) {
        const k = keys[e] as Value;
        if (k === key) return e;
        if (typeof k === "object" || typeof k !== typeof key) {
          const same = sameKey(k, key);
          if (this.table !== table || this.keys !== keys || keys[e] !== k) {
            return CHANGED;
          }
          if (same) return e;
        }
      }
      plo = (plo >>> 5) | (phi << 27);
      phi >>>= 5;
      i = (Math.imul(i, 5) + plo + 1) & mask;
    }
  }

  // ---- reading -------------------------------------------------------------------------------

  override getStr(key: string): Value | undefined {
    const i = this.indexOfStr(key);
    return i < 0 ? undefined : this.vals[i];
  }

  override get(key: Value): Value | undefined {
    const i = this.find(key);
    return i < 0 ? undefined : this.vals[i];
  }

  has(key: Value): boolean {
    return this.find(key) >= 0;
  }

  /** The first index from `i` on that holds an entry, or -1. Reads the dict as it is now. */
  nextIndex(i: number): number {
    const keys = this.keys;
    for (; i < keys.length; i++) if (keys[i] !== undefined) return i;
    return -1;
  }

  /** Hash of the key at `i` (an entry); runs no guest code. */
  hashAt(i: number): number {
    if (this.strat === GENERIC) {
      const hashes = this.hashes as number[];
      cur.hashHi = hashes[2 * i + 1];
      return hashes[2 * i];
    }
    return hashKey(this.keys[i] as Value);
  }

  /** The keys, without holes. */
  keyArray(): Value[] {
    if (this.size === this.end) return this.keys.slice(0, this.end) as Value[];
    return this.keys.filter((k) => k !== undefined) as Value[];
  }

  /** The values, without holes. */
  valueArray(): Value[] {
    if (this.size === this.end) return this.vals.slice(0, this.end) as Value[];
    return this.vals.filter((_, i) => this.keys[i] !== undefined) as Value[];
  }

  /** The items as pairs: a snapshot, for natives. */
  entries(): [Value, Value][] {
    const out: [Value, Value][] = [], keys = this.keys, vals = this.vals;
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i];
      if (k !== undefined) out.push([k, vals[i] as Value]);
    }
    return out;
  }

  /** The items as tuples. */
  itemArray(): Value[] {
    const out: Value[] = [], keys = this.keys, vals = this.vals;
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i];
      if (k !== undefined) out.push(new PyTuple([k, vals[i] as Value]));
    }
    return out;
  }

  // ---- writing -------------------------------------------------------------------------------

  override setStr(key: string, value: Value): void {
    const s = this.strat;
    if (s === SMALL || s === MAP) {
      const i = this.indexOfStr(key);
      if (i >= 0) this.vals[i] = value;
      else this.add(nameValue(key), value, key);
    } else this.set(nameValue(key), value);
  }

  override set(key: Value, value: Value): void {
    const s = this.strat;
    if (typeof key === "string") {
      if (s === SMALL || s === MAP) {
        const i = this.indexOfStr(key);
        if (i >= 0) this.vals[i] = value;
        else this.add(key, value, key);
        return;
      }
    } else if (typeof key === "number" && (s === INT || s === SMALL)) {
      const i = s === INT ? this.findInt(key) : this.scan(key);
      if (i >= 0) this.vals[i] = value;
      else this.add(key, value, key);
      return;
    }
    this.setSlow(key, value);
  }

  private setSlow(key: Value, value: Value): void {
    if (this.strat !== GENERIC) {
      const norm = normKey(key);
      if (norm !== undefined) {
        const i = this.findNorm(norm);
        if (i >= 0) this.vals[i] = value;
        else this.add(key, value, norm);
        return;
      }
    }
    const lo = hashDictKey(key);
    this.setKnown(key, lo, cur.hashHi, value);
  }

  /** `set` for a key whose hash is known. */
  setKnown(key: Value, lo: number, hi: number, value: Value): void {
    const i = this.findKnown(key, lo, hi);
    if (i >= 0) this.vals[i] = value;
    else this.addKnown(key, lo, hi, value);
  }

  /** Value of `key`; if it is absent, inserts `value` and returns that. */
  setDefault(key: Value, value: Value): Value {
    let lo = 0, hi = 0;
    const plain = typeof key !== "object" && this.strat !== GENERIC;
    if (!plain) {
      lo = hashDictKey(key);
      hi = cur.hashHi;
    }
    const i = plain ? this.find(key) : this.findKnown(key, lo, hi);
    if (i >= 0) return this.vals[i] as Value;
    if (plain) this.add(key, value, normKey(key));
    else this.addKnown(key, lo, hi, value);
    return value;
  }

  /** Appends an entry that is known to be absent. */
  private addKnown(key: Value, lo: number, hi: number, value: Value): void {
    if (this.strat !== GENERIC) {
      const norm = normKey(key);
      if (norm !== undefined) return this.add(key, value, norm);
      this.toGeneric();
    }
    if (!this.general) this.becomeGeneral(key);
    if (this.usable <= 0) this.grow();
    this.appendGeneric(key, lo, hi, value);
  }

  private appendGeneric(
    key: Value,
    lo: number,
    hi: number,
    value: Value,
  ): void {
    const i = this.end;
    if (this.table !== undefined) tableAdd(this.table, lo, hi, i);
    const hashes = this.hashes as number[];
    hashes[2 * i] = lo;
    hashes[2 * i + 1] = hi;
    this.append(key, value);
    if (i === SMALL_MAX && this.table === undefined) this.index();
  }

  /** Puts an entry at the end; finding it is the caller's business. */
  private append(key: Value, value: Value): void {
    const i = this.end++, keys = this.keys;
    if (i < keys.length) {
      keys[i] = key;
      this.vals[i] = value;
    } else if (i === 0) {
      this.keys = [key, undefined, undefined, undefined, undefined];
      this.vals = [value, undefined, undefined, undefined, undefined];
    } else {
      keys.push(key);
      this.vals.push(value);
    }
    this.size++;
    this.usable--;
    this.kver = ++kverCount;
  }

  /** Appends a plain key that is known to be absent. */
  private add(key: Value, value: Value, norm: unknown): void {
    if (!this.general && typeof key !== "string") this.becomeGeneral(key);
    if (this.usable <= 0) this.grow();
    const i = this.end;
    if (this.strat === SMALL && i >= SMALL_MAX) this.leaveSmall(key);
    if (this.strat === INT && typeof key !== "number") this.toMap();
    switch (this.strat) {
      case MAP:
        (this.map as Map<unknown, number>).set(norm, i);
        break;
      case INT: {
        const table = this.table as Int32Array, mask = table.length - 1;
        let p = intHash(key as number), at = p & mask;
        while (table[at] > 0) {
          p >>>= 5;
          at = (at * 5 + p + 1) & mask;
        }
        table[at] = i + 1;
        break;
      }
      case GENERIC: {
        const lo = hashKey(key);
        return this.appendGeneric(key, lo, cur.hashHi, value);
      }
    }
    if (key !== norm) this.odd = true;
    this.append(key, value);
  }

  override deleteStr(key: string): Value | undefined {
    const i = this.indexOfStr(key);
    return i < 0 ? undefined : this.removeAt(i);
  }

  override delete(key: Value): Value | undefined {
    const i = this.find(key);
    return i < 0 ? undefined : this.removeAt(i);
  }

  /** Removes the entry at `i` and returns its value. */
  removeAt(i: number): Value {
    const old = this.vals[i] as Value;
    this.unindex(i);
    this.keys[i] = undefined;
    this.vals[i] = undefined;
    this.size--;
    this.kver = ++kverCount;
    return old;
  }

  private unindex(i: number): void {
    if (this.map !== undefined) {
      this.map.delete(normKey(this.keys[i] as Value));
    } else if (this.table !== undefined) {
      const table = this.table, mask = table.length - 1;
      if (this.strat === INT) {
        let p = intHash(this.keys[i] as number), at = p & mask;
        while (table[at] !== i + 1) {
          p >>>= 5;
          at = (at * 5 + p + 1) & mask;
        }
        table[at] = -1;
      } else {
        const hashes = this.hashes as number[];
        let lo = hashes[2 * i], hi = hashes[2 * i + 1], at = lo & mask;
        while (table[at] !== i + 1) {
          lo = (lo >>> 5) | (hi << 27);
          hi >>>= 5;
          at = (Math.imul(at, 5) + lo + 1) & mask;
        }
        table[at] = -1;
      }
    }
  }

  /** Removes the newest entry; undefined if there is none. */
  popLast(): [Value, Value] | undefined {
    if (this.size === 0) return undefined;
    const keys = this.keys;
    let i = this.end - 1;
    while (keys[i] === undefined) i--;
    const key = keys[i] as Value;
    const val = this.removeAt(i);
    this.end = i;
    return [key, val];
  }

  clear(): void {
    if (this.log2 === 0) return;
    this.reset();
    this.kver = ++kverCount;
  }

  private reset(): void {
    this.keys = NONE_YET;
    this.vals = NONE_YET;
    this.end = 0;
    this.size = 0;
    this.strat = SMALL;
    this.odd = false;
    this.general = false;
    this.usable = 0;
    this.log2 = 0;
    this.map = undefined;
    this.table = undefined;
    this.hashes = undefined;
  }

  // ---- strategies and sizes ------------------------------------------------------------------

  /** Rebuilds for further insertions: closes the holes and enlarges the table. */
  private grow(): void {
    if (this.log2 === 0) {
      this.log2 = 3;
      this.usable = 5;
    } else this.resize(log2For(this.size * 3));
  }

  /** Makes room for `n` more entries, as CPython presizes; `general`: not all keys will be str. */
  reserve(n: number, general: boolean): void {
    if (usableOf(this.log2) >= n) return;
    if (general) this.general = true;
    this.resize(log2For(Math.floor(((this.size + n) * 3 + 1) / 2)));
  }

  /** CPython rebuilds a table of str keys when the first other key comes. */
  private becomeGeneral(key: Value): void {
    if (typeof key === "string" || key instanceof PyWideStr) return;
    this.general = true;
    if (this.log2 > 0) this.grow();
  }

  /** Has CPython's table room for keys of any kind? */
  isGeneral(): boolean {
    return this.general;
  }

  private resize(log2: number): void {
    if (log2 > MAX_LOG2) throw memoryError();
    claim(2 ** log2 * 16);
    this.log2 = log2;
    this.usable = usableOf(log2) - this.size;
    const holes = this.end !== this.size;
    if (holes) this.compact();
    if (this.strat === MAP) {
      if (log2 > MAP_LOG2) this.toGeneric();
      else if (holes) this.index();
    } else if (this.table !== undefined) this.index();
  }

  private compact(): void {
    const keys = this.keys, vals = this.vals, hashes = this.hashes;
    const nk: Value[] = [], nv: Value[] = [];
    const nh: number[] | undefined = hashes === undefined ? undefined : [];
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i];
      if (k === undefined) continue;
      nk.push(k);
      nv.push(vals[i] as Value);
      if (nh !== undefined) {
        nh.push((hashes as number[])[2 * i], (hashes as number[])[2 * i + 1]);
      }
    }
    this.keys = nk;
    this.vals = nv;
    this.end = nk.length;
    this.hashes = nh;
    this.kver = ++kverCount;
    this.renumbered(keys);
  }

  /** The holes of `old`, the array that was `keys`, have been closed (for OrderedDict). */
  protected renumbered(_old: (Value | undefined)[]): void {}

  /** Builds `map` or `table` anew from the entries. */
  private index(): void {
    const keys = this.keys;
    if (this.strat === MAP) {
      const map = new Map<unknown, number>();
      for (let i = 0; i < keys.length; i++) {
        const k = keys[i];
        if (k !== undefined) map.set(typeof k === "string" ? k : normKey(k), i);
      }
      this.map = map;
      return;
    }
    const table = this.table = new Int32Array(2 ** this.log2);
    const mask = table.length - 1;
    const hashes = this.hashes as number[];
    const ints = this.strat === INT;
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i];
      if (k === undefined) continue;
      if (ints) {
        let p = intHash(k as number), at = p & mask;
        while (table[at] > 0) {
          p >>>= 5;
          at = (at * 5 + p + 1) & mask;
        }
        table[at] = i + 1;
      } else tableAdd(table, hashes[2 * i], hashes[2 * i + 1], i);
    }
  }

  /** The linear search has become too long; `key` is about to be added. */
  private leaveSmall(key: Value): void {
    let ints = typeof key === "number";
    for (const k of this.keys) {
      if (k !== undefined && typeof k !== "number") {
        ints = false;
        break;
      }
    }
    this.strat = ints ? INT : MAP;
    this.index();
  }

  private toMap(): void {
    this.table = undefined;
    this.strat = MAP;
    if (this.log2 > MAP_LOG2) this.toGeneric();
    else this.index();
  }

  private toGeneric(): void {
    const keys = this.keys;
    const hashes: number[] = [];
    for (let i = 0; i < this.end; i++) {
      const k = keys[i];
      if (k === undefined) hashes.push(0, 0);
      else {
        const lo = hashKey(k);
        hashes.push(lo, cur.hashHi);
      }
    }
    this.hashes = hashes;
    this.map = undefined;
    this.table = undefined;
    this.odd = false;
    this.strat = GENERIC;
    if (this.end > SMALL_MAX) this.index();
  }

  /** Size of CPython's keys object in bytes, for `__sizeof__`. */
  keysBytes(): number {
    const k = this.log2;
    if (k === 0) return 0;
    const indexBytes = 2 ** k * (k < 8 ? 1 : k < 16 ? 2 : 4);
    return 32 + indexBytes + usableOf(k) * (this.general ? 24 : 16);
  }

  /** Slots of CPython's table. */
  tableSize(): number {
    return this.log2 === 0 ? 0 : 2 ** this.log2;
  }

  // ---- whole dicts ---------------------------------------------------------------------------

  /** A plain dict with the same entries. */
  copy(): PyDict {
    return dictCopy(this);
  }

  /** Makes this empty dict a copy of `other`, holes and all. */
  adopt(other: PyDict): void {
    this.keys = other.keys.slice();
    this.vals = other.vals.slice();
    this.end = other.end;
    this.size = other.size;
    this.strat = other.strat;
    this.odd = other.odd;
    this.general = other.general;
    this.usable = other.usable;
    this.log2 = other.log2;
    this.map = other.map === undefined ? undefined : new Map(other.map);
    this.table = other.table?.slice();
    this.hashes = other.hashes?.slice();
    this.kver = ++kverCount;
  }

  /** Has the table no holes and about the size that its entries need? */
  isClean(): boolean {
    return this.end === this.size &&
      (this.log2 === 3 || usableOf(this.log2 - 1) < this.size);
  }

  /** Gives this dict the entries of `other`, and `other` those of this one. */
  swap(other: PyDict): void {
    const t = new PyDict();
    t.take(this);
    this.take(other);
    other.take(t);
  }

  private take(o: PyDict): void {
    this.keys = o.keys;
    this.vals = o.vals;
    this.end = o.end;
    this.size = o.size;
    this.strat = o.strat;
    this.odd = o.odd;
    this.general = o.general;
    this.usable = o.usable;
    this.log2 = o.log2;
    this.map = o.map;
    this.table = o.table;
    this.hashes = o.hashes;
    this.kver = ++kverCount;
  }
}

/** A search has to start over: the comparison changed the dict. */
const CHANGED = -2;

/** The low word that INT tables probe with. */
function intHash(k: number): number {
  const lo = k | 0;
  return lo === k ? lo : lo ^ Math.imul(Math.floor(k / 4294967296), 0x9e3779b1);
}

/** Enters entry `i` of an absent key into a table. */
function tableAdd(
  table: Int32Array,
  lo: number,
  hi: number,
  i: number,
): void {
  const mask = table.length - 1;
  let at = lo & mask;
  while (table[at] > 0) {
    lo = (lo >>> 5) | (hi << 27);
    hi >>>= 5;
    at = (Math.imul(at, 5) + lo + 1) & mask;
  }
  table[at] = i + 1;
}

// ---- what the VM and other types use -------------------------------------------------------

export function newDict(): PyDict {
  return new PyDict();
}

/** A plain dict with the entries of `d` (`PyDict_Copy`). */
export function dictCopy(d: PyDict): PyDict {
  const r = new PyDict();
  if (d.size === 0) return r;
  if (d.size >= Math.floor(d.end * 2 / 3)) r.adopt(d);
  else mergeEntries(r, d, REPLACE);
  return r;
}

/** A dict of `k0, v0, k1, v1, ...` (BUILD_MAP). */
export function buildDictN(items: readonly Value[]): PyDict {
  const d = new PyDict();
  if (items.length > 10) {
    let general = false;
    for (let i = 0; i < items.length; i += 2) {
      if (typeof items[i] !== "string") general = true;
    }
    d.reserve(items.length >> 1, general);
  }
  for (let i = 0; i < items.length; i += 2) d.set(items[i], items[i + 1]);
  return d;
}

/** A dict of str keys (UTF-16 forms) and values. */
export function dictFromPairs(
  pairs: Iterable<readonly [string, Value]>,
): PyDict {
  const d = new PyDict();
  for (const [k, v] of pairs) d.setStr(k, v);
  return d;
}

/** Keeps what `a` has / replaces it / raises KeyError for a key that both have. */
export const KEEP = 0, REPLACE = 1, REFUSE = 2;

/** Puts the entries of dict `b` into `a` without looking at overridden methods. */
export function mergeEntries(a: PyDict, b: PyDict, mode: number): void {
  if (a === b || b.size === 0) return;
  if (a.size === 0) {
    mode = REPLACE;
    if (b.isClean()) return a.adopt(b);
  }
  a.reserve(b.size, b.isGeneral());
  const n = b.size;
  for (let i = b.nextIndex(0); i >= 0; i = b.nextIndex(i + 1)) {
    const key = b.keys[i] as Value, value = b.vals[i] as Value;
    if (typeof key !== "object") {
      if (mode === REPLACE || a.find(key) < 0) a.set(key, value);
      else if (mode === REFUSE) throw keyError(key);
    } else {
      const lo = b.hashAt(i), hi = cur.hashHi;
      if (mode === REPLACE || a.findKnown(key, lo, hi) < 0) {
        a.setKnown(key, lo, hi, value);
      } else if (mode === REFUSE) throw keyError(key);
    }
    if (b.size !== n) throw runtimeError("dict mutated during update");
    cur.tick(1);
  }
}
