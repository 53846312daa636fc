// CPython 3.14: Objects/listobject.c (the sort), Objects/listsort.txt
//
// A stable, adaptive merge sort: natural runs, short ones lengthened by binary insertion, merged
// in the order that "powersort" asks for, with galloping. A guest's `__lt__` can see which pairs
// are compared and when, so that order is CPython's to the last comparison.
//
// Where no guest code can be involved (exact ints, floats, strs) the comparison is a JavaScript
// `<`. Numbers without a NaN and plain strs have a total order, so any stable sort gives the same
// result: list_sort_plain.ts has a faster one for those.

import {
  floatType,
  NotImplemented,
  type PyFloat,
  type PyObject,
  type PyTuple,
  type PyWideStr,
  strType,
  tupleType,
  type Value,
} from "./object.ts";
import { LT } from "./object.ts";
import { typeOf } from "./object.ts";
import { equals, isTrue, richCompareBool } from "./abstract.ts";
import { compareStr } from "./str_ops.ts";
import { cur } from "./state.ts";
import { sortPlain } from "./list_sort_plain.ts";

type Less = (a: Value, b: Value) => boolean;

const MAX_MINRUN = 64;
const MIN_GALLOP = 7;

/** A run waiting to be merged. */
interface Run {
  start: number;
  len: number;
  power: number;
}

class Sorter {
  readonly keys: Value[];
  readonly vals: Value[] | undefined;
  readonly lt: Less;
  readonly pending: Run[] = [];
  minGallop = MIN_GALLOP;
  constructor(keys: Value[], vals: Value[] | undefined, lt: Less) {
    this.keys = keys;
    this.vals = vals;
    this.lt = lt;
  }

  reverse(from: number, to: number): void {
    reverseRange(this.keys, from, to);
    if (this.vals !== undefined) reverseRange(this.vals, from, to);
  }

  /** Sorts a[lo:lo+n], of which the first `ok` items are sorted. */
  binarySort(lo: number, n: number, ok: number): void {
    const a = this.keys, v = this.vals, lt = this.lt;
    if (ok === 0) ok++;
    for (; ok < n; ok++) {
      const at = lo + ok;
      const pivot = a[at];
      let l = lo, r = at;
      while (l < r) {
        const m = (l + r) >>> 1;
        if (lt(pivot, a[m])) r = m;
        else l = m + 1;
      }
      for (let m = at; m > l; m--) a[m] = a[m - 1];
      a[l] = pivot;
      if (v !== undefined) {
        const p = v[at];
        for (let m = at; m > l; m--) v[m] = v[m - 1];
        v[l] = p;
      }
    }
  }

  /** Length of the run at `lo` (at most `limit`), which is made ascending. */
  countRun(lo: number, limit: number): number {
    const a = this.keys, lt = this.lt;
    let n = 1;
    while (n < limit && !lt(a[lo + n], a[lo + n - 1])) n++;
    if (n === limit) return n;
    if (n > 1) {
      // a rise somewhere before the fall: an ascending run ends here
      if (lt(a[lo], a[lo + n - 1])) return n;
      // otherwise all of them are equal and begin a descending run
      this.reverse(lo, lo + n);
    }
    n++;
    // equal items within a descending run are turned round now, since all is turned at the end
    let equal = 0;
    for (; n < limit; n++) {
      if (lt(a[lo + n], a[lo + n - 1])) {
        if (equal > 0) this.reverse(lo + n - equal - 1, lo + n);
        equal = 0;
      } else if (lt(a[lo + n - 1], a[lo + n])) break;
      else equal++;
    }
    if (equal > 0) this.reverse(lo + n - equal - 1, lo + n);
    this.reverse(lo, lo + n);
    while (n < limit && !lt(a[lo + n], a[lo + n - 1])) n++;
    return n;
  }

  /** Where `key` belongs in the sorted a[base:base+n], left of equal items; looks near `hint` first. */
  gallopLeft(
    key: Value,
    a: Value[],
    base: number,
    n: number,
    hint: number,
  ): number {
    const lt = this.lt;
    let last = 0, ofs = 1;
    const p = base + hint;
    if (lt(a[p], key)) {
      const max = n - hint;
      while (ofs < max && lt(a[p + ofs], key)) {
        last = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > max) ofs = max;
      last += hint;
      ofs += hint;
    } else {
      const max = hint + 1;
      while (ofs < max && !lt(a[p - ofs], key)) {
        last = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > max) ofs = max;
      const k = last;
      last = hint - ofs;
      ofs = hint - k;
    }
    last++;
    while (last < ofs) {
      const m = last + ((ofs - last) >>> 1);
      if (lt(a[base + m], key)) last = m + 1;
      else ofs = m;
    }
    return ofs;
  }

