// CPython 3.14: Objects/setobject.c (operations)
//
// The set operations as functions on PySet. Which of two sets is walked, and when a result is
// presized or its table copied, decides the order of the result: it follows CPython.

import {
  dictType,
  frozensetType,
  isSubtype,
  type PyBaseException,
  type PyObject,
  PyType,
  setType,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import * as X from "./exceptions.ts";
import { getIter, iterNext } from "./abstract.ts";
import { PyDict } from "./dict.ts";
import { hashKey } from "./hash.ts";
import { isExactSet, isMutableSet, PySet } from "./set.ts";

/** A new empty set or frozenset, as `s` is one or the other. */
function emptyLike(s: PySet): PySet {
  return new PySet(isSubtype(s.cls, setType) ? setType : frozensetType);
}

function isExactDict(v: Value): v is PyDict {
  return v instanceof PyDict && v.cls === dictType;
}

/** `f` for each element of an iterable, till it returns true; whether it did. */
export function someOf(v: Value, f: (x: Value) => boolean): boolean {
  const it = getIter(v);
  for (let x = iterNext(it); x !== undefined; x = iterNext(it)) {
    if (f(x)) return true;
    cur.tick(1);
  }
  return false;
}

/** `f` for each element of `s` and its hash, till it returns true; whether it did. */
function someIn(
  s: PySet,
  f: (key: Value, lo: number, hi: number) => boolean,
): boolean {
  for (let i = s.nextIndex(0); i >= 0; i = s.nextIndex(i + 1)) {
    if (f(s.tab[i] as Value, s.hs[2 * i], s.hs[2 * i + 1])) return true;
    cur.tick(1);
  }
  return false;
}

/** Adds the elements of any iterable. */
export function setUpdate(s: PySet, other: Value): void {
  if (other instanceof PySet) return s.merge(other);
  if (isExactDict(other)) {
    const n = other.size;
    if ((s.fill + n) * 5 >= s.mask * 3) s.resize((s.used + n) * 2);
    for (let i = other.nextIndex(0); i >= 0; i = other.nextIndex(i + 1)) {
      const lo = other.hashAt(i);
      s.addKnown(other.keys[i] as Value, lo, cur.hashHi);
      cur.tick(1);
    }
    return;
  }
  someOf(other, (x) => {
    s.add(x);
    return false;
  });
}

/** A copy, of the builtin type even for a subclass. */
export function setCopy(s: PySet): PySet {
  const r = emptyLike(s);
  r.merge(s);
  return r;
}

export function setIntersection(s: PySet, other: Value): PySet {
  if (s === other) return setCopy(s);
  const r = emptyLike(s);
  if (other instanceof PySet) {
    let big = s, small = other;
    if (other.used > s.used) {
      big = other;
      small = s;
    }
    someIn(small, (k, lo, hi) => {
      if (big.findKnown(k, lo, hi) >= 0) r.addKnown(k, lo, hi);
      return false;
    });
    return r;
  }
  someOf(other, (k) => {
    const lo = hashKey(k), hi = cur.hashHi;
    if (s.findKnown(k, lo, hi) < 0) return false;
    r.addKnown(k, lo, hi);
    return r.used >= s.used;
  });
  return r;
}

export function setDifferenceUpdate(s: PySet, other: Value): void {
  if (s === other) return s.clear();
  if (other instanceof PySet) {
    const o = (other.used >> 3) > s.used ? setIntersection(s, other) : other;
    someIn(o, (k, lo, hi) => {
      s.discardKnown(k, lo, hi);
      return false;
    });
  } else {
    someOf(other, (k) => {
      s.discard(k);
      return false;
    });
  }
  if (s.fill - s.used > s.mask >> 2) s.resizeForMore();
}

export function setDifference(s: PySet, other: Value): PySet {
  const n = other instanceof PySet ? other.used : isExactDict(other) ? other.size : -1;
  if (n < 0 || s.used >> 2 > n) {
    const r = setCopy(s);
    setDifferenceUpdate(r, other);
    return r;
  }
  const r = emptyLike(s);
  const o = other as PySet | PyDict;
  someIn(s, (k, lo, hi) => {
    if (o.findKnown(k, lo, hi) < 0) r.addKnown(k, lo, hi);
    return false;
  });
  return r;
}

/** Removes what both have, adds what only `other` has. */
function toggle(s: PySet, other: PySet): void {
  someIn(other, (k, lo, hi) => {
    if (!s.discardKnown(k, lo, hi)) s.addKnown(k, lo, hi);
    return false;
  });
}

export function setSymmetricDifferenceUpdate(s: PySet, other: Value): void {
  if (s === other) return s.clear();
  if (other instanceof PySet) return toggle(s, other);
  if (isExactDict(other)) {
    for (let i = other.nextIndex(0); i >= 0; i = other.nextIndex(i + 1)) {
      const k = other.keys[i] as Value;
      const lo = other.hashAt(i), hi = cur.hashHi;
      if (!s.discardKnown(k, lo, hi)) s.addKnown(k, lo, hi);
      cur.tick(1);
    }
    return;
  }
  const o = emptyLike(s);
  setUpdate(o, other);
  toggle(s, o);
}

export function setSymmetricDifference(s: PySet, other: Value): PySet {
  const r = emptyLike(s);
  setUpdate(r, other);
  toggle(r, s);
  return r;
}

export function setUnion(s: PySet, others: readonly Value[]): PySet {
  const r = setCopy(s);
  for (const o of others) if (o !== s) setUpdate(r, o);
  return r;
}

export function setIsSubset(s: PySet, other: Value): boolean {
  if (!(other instanceof PySet)) {
    return setIntersection(s, other).used === s.used;
  }
  if (s.used > other.used) return false;
  return !someIn(s, (k, lo, hi) => other.findKnown(k, lo, hi) < 0);
}

export function setIsSuperset(s: PySet, other: Value): boolean {
  if (other instanceof PySet) return setIsSubset(other, s);
  return !someOf(other, (k) => !s.has(k));
}

export function setIsDisjoint(s: PySet, other: Value): boolean {
  if (s === other) return s.used === 0;
  if (isExactSet(other)) {
    let big = s, small = other;
    if (other.used > s.used) {
      big = other;
      small = s;
    }
    return !someIn(small, (k, lo, hi) => big.findKnown(k, lo, hi) >= 0);
  }
  return !someOf(other, (k) => s.has(k));
}

/** Equality of two sets. */
export function setEqual(a: PySet, b: PySet): boolean {
  if (a.used !== b.used) return false;
  const ha = a.hashed, hb = b.hashed;
  if (
    ha !== undefined && hb !== undefined && (ha.lo !== hb.lo || ha.hi !== hb.hi)
  ) return false;
  return setIsSubset(a, b);
}

/**
 * `f()`; where that raises TypeError because `key` is a set, which has no hash, `g` with the hash
 * of the equal frozenset.
 */
export function withSetKey(
  key: Value,
  f: () => boolean,
  g: (lo: number, hi: number) => boolean,
): boolean {
  if (!isMutableSet(key)) return f();
  try {
    return f();
  } catch (e) {
    const t = ((e ?? {}) as PyObject as PyBaseException).cls;
    if (!(t instanceof PyType) || !isSubtype(t, X.TypeError)) throw e;
  }
  const lo = key.contentHash();
  return g(lo, cur.hashHi);
}

/** `key in s`. */
export function setContains(s: PySet, key: Value): boolean {
  return withSetKey(
    key,
    () => s.has(key),
    (lo, hi) => s.findKnown(key, lo, hi) >= 0,
  );
}

/** Removes `key`, which may be a set that stands for a frozenset; false if it is not there. */
export function setDiscard(s: PySet, key: Value): boolean {
  return withSetKey(
    key,
    () => s.discard(key),
    (lo, hi) => s.discardKnown(key, lo, hi),
  );
}
