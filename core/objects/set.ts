// CPython 3.14: Objects/setobject.c (the table)
//
// set and frozenset. The order in which a set is iterated can be seen, so the table is CPython's
// own: open addressing over 2^n slots, ten neighbouring slots at a time, then a jump decided by
// the upper bits of the hash; the same sizes, the same moments of growth, the same slot for an
// element that comes after a removal. `tab[i]` is an element, undefined (never used) or null (a
// removed element, "dummy"); `hs` holds the 64-bit hash of slot i at 2i (low) and 2i + 1 (high).
// `fill` counts elements and dummies.
//
// Elements' __eq__ may change the set that is searched: then a search starts over.

import { frozensetType, isSubtype, None, PyObject, type PyType, setType, type Value } from "./object.ts";
import { claim, cur } from "./state.ts";
import { memoryError } from "./errors.ts";
import { hashKey, umulh } from "./hash.ts";
import { sameKey, unhashableAs } from "./dict_keys.ts";
import "./set_type.ts"; // what Python sees of set and frozenset

/** Slots of the smallest table. */
const MIN_SIZE = 8;
/** How many neighbours of a slot are looked at before jumping. */
const LINEAR_PROBES = 9;
/** Beyond it the host's arrays would throw. */
const MAX_SIZE = 2 ** 26;

type Slot = Value | undefined | null;

/** hash() of a set element, with the error text that names the use. */
export function hashElement(key: Value): number {
  if (typeof key !== "object") return hashKey(key);
  try {
    return hashKey(key);
  } catch (e) {
    throw unhashableAs(e, key, "set element");
  }
}

function emptyTable(size: number): Slot[] {
  if (size <= 2 ** 24) {
    // holes read as undefined; the object makes room for any value
    const t = new Array<Slot>(size);
    t[0] = None;
    t[0] = undefined;
    return t;
  }
  const t: Slot[] = [];
  for (let i = 0; i < size; i++) t.push(undefined);
  return t;
}

function emptyHashes(size: number): Int32Array | number[] {
  if (size > MIN_SIZE) return new Int32Array(2 * size);
  return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
}

/** A set, a frozenset, or an instance of a subclass. */
export class PySet extends PyObject {
  /** Number of elements. */
  used = 0;
  fill = 0;
  mask = MIN_SIZE - 1;
  /** Where pop() goes on looking. */
  finger = 0;
  tab: Slot[] = [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ];
  /** A plain array while the table is the smallest: making a typed one takes much longer. */
  hs: Int32Array | number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  /** A frozenset's own hash, once known. */
  hashed: { lo: number; hi: number } | undefined = undefined;

  constructor(cls: PyType = setType) {
    super(cls);
  }

  // ---- searching -----------------------------------------------------------------------------

  /** Slot of an element whose hash is known, or -1. */
  findKnown(key: Value, lo: number, hi: number): number {
    search: for (;;) {
      const tab = this.tab, hs = this.hs, mask = this.mask;
      let plo = lo, phi = hi;
      for (let i = lo & mask;;) {
        const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
        for (let j = i; j <= last; j++) {
          const k = tab[j];
          if (k === undefined) return -1;
          if (k === null || hs[2 * j] !== lo || hs[2 * j + 1] !== hi) continue;
          if (k === key) return j;
          if (typeof k !== "object" && typeof k === typeof key) continue;
          const same = sameKey(k, key);
          if (this.tab !== tab || tab[j] !== k) continue search;
          if (same) return j;
        }
        plo = (plo >>> 5) | (phi << 27);
        phi >>>= 5;
        i = (Math.imul(i, 5) + 1 + plo) & mask;
      }
    }
  }

  /** Is the element in the set? */
  has(key: Value): boolean {
    const lo = hashElement(key);
    return this.findKnown(key, lo, cur.hashHi) >= 0;
  }

  /** The first slot from `i` on that holds an element, or -1. Reads the set as it is now. */
  nextIndex(i: number): number {
    const tab = this.tab;
    for (; i < tab.length; i++) {
      const k = tab[i];
      if (k !== undefined && k !== null) return i;
    }
    return -1;
  }

  /** The elements in order of iteration. */
  items(): Value[] {
    const out: Value[] = [];
    for (const k of this.tab) if (k !== undefined && k !== null) out.push(k);
    return out;
  }

