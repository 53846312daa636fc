// CPython 3.14: Modules/unicodedata.c (normalize, is_normalized)
//
// The four normalization forms, on code points. The quick-check properties tell for most strings
// that they are normalized already; then the decomposition tables are not even decoded.

import { type CharacterDatabase, combining, compositionTable, decompositionOf, quickCheck, ucd } from "./database.ts";

export type NormalForm = "NFC" | "NFD" | "NFKC" | "NFKD";

const S_BASE = 0xAC00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11A7;
const L_COUNT = 19,
  V_COUNT = 21,
  T_COUNT = 28,
  N_COUNT = V_COUNT * T_COUNT,
  S_COUNT = L_COUNT * N_COUNT;

const YES = 0, MAYBE = 1, NO = 2;
type Answer = 0 | 1 | 2;

function quickCheckShift(form: NormalForm): number {
  return form === "NFD" ? 0 : form === "NFKD" ? 2 : form === "NFC" ? 4 : 6;
}

/** The quick check of UAX 15: yes, no, or only normalizing tells. */
function check(cps: ArrayLike<number>, form: NormalForm): Answer {
  const shift = quickCheckShift(form);
  let answer: Answer = YES, last = 0;
  for (let i = 0; i < cps.length; i++) {
    const c = cps[i];
    if (c < 0xA0) {
      last = 0;
      continue;
    }
    const cc = combining(c);
    if (cc !== 0 && last > cc) return NO;
    const q = (quickCheck(c) >> shift) & 3;
    if (q === NO) return NO;
    if (q === MAYBE) answer = MAYBE;
    last = cc;
  }
  return answer;
}

function decompose(
  cps: ArrayLike<number>,
  compat: boolean,
  db: CharacterDatabase,
): number[] {
  const out: number[] = [], stack: number[] = [];
  for (let i = 0; i < cps.length; i++) {
    stack.push(cps[i]);
    while (stack.length > 0) {
      const c = stack.pop()!;
      const s = c - S_BASE;
      if (s >= 0 && s < S_COUNT) {
        out.push(
          L_BASE + ((s / N_COUNT) | 0),
          V_BASE + (((s % N_COUNT) / T_COUNT) | 0),
        );
        if (s % T_COUNT) out.push(T_BASE + s % T_COUNT);
        continue;
      }
      if (c < 0xA0) {
        out.push(c);
        continue;
      }
      const corrected = db.correction(c);
      if (corrected !== undefined) {
        stack.push(corrected);
        continue;
      }
      const d = decompositionOf(c);
      if (
        d === undefined || d.cps.length === 0 || (d.type !== "" && !compat) ||
        !db.assigned(c)
      ) {
        out.push(c);
        continue;
      }
      for (let k = d.cps.length - 1; k >= 0; k--) stack.push(d.cps[k]);
    }
  }
  // canonical order: stable by combining class within each run of non-starters
  for (let i = 0; i < out.length; i++) {
    if (combining(out[i]) === 0) continue;
    let end = i + 1, sorted = true;
    while (end < out.length) {
      const cc = combining(out[end]);
      if (cc === 0) break;
      if (cc < combining(out[end - 1])) sorted = false;
      end++;
    }
    if (!sorted) {
      const run = out.slice(i, end).sort((a, b) => combining(a) - combining(b));
      for (let k = 0; k < run.length; k++) out[i + k] = run[k];
    }
    i = end;
  }
  return out;
}

/** Composes a decomposed string in place. */
function compose(cps: number[]): number[] {
  const pairs = compositionTable();
  let out = 0, starter = -1, last = -1;
  for (let i = 0; i < cps.length; i++) {
    const c = cps[i], cc = combining(c);
    if (starter >= 0 && (last < cc || last === -1)) {
      const a = cps[starter];
      let composite: number | undefined;
      if (
        a >= L_BASE && a < L_BASE + L_COUNT && c >= V_BASE &&
        c < V_BASE + V_COUNT
      ) {
        composite = S_BASE + ((a - L_BASE) * V_COUNT + (c - V_BASE)) * T_COUNT;
      } else if (
        a >= S_BASE && a < S_BASE + S_COUNT && (a - S_BASE) % T_COUNT === 0 &&
        c > T_BASE && c < T_BASE + T_COUNT
      ) composite = a + c - T_BASE;
      else composite = pairs.get(a)?.get(c);
      if (composite !== undefined) {
        cps[starter] = composite;
        continue;
      }
    }
    if (cc === 0) {
      starter = out;
      last = -1;
    } else last = cc;
    cps[out++] = c;
  }
  cps.length = out;
  return cps;
}

/** `normalize(form, s)` on code points; gives `cps` itself when it is normalized already. */
export function normalize(
  form: NormalForm,
  cps: ArrayLike<number>,
  db: CharacterDatabase = ucd,
): ArrayLike<number> {
  if (db === ucd && check(cps, form) === YES) return cps;
  const out = decompose(cps, form === "NFKC" || form === "NFKD", db);
  return form === "NFC" || form === "NFKC" ? compose(out) : out;
}

/** `is_normalized(form, s)`. */
export function isNormalized(
  form: NormalForm,
  cps: ArrayLike<number>,
  db: CharacterDatabase = ucd,
): boolean {
  if (db === ucd) {
    const answer = check(cps, form);
    if (answer !== MAYBE) return answer === YES;
  }
  const out = normalize(form, cps, db);
  if (out.length !== cps.length) return false;
  for (let i = 0; i < out.length; i++) if (out[i] !== cps[i]) return false;
  return true;
}
