// CPython 3.14: Python/dtoa.c, Python/pystrtod.c (PyOS_double_to_string)
//
// Doubles to decimal text, correctly rounded. The shortest digits that read back as the same
// double are the host's own (`toExponential()`), which agree with CPython's. Digits to a given
// precision are the host's too, except at exact ties, where the host rounds up and CPython to
// even, and beyond the host's 100 digits: these are computed from the exact value with BigInt. A
// double has at most 1074 digits after the point, so the work is bounded whatever the precision.

/** Significant decimal digits d1 d2 ... with value 0.d1d2... * 10^decpt; "0" with decpt 1 for zero. */
export interface Digits {
  digits: string;
  decpt: number;
}

const buf = new Float64Array(1);
const words = new Uint32Array(buf.buffer);

/** `[m, e]` with x = m * 2^e exactly; x finite and not negative. */
export function decompose(x: number): [m: bigint, e: number] {
  buf[0] = x;
  const hi = words[1], lo = words[0], be = hi >>> 20 & 0x7ff;
  const top = be === 0 ? hi & 0xfffff : (hi & 0xfffff) | 0x100000;
  return [BigInt(top) << 32n | BigInt(lo), (be === 0 ? 1 : be) - 1075];
}

/** round(x * 10^n), half to even, exact; x finite and not negative. */
function scaled(x: number, n: number): bigint {
  const [m, e] = decompose(x);
  let num = m, den = 1n;
  if (n >= 0) num *= 10n ** BigInt(n);
  else den = 10n ** BigInt(-n);
  if (e >= 0) num <<= BigInt(e);
  else den <<= BigInt(-e);
  let q = num / den;
  const twice = (num - q * den) * 2n;
  if (twice > den || (twice === den && (q & 1n) === 1n)) q += 1n;
  return q;
}

function fromExponential(s: string): Digits {
  const at = s.indexOf("e");
  const digits = s[0] + (at > 2 ? s.slice(2, at) : "");
  return { digits: trim(digits), decpt: Number(s.slice(at + 1)) + 1 };
}
function trim(digits: string): string {
  let n = digits.length;
  while (n > 1 && digits.charCodeAt(n - 1) === 48) n--;
  return n === digits.length ? digits : digits.slice(0, n);
}
const ZERO: Digits = { digits: "0", decpt: 1 };

/** The shortest digits that identify x. */
export function shortestDigits(x: number): Digits {
  return x === 0 ? ZERO : fromExponential(x.toExponential());
}

/** x to `n` significant digits (n >= 1), trailing zeros removed. */
export function precisionDigits(x: number, n: number): Digits {
  if (x === 0) return ZERO;
  if (n <= 99) {
    const more = x.toExponential(n);
    // a tie at n digits shows as a 5 at digit n + 1
    if (more.charCodeAt(n === 0 ? 0 : n + 1) !== 53) {
      return fromExponential(x.toExponential(n - 1));
    }
  }
  if (n > 800) n = 800;
  const short = shortestDigits(x);
  let decpt = short.decpt;
  // what reads as a power of ten may lie just below it
  if (short.digits === "1" && scaled(x, 40 - decpt).toString().length < 40) {
    decpt--;
  }
  const q = scaled(x, n - decpt).toString();
  if (q.length > n) decpt += q.length - n;
  return { digits: trim(q), decpt };
}

/** x to `n` digits after the point (n may be negative); "" with decpt -n when that is zero. */
export function fixedDigits(x: number, n: number): Digits {
  if (x === 0) return { digits: "", decpt: -n };
  let text: string;
  if (n >= 0 && n < 100 && x < 1e20) {
    text = x.toFixed(n + 1);
    if (text.charCodeAt(text.length - 1) !== 53) {
      return fixedText(x.toFixed(n), n);
    }
  }
  const m = n > 1075 ? 1075 : n;
  text = scaled(x, m).toString();
  if (text === "0") return { digits: "", decpt: -n };
  return { digits: trim(text), decpt: text.length - m };
}
function fixedText(s: string, n: number): Digits {
  const all = n === 0 ? s : s.slice(0, -n - 1) + s.slice(-n);
  let i = 0;
  while (i < all.length && all.charCodeAt(i) === 48) i++;
  if (i === all.length) return { digits: "", decpt: -n };
  return { digits: trim(all.slice(i)), decpt: all.length - i - n };
}