  // ---- changing ------------------------------------------------------------------------------

  add(key: Value): void {
    const lo = hashElement(key);
    this.addKnown(key, lo, cur.hashHi);
  }

  /** Adds an element whose hash is known. */
  addKnown(key: Value, lo: number, hi: number): void {
    search: for (;;) {
      const tab = this.tab, hs = this.hs, mask = this.mask;
      let plo = lo, phi = hi, free = -1;
      for (let i = lo & mask;;) {
        const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
        for (let j = i; j <= last; j++) {
          const k = tab[j];
          if (k === undefined) {
            this.used++;
            if (free >= 0) j = free;
            else this.fill++;
            tab[j] = key;
            hs[2 * j] = lo;
            hs[2 * j + 1] = hi;
            if (free < 0 && this.fill * 5 >= mask * 3) this.resizeForMore();
            return;
          }
          if (k === null) {
            free = j;
            continue;
          }
          if (hs[2 * j] !== lo || hs[2 * j + 1] !== hi) continue;
          if (k === key) return;
          if (typeof k !== "object" && typeof k === typeof key) continue;
          if (sameKey(k, key)) return;
          if (this.tab !== tab || tab[j] !== k) continue search;
        }
        plo = (plo >>> 5) | (phi << 27);
        phi >>>= 5;
        i = (Math.imul(i, 5) + 1 + plo) & mask;
      }
    }
  }

  /** Removes an element; false if it is not there. */
  discard(key: Value): boolean {
    const lo = hashElement(key);
    return this.discardKnown(key, lo, cur.hashHi);
  }

  /** Removes an element whose hash is known; false if it is not there. */
  discardKnown(key: Value, lo: number, hi: number): boolean {
    const i = this.findKnown(key, lo, hi);
    if (i < 0) return false;
    this.removeAt(i);
    return true;
  }

  private removeAt(i: number): void {
    this.tab[i] = null;
    this.hs[2 * i] = this.hs[2 * i + 1] = -1;
    this.used--;
  }

  /** Removes and returns some element; undefined if there is none. */
  popAny(): Value | undefined {
    if (this.used === 0) return undefined;
    const tab = this.tab;
    let i = this.finger & this.mask;
    for (;;) {
      const k = tab[i];
      if (k !== undefined && k !== null) {
        this.removeAt(i);
        this.finger = i + 1;
        return k;
      }
      i = i === this.mask ? 0 : i + 1;
    }
  }

  clear(): void {
    if (this.fill === 0 && this.mask === MIN_SIZE - 1) return;
    this.used = this.fill = 0;
    this.mask = MIN_SIZE - 1;
    this.tab = emptyTable(MIN_SIZE);
    this.hs = emptyHashes(MIN_SIZE);
    this.hashed = undefined;
  }

  /** Exchanges the contents of two sets. */
  swap(b: PySet): void {
    let n = this.used;
    this.used = b.used;
    b.used = n;
    n = this.fill;
    this.fill = b.fill;
    b.fill = n;
    n = this.mask;
    this.mask = b.mask;
    b.mask = n;
    const t = this.tab;
    this.tab = b.tab;
    b.tab = t;
    const h = this.hs;
    this.hs = b.hs;
    b.hs = h;
    this.hashed = b.hashed = undefined;
  }

  /** The table has become too full, or too full of dummies. */
  resizeForMore(): void {
    this.resize(this.used > 50000 ? this.used * 2 : this.used * 4);
  }

  /** Moves the elements, in table order, to a table of more than `min` slots. */
  resize(min: number): void {
    let size = MIN_SIZE;
    while (size <= min) size *= 2;
    if (size > MAX_SIZE) throw memoryError();
    claim(size * 16);
    const old = this.tab, oldHs = this.hs;
    if (
      size === MIN_SIZE && old.length === MIN_SIZE && this.fill === this.used
    ) return;
    const tab = this.tab = emptyTable(size);
    const hs = this.hs = emptyHashes(size);
    const mask = this.mask = size - 1;
    this.fill = this.used;
    for (let i = 0; i < old.length; i++) {
      const k = old[i];
      if (k !== undefined && k !== null) {
        insertClean(tab, hs, mask, k, oldHs[2 * i], oldHs[2 * i + 1]);
      }
    }
    cur.tick(size);
  }

