// CPython 3.14: Objects/complexobject.c (the type)
//
// A complex number is a PyComplex of two doubles. Arithmetic is in complex_ops.ts.

import {
  type CmpOp,
  complexType,
  EQ,
  type KwNames,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  PyComplex,
  PyFloat,
  PyIntSub,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeOf,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import { typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { call0, call1, isStr, lookupSpecial, strValue } from "./abstract.ts";
import { hashComplex } from "./hash.ts";
import { intToDouble } from "./int_ops.ts";
import { numberText, parseComplexText } from "./number_parse.ts";
import { numberToFloat, realToDouble } from "./float.ts";
import { complexAbs, complexDiv, complexMul, complexPow, crDiv, rcDiv } from "./complex_ops.ts";
import { DF_SIGN, formatDouble } from "../text/dtoa.ts";
import { formatComplex } from "./format.ts";
import { specText } from "./format_spec.ts";

/** The double of a real operand; undefined for anything else. */
function real(v: Value): number | undefined {
  switch (typeof v) {
    case "number":
      return v;
    case "bigint":
      return intToDouble(v);
    case "boolean":
      return v ? 1 : 0;
    case "object":
      if (v instanceof PyFloat) return v.v;
      return v instanceof PyIntSub ? intToDouble(v.v) : undefined;
  }
  return undefined;
}

/** A binary slot out of its three mixed modes. */
function binary(
  cc: (a: PyComplex, b: PyComplex) => PyComplex,
  cr: (a: PyComplex, x: number) => PyComplex,
  rc: (x: number, b: PyComplex) => PyComplex,
): (a: Value, b: Value) => Value {
  return (a, b) => {
    if (a instanceof PyComplex) {
      if (b instanceof PyComplex) return cc(a, b);
      const x = real(b);
      return x === undefined ? NotImplemented : cr(a, x);
    }
    if (!(b instanceof PyComplex)) return NotImplemented;
    const x = real(a);
    return x === undefined ? NotImplemented : rc(x, b);
  };
}

function toComplex(v: Value): PyComplex | undefined {
  if (v instanceof PyComplex) return v;
  const x = real(v);
  return x === undefined ? undefined : new PyComplex(x, 0);
}

function power(a: Value, b: Value, m: Value): Value {
  const x = toComplex(a), y = toComplex(b);
  if (x === undefined || y === undefined) return NotImplemented;
  if (m !== None) throw valueError("complex modulo");
  return complexPow(x.re, x.im, y.re, y.im);
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (op !== EQ && op !== NE) return NotImplemented;
  const x = a as PyComplex;
  let same: boolean;
  if (b instanceof PyComplex) same = x.re === b.re && x.im === b.im;
  else if (b instanceof PyFloat) same = x.re === b.v && x.im === 0;
  else if (b instanceof PyIntSub) {
    // deno-lint-ignore eqeqeq
    same = x.re == b.v && x.im === 0;
  } else if (typeof b === "number" || typeof b === "bigint") {
    // deno-lint-ignore eqeqeq
    same = x.re == b && x.im === 0;
  } else if (typeof b === "boolean") same = x.re === (b ? 1 : 0) && x.im === 0;
  else return NotImplemented;
  return op === EQ ? same : !same;
}

/** `repr()` of a complex number. */
export function complexRepr(re: number, im: number): string {
  if (Object.is(re, 0)) return formatDouble(im, "r", 0, 0) + "j";
  return `(${formatDouble(re, "r", 0, 0)}${formatDouble(im, "r", 0, DF_SIGN)}j)`;
}

/** What `__complex__` gives; undefined for a value without it. */
function fromSpecial(v: Value): PyComplex | undefined {
  const f = lookupSpecial(v, "__complex__");
  if (f === undefined) return undefined;
  const r = call0(f);
  if (!(r instanceof PyComplex)) {
    throw typeError(
      `__complex__ returned non-complex (type ${typeOf(r).name})`,
    );
  }
  if (r.cls !== complexType) {
    cur.interp.warn(
      X.DeprecationWarning,
      `__complex__ returned non-complex (type ${r.cls.name}).  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a future version of Python.`,
      1,
    );
  }
  return r;
}
function isNumber(v: Value): boolean {
  const t = typeOf(v);
  return t.nb_float !== undefined || t.nb_index !== undefined;
}

/** The complex value of any number (PyComplex_AsCComplex). */
export function asComplex(v: Value): PyComplex {
  if (v instanceof PyComplex) return v;
  return fromSpecial(v) ?? new PyComplex(realToDouble(v), 0);
}

function fromStr(s: Str): PyComplex {
  const p = parseComplexText(numberText(s));
  if (p === undefined) {
    throw valueError("complex() arg is a malformed string");
  }
  return new PyComplex(p[0], p[1]);
}

function complexNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const nkw = kwnames?.length ?? 0, npos = args.length - nkw;
  if (args.length > 2) {
    throw typeError(
      `complex() takes at most 2 arguments (${args.length} given)`,
    );
  }
  const given: (Value | undefined)[] = [
    npos > 0 ? args[0] : undefined,
    npos > 1 ? args[1] : undefined,
  ];
  for (let k = 0; k < nkw; k++) {
    const name = kwnames![k];
    const at = name === "real" ? 0 : name === "imag" ? 1 : -1;
    if (at < 0) {
      throw typeError(`complex() got an unexpected keyword argument '${name}'`);
    }
    if (given[at] !== undefined) {
      throw typeError(
        `argument for complex() given by name ('${name}') and position (${at + 1})`,
      );
    }
    given[at] = args[npos + k];
  }
  if (npos === 1 && nkw === 0) {
    const z = fromOne(type, args[0]);
    return type === z.cls ? z : new PyComplex(z.re, z.im, type);
  }
  const z = fromParts(given[0], given[1]);
  return type === complexType ? z : new PyComplex(z.re, z.im, type);
}
function fromOne(type: PyType, v: Value): PyComplex {
  if (v instanceof PyComplex && v.cls === complexType && type === complexType) {
    return v;
  }
  if (isStr(v)) return fromStr(strValue(v));
  const z = fromSpecial(v);
  if (z !== undefined) return new PyComplex(z.re, z.im);
  if (v instanceof PyComplex) return new PyComplex(v.re, v.im);
  if (!isNumber(v)) {
    throw typeError(
      `complex() argument must be a string or a number, not ${typeOf(v).name}`,
    );
  }
  return new PyComplex(numberToFloat(v), 0);
}
function notReal(which: string, v: Value): string {
  return `complex() argument '${which}' must be a real number, not ${typeOf(v).name}`;
}
/** complex(real, imag): each may still be complex, with a warning. */
function fromParts(r: Value | undefined, i: Value | undefined): PyComplex {
  let cr: PyComplex | undefined, ci: PyComplex | undefined;
  let re = 0, im = 0;
  if (r !== undefined) {
    const z = r instanceof PyComplex ? r : fromSpecial(r);
    if (z === undefined && !isNumber(r)) throw typeError(notReal("real", r));
    cr = z;
    if (z !== undefined) {
      cur.interp.warn(X.DeprecationWarning, notReal("real", r), 1);
    }
  }
  if (i !== undefined) {
    if (i instanceof PyComplex) ci = i;
    else if (!isNumber(i)) throw typeError(notReal("imag", i));
  }
  if (cr !== undefined) re = cr.re;
  else if (r !== undefined) re = numberToFloat(r);
  if (i === undefined) return new PyComplex(re, cr === undefined ? 0 : cr.im);
  if (ci !== undefined) {
    cur.interp.warn(X.DeprecationWarning, notReal("imag", i), 1);
    im = ci.re;
    re -= ci.im;
  } else im = numberToFloat(i);
  if (cr !== undefined) im += cr.im;
  return new PyComplex(re, im);
}

function exact(v: PyComplex): PyComplex {
  return v.cls === complexType ? v : new PyComplex(v.re, v.im);
}

setSpec(complexType, {
  doc:
    "A complex number out of text or numbers.\n\nText is parsed; a single number is converted. 'real' and 'imag' are the\ntwo parts of the new number.",
  sig: "(real=0, imag=0)",
  slots: {
    tp_new: complexNew,
    tp_repr: (v) => complexRepr((v as PyComplex).re, (v as PyComplex).im),
    tp_hash: (v) => {
      const z = v as PyComplex;
      return hashComplex(z.re, z.im, z);
    },
    tp_richcompare: compare,
    nb_add: binary(
      (a, b) => new PyComplex(a.re + b.re, a.im + b.im),
      (a, x) => new PyComplex(a.re + x, a.im),
      (x, b) => new PyComplex(x + b.re, b.im),
    ),
    nb_subtract: binary(
      (a, b) => new PyComplex(a.re - b.re, a.im - b.im),
      (a, x) => new PyComplex(a.re - x, a.im),
      (x, b) => new PyComplex(x - b.re, -b.im),
    ),
    nb_multiply: binary(
      (a, b) => complexMul(a.re, a.im, b.re, b.im),
      (a, x) => new PyComplex(a.re * x, a.im * x),
      (x, b) => new PyComplex(x * b.re, x * b.im),
    ),
    nb_true_divide: binary(
      (a, b) => complexDiv(a.re, a.im, b.re, b.im),
      (a, x) => crDiv(a.re, a.im, x),
      (x, b) => rcDiv(x, b.re, b.im),
    ),
    nb_power: power,
    nb_negative: (v) => new PyComplex(-(v as PyComplex).re, -(v as PyComplex).im),
    nb_positive: (v) => exact(v as PyComplex),
    nb_absolute: (v) => new PyFloat(complexAbs((v as PyComplex).re, (v as PyComplex).im)),
    nb_bool: (v) => (v as PyComplex).re !== 0 || (v as PyComplex).im !== 0,
  },
  methods: {
    from_number: [
      "number, /",
      "A number as a complex floating-point number.",
      (type: PyType, number: Value): Value => {
        if (
          type === complexType && number instanceof PyComplex &&
          number.cls === complexType
        ) return number;
        const z = asComplex(number);
        if (type !== complexType) return call1(type, new PyComplex(z.re, z.im));
        return exact(z);
      },
      M_CLASS,
    ],
    conjugate: [
      "",
      "The number with its imaginary part negated: (3-4j).conjugate() == 3+4j.",
      (v: PyComplex): Value => new PyComplex(v.re, -v.im),
    ],
    __complex__: ["", "The number as an exact complex.", exact],
    __getnewargs__: [
      "",
      "",
      (v: PyComplex): Value => new PyTuple([new PyFloat(v.re), new PyFloat(v.im)]),
    ],
    __format__: [
      "format_spec, /",
      "The number as text according to format_spec.",
      (v: PyComplex, spec: Value): Value => formatComplex(v, specText(spec)),
    ],
  },
  docs: {
    real: "the real part of a complex number",
    imag: "the imaginary part of a complex number",
  },
  members: {
    real: (v: PyComplex) => new PyFloat(v.re),
    imag: (v: PyComplex) => new PyFloat(v.im),
  },
});
