// CPython 3.14: Modules/cmathmodule.c
//
// Complex functions with the branch cuts and special values of C99's Annex G. A function gives a
// pair of doubles and leaves in `fault` whether it must raise (the C version's errno). Arguments
// that are infinite or NaN are looked up in tables; the circular functions are the hyperbolic ones
// of the argument turned by a quarter.

import { type MethodDef, PyComplex, PyFloat, PyTuple, type Value } from "../core/objects/object.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { asComplex } from "../core/objects/complex.ts";
import { complexDiv, copysign } from "../core/objects/complex_ops.ts";
import { realToDouble } from "../core/objects/float.ts";
import {
  ldexp,
  libmAsinh,
  libmAtan2,
  libmCos,
  libmCosh,
  libmExp,
  libmHypot,
  libmLog,
  libmLog1p,
  libmSin,
  libmSinh,
} from "../core/objects/libm.ts";

type C = readonly [re: number, im: number];

const DOMAIN = 1, RANGE = 2;
let fault = 0;

const PI = Math.PI, LN2 = Math.LN2;
const LARGE = Number.MAX_VALUE / 4;
const SQRT_LARGE = Math.sqrt(LARGE), LOG_LARGE = Math.log(LARGE);
const MIN = 2 ** -1022, SQRT_MIN = Math.sqrt(MIN);

