// CPython 3.14: Objects/floatobject.c (float.hex, float.fromhex)

import type { Str } from "./object.ts";
import { overflowError, valueError } from "./errors.ts";
import { decompose } from "../text/dtoa.ts";

/** `float.hex()` */
export function floatToHex(x: number): string {
  if (x !== x) return "nan";
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const a = Math.abs(x);
  if (a === Infinity) return sign + "inf";
  if (a === 0) return sign + "0x0.0p+0";
  const [m, e] = decompose(a);
  // 52 bits after the point, whatever the leading digit
  const exp = e + 52;
  const digits = m.toString(16).padStart(14, "0");
  return `${sign}0x${digits[0]}.${digits.slice(1)}p${exp < 0 ? "-" : "+"}${Math.abs(exp)}`;
}

const HEX =
  /^[ \t\n\v\f\r]*([+-]?)(?:(inf(?:inity)?)|(nan)|(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?)[ \t\n\v\f\r]*$/i;

/** `float.fromhex()` */
export function floatFromHex(text: Str): number {
  const m = typeof text === "string" ? HEX.exec(text) : null;
  if (m === null) throw invalid();
  const sign = m[1] === "-" ? -1 : 1;
  if (m[2] !== undefined) return sign * Infinity;
  if (m[3] !== undefined) return NaN;
  const whole = m[4] ?? "", frac = m[5] ?? "";
  const digits = whole + frac;
  if (digits === "") throw invalid();
  let n = BigInt("0x" + digits);
  if (n === 0n) return sign * 0;
  let exp = 0;
  if (m[6] !== undefined) {
    exp = Math.max(-1e9, Math.min(1e9, Number(m[6])));
  }
  exp -= 4 * frac.length;
  // value = n * 2^exp
  const bits = n.toString(2).length;
  const top = bits + exp;
  if (top > 1024) throw tooLarge();
  if (top < -1074) return sign * 0;
  const keep = Math.min(53, top + 1074);
  const drop = bits - keep;
  if (drop > 0) {
    const unit = 1n << BigInt(drop);
    const low = n & (unit - 1n), half = unit >> 1n;
    n >>= BigInt(drop);
    if (low > half || (low === half && (n & 1n) === 1n)) n += 1n;
    exp += drop;
  }
  let x = Number(n);
  for (; exp < -1000; exp += 500) x *= 2 ** -500;
  for (; exp > 900; exp -= 500) x *= 2 ** 500;
  x *= 2 ** exp;
  if (x === Infinity) throw tooLarge();
  return sign * x;
}
function invalid(): Error {
  return valueError(
    "invalid hexadecimal floating-point string",
  ) as unknown as Error;
}
function tooLarge(): Error {
  return overflowError(
    "hexadecimal value too large to represent as a float",
  ) as unknown as Error;
}