  /** As gallopLeft, but right of equal items. */
  gallopRight(
    key: Value,
    a: Value[],
    base: number,
    n: number,
    hint: number,
  ): number {
    const lt = this.lt;
    let last = 0, ofs = 1;
    const p = base + hint;
    if (lt(key, a[p])) {
      const max = hint + 1;
      while (ofs < max && lt(key, a[p - ofs])) {
        last = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > max) ofs = max;
      const k = last;
      last = hint - ofs;
      ofs = hint - k;
    } else {
      const max = n - hint;
      while (ofs < max && !lt(key, a[p + ofs])) {
        last = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > max) ofs = max;
      last += hint;
      ofs += hint;
    }
    last++;
    while (last < ofs) {
      const m = last + ((ofs - last) >>> 1);
      if (lt(key, a[base + m])) ofs = m;
      else last = m + 1;
    }
    return ofs;
  }

  /** Merges a[pa:pa+na] with the run after it, na <= nb; the last of A belongs at the end. */
  mergeLo(pa: number, na: number, pb: number, nb: number): void {
    const a = this.keys, v = this.vals, lt = this.lt;
    const ta = a.slice(pa, pa + na);
    const tv = v === undefined ? undefined : v.slice(pa, pa + na);
    let dest = pa, i = 0;
    // `na` items are left in ta from i on; whatever happens they are put back
    try {
      a[dest] = a[pb];
      if (v !== undefined) v[dest] = v[pb];
      dest++;
      pb++;
      nb--;
      if (nb === 0 || na === 1) return;
      let minGallop = this.minGallop;
      for (;;) {
        let ac = 0, bc = 0;
        for (;;) {
          if (lt(a[pb], ta[i])) {
            a[dest] = a[pb];
            if (v !== undefined) v[dest] = v[pb];
            dest++;
            pb++;
            bc++;
            ac = 0;
            nb--;
            if (nb === 0) return;
            if (bc >= minGallop) break;
          } else {
            a[dest] = ta[i];
            if (v !== undefined) v[dest] = tv![i];
            dest++;
            i++;
            ac++;
            bc = 0;
            na--;
            if (na === 1) return;
            if (ac >= minGallop) break;
          }
        }
        minGallop++;
        do {
          if (minGallop > 1) minGallop--;
          this.minGallop = minGallop;
          let k = this.gallopRight(a[pb], ta, i, na, 0);
          ac = k;
          if (k > 0) {
            copy(ta, i, a, dest, k);
            if (v !== undefined) copy(tv!, i, v, dest, k);
            dest += k;
            i += k;
            na -= k;
            if (na <= 1) return;
          }
          a[dest] = a[pb];
          if (v !== undefined) v[dest] = v[pb];
          dest++;
          pb++;
          nb--;
          if (nb === 0) return;
          k = this.gallopLeft(ta[i], a, pb, nb, 0);
          bc = k;
          if (k > 0) {
            a.copyWithin(dest, pb, pb + k);
            if (v !== undefined) v.copyWithin(dest, pb, pb + k);
            dest += k;
            pb += k;
            nb -= k;
            if (nb === 0) return;
          }
          a[dest] = ta[i];
          if (v !== undefined) v[dest] = tv![i];
          dest++;
          i++;
          na--;
          if (na === 1) return;
        } while (ac >= MIN_GALLOP || bc >= MIN_GALLOP);
        minGallop++;
        this.minGallop = minGallop;
      }
    } finally {
      // what is left of B (if A has one item left it goes behind), then what is left of A
      if (na > 0) {
        const gap = pb - dest;
        if (na === 1 && nb > 0 && gap === 1) {
          a.copyWithin(dest, pb, pb + nb);
          if (v !== undefined) v.copyWithin(dest, pb, pb + nb);
          dest += nb;
        }
        copy(ta, i, a, dest, na);
        if (v !== undefined) copy(tv!, i, v, dest, na);
      }
    }
  }

