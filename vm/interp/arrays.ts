// gopy's own.
//
// Arrays of one elements kind. V8 specialises array accesses by the kind of their elements; the
// run loop's arrays (operands, locals, constants, caches) all have the general, packed kind.

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