/** Row or column of a special-value table: -inf, < 0, -0, 0, > 0, inf, nan. */
function kind(x: number): number {
  if (x !== x) return 6;
  if (x === Infinity) return 5;
  if (x === -Infinity) return 0;
  if (x === 0) return Object.is(x, -0) ? 2 : 3;
  return x < 0 ? 1 : 4;
}
const CODES: Record<string, number> = {
  "0": 0,
  z: -0,
  "1": 1,
  m: -1,
  i: Infinity,
  I: -Infinity,
  n: NaN,
  p: PI,
  P: -PI,
  h: PI / 2,
  H: -PI / 2,
  q: PI / 4,
  Q: -PI / 4,
  t: 0.75 * PI,
  T: -0.75 * PI,
};
/** Entry of a table of 7 rows of 7 pairs of codes. */
function special(table: string, re: number, im: number): C {
  const at = (kind(re) * 7 + kind(im)) * 3;
  return [CODES[table[at]], CODES[table[at + 1]]];
}
function isSpecial(z: C): boolean {
  return !Number.isFinite(z[0]) || !Number.isFinite(z[1]);
}
function isInf(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

const ACOS = "ti pi pi pI pI tI ni hi -- -- -- -- hI nn hi -- -- -- -- hI hn " +
  "hi -- -- -- -- hI hn hi -- -- -- -- hI nn qi 0i 0i 0I 0I qI ni " +
  "ni nn nn nn nn nI nn ";
const ACOSH = "iT iP iP ip ip it in iH -- -- -- -- ih nn iH -- -- -- -- ih nh " +
  "iH -- -- -- -- ih nh iH -- -- -- -- ih nn iQ iz iz i0 i0 iq in " +
  "in nn nn nn nn in nn ";
const ASINH = "IQ Iz Iz I0 I0 Iq In IH -- -- -- -- Ih nn IH -- -- -- -- Ih nn " +
  "iH -- -- -- -- ih nn iH -- -- -- -- ih nn iQ iz iz i0 i0 iq in " +
  "in nn nz n0 nn in nn ";
const ATANH = "zH zH zH zh zh zh zn zH -- -- -- -- zh nn zH -- -- -- -- zh zn " +
  "0H -- -- -- -- 0h 0n 0H -- -- -- -- 0h nn 0H 0H 0H 0h 0h 0h 0n " +
  "0H nn nn nn nn 0h nn ";
const COSH = "in ii i0 iz iI in in nn -- -- -- -- nn nn n0 -- -- -- -- n0 n0 " +
  "n0 -- -- -- -- n0 n0 nn -- -- -- -- nn nn in iI iz i0 ii in in " +
  "nn nn n0 n0 nn nn nn ";
const EXP = "00 0z 0z 00 00 00 00 nn -- -- -- -- nn nn nn -- -- -- -- nn nn " +
  "nn -- -- -- -- nn nn nn -- -- -- -- nn nn in iI iz i0 ii in in " +
  "nn nn nz n0 nn nn nn ";
const LOG = "iT iP iP ip ip it in iH -- -- -- -- ih nn iH -- -- -- -- ih nn " +
  "iH -- -- -- -- ih nn iH -- -- -- -- ih nn iQ iz iz i0 i0 iq in " +
  "in nn nn nn nn in nn ";
const SINH = "in II Iz I0 Ii in in nn -- -- -- -- nn nn 0n -- -- -- -- 0n 0n " +
  "0n -- -- -- -- 0n 0n nn -- -- -- -- nn nn in iI iz i0 ii in in " +
  "nn nn nz n0 nn nn nn ";
const SQRT = "iI 0I 0I 0i 0i ii ni iI -- -- -- -- ii nn iI -- -- -- -- ii nn " +
  "iI -- -- -- -- ii nn iI -- -- -- -- ii nn iI iz iz i0 i0 ii in " +
  "iI nn nn nn nn ii nn ";
const TANH = "m0 mz mz m0 m0 m0 m0 nn -- -- -- -- nn nn zn -- -- -- -- zn zn " +
  "0n -- -- -- -- 0n 0n nn -- -- -- -- nn nn 10 1z 1z 10 10 10 10 " +
  "nn nn nz n0 nn nn nn ";
const RECT = "in Ii I0 Iz II in in nn -- -- -- -- nn nn 00 -- -- -- -- 00 00 " +
  "00 -- -- -- -- 00 00 nn -- -- -- -- nn nn in iI iz i0 ii in in " +
  "nn nn n0 n0 nn nn nn ";

function log1p(x: number): number {
  return x === 0 ? x : libmLog1p(x);
}
/** log |z / 2| + ln 4: the logarithm of 2|z| where 2|z| would overflow. */
function logLarge(re: number, im: number): number {
  return libmLog(libmHypot(re / 2, im / 2)) + LN2 * 2;
}
function isLarge(z: C): boolean {
  return Math.abs(z[0]) > LARGE || Math.abs(z[1]) > LARGE;
}
function checkRange(z: C): C {
  fault = isInf(z[0]) || isInf(z[1]) ? RANGE : 0;
  return z;
}

function sqrt(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) return special(SQRT, re, im);
  if (re === 0 && im === 0) return [0, im];
  let ax = Math.abs(re), s: number;
  const ay = Math.abs(im);
  if (ax < MIN && ay < MIN) {
    ax = ldexp(ax, 53);
    s = ldexp(Math.sqrt(ax + libmHypot(ax, ldexp(ay, 53))), -27);
  } else {
    ax /= 8;
    s = 2 * Math.sqrt(ax + libmHypot(ax, ay / 8));
  }
  const d = ay / (2 * s);
  return re >= 0 ? [s, copysign(d, im)] : [d, copysign(s, im)];
}