  /** Merges a[pa:pa+na] with the run after it, na >= nb. */
  mergeHi(pa: number, na: number, pb: number, nb: number): void {
    const a = this.keys, v = this.vals, lt = this.lt;
    const tb = a.slice(pb, pb + nb);
    const tv = v === undefined ? undefined : v.slice(pb, pb + nb);
    let dest = pb + nb - 1, j = nb - 1, i = pa + na - 1;
    try {
      a[dest] = a[i];
      if (v !== undefined) v[dest] = v[i];
      dest--;
      i--;
      na--;
      if (na === 0 || nb === 1) return;
      let minGallop = this.minGallop;
      for (;;) {
        let ac = 0, bc = 0;
        for (;;) {
          if (lt(tb[j], a[i])) {
            a[dest] = a[i];
            if (v !== undefined) v[dest] = v[i];
            dest--;
            i--;
            ac++;
            bc = 0;
            na--;
            if (na === 0) return;
            if (ac >= minGallop) break;
          } else {
            a[dest] = tb[j];
            if (v !== undefined) v[dest] = tv![j];
            dest--;
            j--;
            bc++;
            ac = 0;
            nb--;
            if (nb === 1) return;
            if (bc >= minGallop) break;
          }
        }
        minGallop++;
        do {
          if (minGallop > 1) minGallop--;
          this.minGallop = minGallop;
          let k = na - this.gallopRight(tb[j], a, pa, na, na - 1);
          ac = k;
          if (k > 0) {
            dest -= k;
            i -= k;
            a.copyWithin(dest + 1, i + 1, i + 1 + k);
            if (v !== undefined) v.copyWithin(dest + 1, i + 1, i + 1 + k);
            na -= k;
            if (na === 0) return;
          }
          a[dest] = tb[j];
          if (v !== undefined) v[dest] = tv![j];
          dest--;
          j--;
          nb--;
          if (nb === 1) return;
          k = nb - this.gallopLeft(a[i], tb, 0, nb, nb - 1);
          bc = k;
          if (k > 0) {
            dest -= k;
            j -= k;
            copy(tb, j + 1, a, dest + 1, k);
            if (v !== undefined) copy(tv!, j + 1, v, dest + 1, k);
            nb -= k;
            if (nb <= 1) return;
          }
          a[dest] = a[i];
          if (v !== undefined) v[dest] = v[i];
          dest--;
          i--;
          na--;
          if (na === 0) return;
        } while (ac >= MIN_GALLOP || bc >= MIN_GALLOP);
        minGallop++;
        this.minGallop = minGallop;
      }
    } finally {
      if (nb === 1 && na > 0) {
        // the first item of B belongs before all that is left of A
        a.copyWithin(dest - na + 1, i - na + 1, i + 1);
        if (v !== undefined) v.copyWithin(dest - na + 1, i - na + 1, i + 1);
        dest -= na;
        a[dest] = tb[j];
        if (v !== undefined) v[dest] = tv![j];
      } else if (nb > 0) {
        copy(tb, 0, a, dest - nb + 1, nb);
        if (v !== undefined) copy(tv!, 0, v, dest - nb + 1, nb);
      }
    }
  }

  /** Merges the pending runs i and i + 1. */
  mergeAt(i: number): void {
    const p = this.pending;
    let pa = p[i].start, na = p[i].len;
    const pb = p[i + 1].start;
    let nb = p[i + 1].len;
    p[i].len = na + nb;
    p.splice(i + 1, 1);
    const a = this.keys;
    const k = this.gallopRight(a[pb], a, pa, na, 0);
    pa += k;
    na -= k;
    if (na === 0) return;
    nb = this.gallopLeft(a[pa + na - 1], a, pb, nb, nb - 1);
    if (nb <= 0) return;
    if (na <= nb) this.mergeLo(pa, na, pb, nb);
    else this.mergeHi(pa, na, pb, nb);
  }

  /** A run of length `n2` follows the pending ones: merges those that are deeper in the merge tree. */
  foundRun(n2: number): void {
    const p = this.pending;
    if (p.length === 0) return;
    const top = p[p.length - 1];
    const power = runPower(top.start, top.len, n2, this.keys.length);
    while (p.length > 1 && p[p.length - 2].power > power) {
      this.mergeAt(p.length - 2);
    }
    p[p.length - 1].power = power;
  }