/** x rounded half to even (of the exact value) at 10^-n; x finite. May be infinite. */
export function roundDouble(x: number, n: number): number {
  const d = fixedDigits(Math.abs(x), n);
  const r = d.digits === "" ? 0 : Number(d.digits + "e" + (d.decpt - d.digits.length));
  return x < 0 || Object.is(x, -0) ? -r : r;
}

/** Flags of formatDouble. */
export const DF_SIGN = 1, // a plus sign for what is not negative
  DF_DOT0 = 2, // ".0" after what would look like an int
  DF_ALT = 4, // "#": always a point; "g" keeps zeros
  DF_NO_NEG_ZERO = 8; // "z": no minus before a zero

/**
 * A double as text in format code e, E, f, F, g, G or r (repr; precision ignored).
 * PyOS_double_to_string.
 */
export function formatDouble(
  x: number,
  code: string,
  precision: number,
  flags: number,
): string {
  const lower = code.toLowerCase();
  const upper = lower !== code;
  let neg = x < 0 || Object.is(x, -0);
  if (x !== x || x === Infinity || x === -Infinity) {
    const text = x !== x ? "nan" : "inf";
    const sign = x < 0 ? "-" : (flags & DF_SIGN) !== 0 ? "+" : "";
    return sign + (upper ? text.toUpperCase() : text);
  }
  const abs = neg ? -x : x;
  let d: Digits, useExp = false, end = 0;
  switch (lower) {
    case "e":
      d = precisionDigits(abs, precision + 1);
      useExp = true;
      end = precision + 1;
      break;
    case "f":
      d = fixedDigits(abs, precision);
      end = d.decpt + precision;
      break;
    case "g":
      if (precision === 0) precision = 1;
      d = precisionDigits(abs, precision);
      useExp = d.decpt <= -4 ||
        d.decpt > precision - ((flags & DF_DOT0) !== 0 ? 1 : 0);
      if ((flags & DF_ALT) !== 0) end = precision;
      break;
    default:
      d = shortestDigits(abs);
      useExp = d.decpt <= -4 || d.decpt > 16;
  }
  const { digits } = d;
  let { decpt } = d;
  const exp = decpt - 1;
  if (useExp) decpt = 1;
  if (!useExp && (flags & DF_DOT0) !== 0) end = Math.max(end, decpt + 1);
  else end = Math.max(end, decpt);
  if (
    neg && (flags & DF_NO_NEG_ZERO) !== 0 && (digits === "" || digits === "0")
  ) {
    neg = false;
  }
  let whole: string, frac: string;
  const n = digits.length;
  if (decpt <= 0) {
    whole = "0";
    frac = "0".repeat(Math.min(-decpt, Math.max(end - decpt, 0))) + digits;
  } else {
    whole = n >= decpt ? digits.slice(0, decpt) : digits + "0".repeat(decpt - n);
    frac = n > decpt ? digits.slice(decpt) : "";
  }
  const fracLen = end - decpt;
  if (frac.length < fracLen) frac += "0".repeat(fracLen - frac.length);
  let out = neg ? "-" : (flags & DF_SIGN) !== 0 ? "+" : "";
  out += frac !== "" || (flags & DF_ALT) !== 0 ? whole + "." + frac : whole;
  if (useExp) {
    const e = Math.abs(exp);
    out += (upper ? "E" : "e") + (exp < 0 ? "-" : "+") + (e < 10 ? "0" : "") +
      e;
  }
  return out;
}

/** `repr()` of a float. */
export function reprDouble(x: number): string {
  if (Number.isInteger(x) && x < 1e16 && x > -1e16) {
    return Object.is(x, -0) ? "-0.0" : x + ".0";
  }
  return formatDouble(x, "r", 0, DF_DOT0);
}