function acos(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) return special(ACOS, re, im);
  if (isLarge(z)) {
    return [libmAtan2(Math.abs(im), re), -copysign(logLarge(re, im), im)];
  }
  const a = sqrt([1 - re, -im]), b = sqrt([1 + re, im]);
  return [
    2 * libmAtan2(a[0], b[0]),
    libmAsinh(b[0] * a[1] - b[1] * a[0]),
  ];
}
function acosh(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) return special(ACOSH, re, im);
  if (isLarge(z)) return [logLarge(re, im), libmAtan2(im, re)];
  const a = sqrt([re - 1, im]), b = sqrt([re + 1, im]);
  return [
    libmAsinh(a[0] * b[0] + a[1] * b[1]),
    2 * libmAtan2(a[1], b[0]),
  ];
}
function asinh(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) return special(ASINH, re, im);
  if (isLarge(z)) {
    const l = logLarge(re, im);
    return [
      im >= 0 ? copysign(l, re) : -copysign(l, -re),
      libmAtan2(im, Math.abs(re)),
    ];
  }
  const a = sqrt([1 + im, -re]), b = sqrt([1 - im, re]);
  return [
    libmAsinh(a[0] * b[1] - b[0] * a[1]),
    libmAtan2(im, a[0] * b[0] - a[1] * b[1]),
  ];
}
function atanh(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) return special(ATANH, re, im);
  if (re < 0) {
    const r = atanh([-re, -im]);
    return [-r[0], -r[1]];
  }
  const ay = Math.abs(im);
  if (re > SQRT_LARGE || ay > SQRT_LARGE) {
    const h = libmHypot(re / 2, im / 2);
    return [re / 4 / h / h, copysign(PI / 2, im)];
  }
  if (re === 1 && ay < SQRT_MIN) {
    if (ay === 0) {
      fault = DOMAIN;
      return [Infinity, im];
    }
    return [
      -libmLog(Math.sqrt(ay) / Math.sqrt(libmHypot(ay, 2))),
      copysign(libmAtan2(2, -ay) / 2, im),
    ];
  }
  return [
    log1p(4 * re / ((1 - re) * (1 - re) + ay * ay)) / 4,
    -libmAtan2(-2 * im, (1 - re) * (1 + re) - ay * ay) / 2,
  ];
}

function cosh(z: C): C {
  const [re, im] = z;
  if (isSpecial(z)) {
    fault = isInf(im) && re === re ? DOMAIN : 0;
    if (isInf(re) && Number.isFinite(im) && im !== 0) {
      const s = copysign(Infinity, libmSin(im));
      return [copysign(Infinity, libmCos(im)), re > 0 ? s : -s];
    }
    return special(COSH, re, im);
  }
  if (Math.abs(re) > LOG_LARGE) {
    const x = re - copysign(1, re);
    return checkRange([
      libmCos(im) * libmCosh(x) * Math.E,
      libmSin(im) * libmSinh(x) * Math.E,
    ]);
  }
  return checkRange([
    libmCos(im) * libmCosh(re),
    libmSin(im) * libmSinh(re),
  ]);
}
function sinh(z: C): C {
  const [re, im] = z;
  if (isSpecial(z)) {
    fault = isInf(im) && re === re ? DOMAIN : 0;
    if (isInf(re) && Number.isFinite(im) && im !== 0) {
      const c = copysign(Infinity, libmCos(im));
      return [re > 0 ? c : -c, copysign(Infinity, libmSin(im))];
    }
    return special(SINH, re, im);
  }
  if (Math.abs(re) > LOG_LARGE) {
    const x = re - copysign(1, re);
    return checkRange([
      libmCos(im) * libmSinh(x) * Math.E,
      libmSin(im) * libmCosh(x) * Math.E,
    ]);
  }
  return checkRange([
    libmCos(im) * libmSinh(re),
    libmSin(im) * libmCosh(re),
  ]);
}
function tanh(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) {
    if (isInf(im) && Number.isFinite(re)) fault = DOMAIN;
    if (isInf(re) && Number.isFinite(im) && im !== 0) {
      return [re > 0 ? 1 : -1, copysign(0, 2 * libmSin(im) * libmCos(im))];
    }
    return special(TANH, re, im);
  }
  if (Math.abs(re) > LOG_LARGE) {
    return [
      copysign(1, re),
      4 * libmSin(im) * libmCos(im) * libmExp(-2 * Math.abs(re)),
    ];
  }
  const tx = Math.tanh(re), ty = Math.tan(im), cx = 1 / libmCosh(re);
  const t = tx * ty, denom = 1 + t * t;
  return [tx * (1 + ty * ty) / denom, ((ty / denom) * cx) * cx];
}
function exp(z: C): C {
  const [re, im] = z;
  if (isSpecial(z)) {
    fault = isInf(im) && (Number.isFinite(re) || re === Infinity) ? DOMAIN : 0;
    if (isInf(re) && Number.isFinite(im) && im !== 0) {
      const m = re > 0 ? Infinity : 0;
      return [copysign(m, libmCos(im)), copysign(m, libmSin(im))];
    }
    return special(EXP, re, im);
  }
  if (re > LOG_LARGE) {
    const l = libmExp(re - 1);
    return checkRange([l * libmCos(im) * Math.E, l * libmSin(im) * Math.E]);
  }
  const l = libmExp(re);
  return checkRange([l * libmCos(im), l * libmSin(im)]);
}
function log(z: C): C {
  fault = 0;
  const [re, im] = z;
  if (isSpecial(z)) return special(LOG, re, im);
  const ax = Math.abs(re), ay = Math.abs(im);
  const arg = libmAtan2(im, re);
  if (ax > LARGE || ay > LARGE) {
    return [libmLog(libmHypot(ax / 2, ay / 2)) + LN2, arg];
  }
  if (ax < MIN && ay < MIN) {
    if (ax > 0 || ay > 0) {
      return [
        libmLog(libmHypot(ldexp(ax, 53), ldexp(ay, 53))) - 53 * LN2,
        arg,
      ];
    }
    fault = DOMAIN;
    return [-Infinity, arg];
  }
  const h = libmHypot(ax, ay);
  if (0.71 <= h && h <= 1.73) {
    const am = Math.max(ax, ay), an = Math.min(ax, ay);
    return [log1p((am - 1) * (am + 1) + an * an) / 2, arg];
  }
  return [libmLog(h), arg];
}
function log10(z: C): C {
  const r = log(z);
  return [r[0] / Math.LN10, r[1] / Math.LN10];
}