  sort(): void {
    const n = this.keys.length;
    if (n < 2) return;
    const minrun = minRun(n);
    let lo = 0, left = n;
    do {
      let len = this.countRun(lo, left);
      if (len < minrun) {
        const force = left <= minrun ? left : minrun;
        this.binarySort(lo, force, len);
        len = force;
      }
      this.foundRun(len);
      this.pending.push({ start: lo, len, power: 0 });
      lo += len;
      left -= len;
      cur.tick(len);
    } while (left > 0);
    const p = this.pending;
    while (p.length > 1) {
      let i = p.length - 2;
      if (i > 0 && p[i - 1].len < p[i + 1].len) i--;
      this.mergeAt(i);
    }
  }
}

function copy(
  from: Value[],
  i: number,
  to: Value[],
  j: number,
  n: number,
): void {
  while (n-- > 0) to[j++] = from[i++];
}

function reverseRange(a: Value[], from: number, to: number): void {
  for (to--; from < to; from++, to--) {
    const t = a[from];
    a[from] = a[to];
    a[to] = t;
  }
}

/** Depth of the boundary between two runs in the merge tree of a list of length n. */
function runPower(s1: number, n1: number, n2: number, n: number): number {
  let a = 2 * s1 + n1, b = a + n1 + n2, power = 0;
  for (;;) {
    power++;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) return power;
    a *= 2;
    b *= 2;
  }
}

function minRun(n: number): number {
  let r = 0;
  while (n >= MAX_MINRUN) {
    r |= n & 1;
    n >>>= 1;
  }
  return n + r;
}

// ---- choosing the comparison ---------------------------------------------------------------

const anyLess: Less = (a, b) => richCompareBool(a, b, LT);
const plainLess: Less = (a, b) => (a as number) < (b as number);
const floatLess: Less = (a, b) => (a as PyFloat).v < (b as PyFloat).v;
const strLess: Less = (a, b) => compareStr(a as string | PyWideStr, b as string | PyWideStr) < 0;

/** Comparison of objects that share a type: its slot first, the whole protocol if that declines. */
function slotLess(slot: NonNullable<PyObject["cls"]["tp_richcompare"]>): Less {
  return (a, b) => {
    if (typeOf(a).tp_richcompare !== slot) return richCompareBool(a, b, LT);
    const r = slot(a, b, LT);
    if (r === NotImplemented) return richCompareBool(a, b, LT);
    return typeof r === "boolean" ? r : isTrue(r);
  };
}

/** Comparison of non-empty tuples whose first items are compared by `first`. */
function tupleLess(first: Less): Less {
  return (a, b) => {
    const x = (a as PyTuple).items, y = (b as PyTuple).items;
    if (first === plainLess && x[0] !== y[0]) return x[0] < y[0];
    const n = x.length < y.length ? x.length : y.length;
    let i = 0;
    while (i < n && equals(x[i], y[i])) i++;
    if (i === n) return x.length < y.length;
    return i === 0 ? first(x[0], y[0]) : richCompareBool(x[i], y[i], LT);
  };
}

function chooseLess(keys: Value[], inTuple: boolean): Less {
  const k0 = keys[0], n = keys.length;
  let i = 1;
  switch (typeof k0) {
    case "number":
      while (i < n && typeof keys[i] === "number") i++;
      if (i === n) return plainLess;
      break;
    case "string":
      while (i < n && typeof keys[i] === "string") i++;
      if (i === n) return plainLess;
      break;
    case "boolean":
      while (i < n && typeof keys[i] === "boolean") i++;
      if (i === n) return plainLess;
      break;
  }
  const t = typeOf(k0);
  for (i = 1; i < n; i++) if (typeOf(keys[i]) !== t) return anyLess;
  if (t === strType) return strLess;
  if (typeof k0 !== "object") return plainLess; // ints of both forms
  if (t === floatType) return floatLess;
  if (t === tupleType && !inTuple) {
    const firsts: Value[] = [];
    for (const k of keys) {
      const items = (k as PyTuple).items;
      if (items.length === 0) return slotLess(t.tp_richcompare!);
      firsts.push(items[0]);
    }
    return tupleLess(chooseLess(firsts, true));
  }
  return t.tp_richcompare === undefined ? anyLess : slotLess(t.tp_richcompare);
}

/**
 * Sorts `keys` in place by `<`, and `vals` along with them. May run guest code; if that raises,
 * both hold a permutation of what they held.
 */
export function sortArrays(keys: Value[], vals?: Value[]): void {
  if (keys.length < 2) return;
  if (!sortPlain(keys, vals)) {
    new Sorter(keys, vals, chooseLess(keys, false)).sort();
  }
}