  /** Adds the elements of another set. */
  merge(other: PySet): void {
    if (other === this || other.used === 0) return;
    if ((this.fill + other.used) * 5 >= this.mask * 3) {
      this.resize((this.used + other.used) * 2);
    }
    if (this.fill === 0) {
      this.used = other.used;
      if (this.mask === other.mask && other.fill === other.used) {
        this.fill = other.fill;
        this.tab = other.tab.slice();
        this.hs = other.hs.slice();
        return;
      }
      this.fill = other.used;
      const { tab, hs, mask } = this, ohs = other.hs, otab = other.tab;
      for (let i = 0; i < otab.length; i++) {
        const k = otab[i];
        if (k !== undefined && k !== null) {
          insertClean(tab, hs, mask, k, ohs[2 * i], ohs[2 * i + 1]);
        }
      }
      return;
    }
    for (let i = other.nextIndex(0); i >= 0; i = other.nextIndex(i + 1)) {
      this.addKnown(
        other.tab[i] as Value,
        other.hs[2 * i],
        other.hs[2 * i + 1],
      );
      cur.tick(1);
    }
  }

  /** hash() of the frozenset with these elements; the high half is left in `cur.hashHi`. */
  contentHash(): number {
    const tab = this.tab, hs = this.hs;
    let lo = 0, hi = 0;
    for (let i = 0; i < tab.length; i++) {
      const k = tab[i];
      if (k === undefined || k === null) continue;
      const a = hs[2 * i], b = hs[2 * i + 1];
      const slo = a ^ 89869747 ^ (a << 16);
      const shi = b ^ ((b << 16) | (a >>> 16));
      lo ^= Math.imul(slo, SHUFFLE);
      hi ^= umulh(slo, SHUFFLE) + Math.imul(shi, SHUFFLE);
    }
    const n = this.used + 1;
    lo ^= Math.imul(n, 1927868237);
    hi ^= umulh(n, 1927868237);
    // h ^= (h >> 11) ^ (h >> 25)
    const xlo = lo ^ ((lo >>> 11) | (hi << 21)) ^ ((lo >>> 25) | (hi << 7));
    const xhi = hi ^ (hi >>> 11) ^ (hi >>> 25);
    const mlo = Math.imul(xlo, 69069);
    const rlo = (mlo + 907133923) | 0;
    const rhi = (umulh(xlo, 69069) + Math.imul(xhi, 69069) +
      ((rlo >>> 0) < (mlo >>> 0) ? 1 : 0)) | 0;
    if ((rlo & rhi) === -1) {
      cur.hashHi = 0;
      return 590923713;
    }
    cur.hashHi = rhi;
    return rlo;
  }
}

const SHUFFLE = 3644798167 | 0;

/** Enters an element that is known to be absent into a table without dummies. */
function insertClean(
  tab: Slot[],
  hs: Int32Array | number[],
  mask: number,
  key: Value,
  lo: number,
  hi: number,
): void {
  let plo = lo, phi = hi;
  for (let i = lo & mask;;) {
    const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let j = i; j <= last; j++) {
      if (tab[j] === undefined) {
        tab[j] = key;
        hs[2 * j] = lo;
        hs[2 * j + 1] = hi;
        return;
      }
    }
    plo = (plo >>> 5) | (phi << 27);
    phi >>>= 5;
    i = (Math.imul(i, 5) + 1 + plo) & mask;
  }
}

/** Is it a set (not a frozenset)? */
export function isMutableSet(v: Value): v is PySet {
  return v instanceof PySet && isSubtype(v.cls, setType);
}
/** Is it exactly a set or a frozenset? */
export function isExactSet(v: Value): v is PySet {
  return v instanceof PySet && (v.cls === setType || v.cls === frozensetType);
}
/** Is it a frozenset or an instance of a subclass? */
export function isFrozenSet(v: Value): v is PySet {
  return v instanceof PySet && isSubtype(v.cls, frozensetType);
}

/** A set of these elements, added in order (BUILD_SET). */
export function newSet(items: readonly Value[] = []): PySet {
  const s = new PySet();
  for (const v of items) s.add(v);
  return s;
}
/** A frozenset of these elements, added in order. */
export function newFrozenSet(items: readonly Value[] = []): PySet {
  const s = new PySet(frozensetType);
  for (const v of items) s.add(v);
  return s;
}
