// CPython 3.14: Python/suggestions.c
//
// "Did you mean": the nearest of a set of names by edit distance, where a move costs 2 and a change
// of case 1.

const MAX_ITEMS = 750, MAX_SIZE = 40, MOVE = 2, CASE = 1;

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE : MOVE;
}

/** Weighted Levenshtein distance of `a` and `b`, or a number above `max`. */
export function editDistance(a: string, b: string, max: number): number {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  a = a.slice(i);
  b = b.slice(i);
  let ea = a.length, eb = b.length;
  while (ea > 0 && eb > 0 && a[ea - 1] === b[eb - 1]) {
    ea--;
    eb--;
  }
  a = a.slice(0, ea);
  b = b.slice(0, eb);
  if (a === "" || b === "") return (a.length + b.length) * MOVE;
  if (a.length > MAX_SIZE || b.length > MAX_SIZE) return max + 1;
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE > max) return max + 1;
  const row: number[] = [];
  for (let k = 0; k < a.length; k++) row.push((k + 1) * MOVE);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    let distance = result = j * MOVE;
    let least = Infinity;
    for (let k = 0; k < a.length; k++) {
      const sub = distance + substitution(b[j], a[k]);
      distance = row[k];
      const insDel = Math.min(result, distance) + MOVE;
      result = Math.min(insDel, sub);
      row[k] = result;
      if (result < least) least = result;
    }
    if (least > max) return max + 1;
  }
  return result;
}

/** The name of `choices` nearest to `name`, or undefined if none is near. */
export function suggestName(name: string, choices: Iterable<string>): string | undefined {
  const list = [...choices];
  if (list.length >= MAX_ITEMS || name.length > MAX_SIZE) return undefined;
  let best = Infinity, found: string | undefined;
  for (const c of list) {
    if (c === name) continue;
    let max = Math.floor((name.length + c.length + 3) * MOVE / 6);
    if (best - 1 < max) max = best - 1;
    const d = editDistance(name, c, max);
    if (d > max) continue;
    if (found === undefined || d < best) {
      found = c;
      best = d;
    }
  }
  return found;
}