/** f(z) as -i g(iz). */
function turned(g: (z: C) => C): (z: C) => C {
  return (z) => {
    const r = g([-z[1], z[0]]);
    return [r[1], -r[0]];
  };
}
function cos(z: C): C {
  return cosh([-z[1], z[0]]);
}

function raiseFault(): void {
  if (fault === DOMAIN) throw valueError("math domain error");
  if (fault === RANGE) throw overflowError("math range error");
}
function arg(v: Value): C {
  const z = asComplex(v);
  return [z.re, z.im];
}
function unary(doc: string, f: (z: C) => C): MethodDef {
  return ["z, /", doc, (_m: unknown, v: Value): Value => {
    const r = f(arg(v));
    raiseFault();
    return new PyComplex(r[0], r[1]);
  }];
}
function test(doc: string, f: (z: C) => boolean): MethodDef {
  return ["z, /", doc, (_m: unknown, v: Value): Value => f(arg(v))];
}
/** |z|; infinite when it overflows. */
function abs(re: number, im: number): number {
  return libmHypot(re, im);
}

function rect(r: number, phi: number): C {
  fault = 0;
  if (!Number.isFinite(r) || !Number.isFinite(phi)) {
    if (r !== 0 && r === r && isInf(phi)) fault = DOMAIN;
    if (isInf(r) && Number.isFinite(phi) && phi !== 0) {
      const c = copysign(Infinity, libmCos(phi));
      const s = copysign(Infinity, libmSin(phi));
      return r > 0 ? [c, s] : [-c, -s];
    }
    return special(RECT, r, phi);
  }
  if (phi === 0) return [r, r * phi];
  return [r * libmCos(phi), r * libmSin(phi)];
}

