// gopy's own.
//
// Arrays of one elements kind. V8 specialises array accesses by the kind of their elements; the
// run loop's arrays (operands, locals, constants, caches) all have the general, packed kind.

import { None, type Value } from "../../core/objects/object.ts";

// It has held an object: an array that only ever held undefined is taken for one of doubles with holes.
const EMPTY: undefined[] = [{} as unknown as undefined];
EMPTY.pop();
for (let i = 0; i < 64; i++) EMPTY.push(undefined);

/** A packed array of `n` undefined values. */
export function undefs<T>(n: number): (T | undefined)[] {
  while (EMPTY.length < n) EMPTY.push(undefined);
  return EMPTY.slice(0, n);
}

/** A copy of the general, packed kind. */
export function general<T>(items: readonly T[]): T[] {
  const out = undefs<T>(items.length) as T[];
  for (let i = 0; i < items.length; i++) out[i] = items[i];
  return out;
}

/**
 * The locals of a call that binds by copying: `S[start .. start + n - 1]`, then unset ones. The
 * literals hold a variable, so that V8 does not share their elements (copy on write), and an object,
 * without which it would take them for arrays of doubles with holes.
 */
export function newLocals(
  S: readonly (Value | undefined)[],
  start: number,
  n: number,
  size: number,
): (Value | undefined)[] {
  const u: Value | undefined = UNSET[0];
  let l: (Value | undefined)[];
  switch (size) {
    case 0:
      return [];
    case 1:
      l = [None];
      break;
    case 2:
      l = [None, u];
      break;
    case 3:
      l = [None, u, u];
      break;
    case 4:
      l = [None, u, u, u];
      break;
    case 5:
      l = [None, u, u, u, u];
      break;
    case 6:
      l = [None, u, u, u, u, u];
      break;
    case 7:
      l = [None, u, u, u, u, u, u];
      break;
    case 8:
      l = [None, u, u, u, u, u, u, u];
      break;
    default:
      l = undefs(size);
  }
  if (n === 0) l[0] = u;
  else for (let k = 0; k < n; k++) l[k] = S[start + k];
  return l;
}
const UNSET: undefined[] = [undefined];