const functions: Record<string, MethodDef> = {
  acos: unary("Arc cosine of z.", acos),
  acosh: unary("Inverse hyperbolic cosine of z.", acosh),
  asin: unary("Arc sine of z.", turned(asinh)),
  asinh: unary("Inverse hyperbolic sine of z.", asinh),
  atan: unary("Arc tangent of z.", turned(atanh)),
  atanh: unary("Inverse hyperbolic tangent of z.", atanh),
  cos: unary("Cosine of z.", cos),
  cosh: unary("Hyperbolic cosine of z.", cosh),
  exp: unary("e**z.", exp),
  isclose: [
    "a, b, *, rel_tol=1e-09, abs_tol=0.0",
    "Whether two complex numbers are nearly equal.\n\n  rel_tol\n    largest difference, relative to the larger magnitude\n  abs_tol\n    largest difference, absolute\n\nOne of the two must hold. NaN is close to nothing, an infinity only to itself.",
    (_m: unknown, av: Value, bv: Value, rel?: Value, abstol?: Value): Value => {
      const a = arg(av), b = arg(bv);
      const rt = rel === undefined ? 1e-9 : realToDouble(rel);
      const at = abstol === undefined ? 0 : realToDouble(abstol);
      if (rt < 0 || at < 0) {
        throw valueError("tolerances must be non-negative");
      }
      if (a[0] === b[0] && a[1] === b[1]) return true;
      if (isInf(a[0]) || isInf(a[1]) || isInf(b[0]) || isInf(b[1])) {
        return false;
      }
      const d = abs(a[0] - b[0], a[1] - b[1]);
      return d <= rt * abs(b[0], b[1]) || d <= rt * abs(a[0], a[1]) || d <= at;
    },
  ],
  isfinite: test(
    "Are both parts finite?",
    (z) => Number.isFinite(z[0]) && Number.isFinite(z[1]),
  ),
  isinf: test("Is a part infinite?", (z) => isInf(z[0]) || isInf(z[1])),
  isnan: test("Is a part NaN?", (z) => z[0] !== z[0] || z[1] !== z[1]),
  log: [
    "z, base=<unrepresentable>, /",
    "log(z[, base]) -> the logarithm of z to a base, the natural one if none is given.",
    (_m: unknown, v: Value, base?: Value): Value => {
      let r = log(arg(v));
      if (base !== undefined) {
        const b = log(arg(base));
        const f = fault;
        if (b[0] === 0 && b[1] === 0) {
          throw valueError("math domain error");
        }
        const q = complexDiv(r[0], r[1], b[0], b[1]);
        fault = f;
        r = [q.re, q.im];
      }
      raiseFault();
      return new PyComplex(r[0], r[1]);
    },
  ],
  log10: unary("Logarithm of z to base 10.", log10),
  phase: [
    "z, /",
    "The phase angle of z.",
    (_m: unknown, v: Value): Value => {
      const [re, im] = arg(v);
      const phi = libmAtan2(im, re);
      // the C library reports an underflow to zero
      if (phi === 0 && im !== 0 && Number.isFinite(re)) {
        throw overflowError("math range error");
      }
      return new PyFloat(phi);
    },
  ],
  polar: [
    "z, /",
    "z in polar coordinates: (distance from 0, phase angle).",
    (_m: unknown, v: Value): Value => {
      const [re, im] = arg(v);
      const r = abs(re, im);
      if (r === Infinity && !isInf(re) && !isInf(im)) {
        throw overflowError("math range error");
      }
      return new PyTuple([new PyFloat(r), new PyFloat(libmAtan2(im, re))]);
    },
  ],
  rect: [
    "r, phi, /",
    "The complex number of polar coordinates.",
    (_m: unknown, r: Value, phi: Value): Value => {
      const z = rect(realToDouble(r), realToDouble(phi));
      raiseFault();
      return new PyComplex(z[0], z[1]);
    },
  ],
  sin: unary("Sine of z.", turned(sinh)),
  sinh: unary("Hyperbolic sine of z.", sinh),
  sqrt: unary("Square root of z.", sqrt),
  tan: unary("Tangent of z.", turned(tanh)),
  tanh: unary("Hyperbolic tangent of z.", tanh),
};

export const spec: ModuleSpec = {
  name: "cmath",
  doc: "Mathematical functions of complex numbers.",
  functions,
  constants: {
    pi: () => new PyFloat(PI),
    e: () => new PyFloat(Math.E),
    tau: () => new PyFloat(2 * PI),
    inf: () => new PyFloat(Infinity),
    infj: () => new PyComplex(0, Infinity),
    nan: () => new PyFloat(NaN),
    nanj: () => new PyComplex(0, NaN),
  },
};
