// CPython 3.14: Modules/_statisticsmodule.c
//
// The inverse of the normal distribution's cumulative function by rational approximations
// (M. J. Wichura's algorithm AS241), one for the middle and two for the tails.

import { PyFloat, type Value } from "../core/objects/object.ts";
import { asDouble } from "../core/objects/abstract.ts";
import { valueError } from "../core/objects/errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

// coefficients, highest power first
const MIDDLE_NUM = [
  2.5090809287301226727e+3,
  3.3430575583588128105e+4,
  6.7265770927008700853e+4,
  4.5921953931549871457e+4,
  1.3731693765509461125e+4,
  1.9715909503065514427e+3,
  1.3314166789178437745e+2,
  3.3871328727963666080e+0,
];
const MIDDLE_DEN = [
  5.2264952788528545610e+3,
  2.8729085735721942674e+4,
  3.9307895800092710610e+4,
  2.1213794301586595867e+4,
  5.3941960214247511077e+3,
  6.8718700749205790830e+2,
  4.2313330701600911252e+1,
  1.0,
];
const NEAR_NUM = [
  7.74545014278341407640e-4,
  2.27238449892691845833e-2,
  2.41780725177450611770e-1,
  1.27045825245236838258e+0,
  3.64784832476320460504e+0,
  5.76949722146069140550e+0,
  4.63033784615654529590e+0,
  1.42343711074968357734e+0,
];
const NEAR_DEN = [
  1.05075007164441684324e-9,
  5.47593808499534494600e-4,
  1.51986665636164571966e-2,
  1.48103976427480074590e-1,
  6.89767334985100004550e-1,
  1.67638483018380384940e+0,
  2.05319162663775882187e+0,
  1.0,
];
const FAR_NUM = [
  2.01033439929228813265e-7,
  2.71155556874348757815e-5,
  1.24266094738807843860e-3,
  2.65321895265761230930e-2,
  2.96560571828504891230e-1,
  1.78482653991729133580e+0,
  5.46378491116411436990e+0,
  6.65790464350110377720e+0,
];
const FAR_DEN = [
  2.04426310338993978564e-15,
  1.42151175831644588870e-7,
  1.84631831751005468180e-5,
  7.86869131145613259100e-4,
  1.48753612908506148525e-2,
  1.36929880922735805310e-1,
  5.99832206555887937690e-1,
  1.0,
];

function poly(c: readonly number[], r: number): number {
  let v = c[0];
  for (let i = 1; i < c.length; i++) v = v * r + c[i];
  return v;
}

function invCdf(p: number, mu: number, sigma: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return mu + poly(MIDDLE_NUM, r) * q / poly(MIDDLE_DEN, r) * sigma;
  }
  let r = Math.sqrt(-Math.log(q <= 0 ? p : 1 - p));
  let x: number;
  if (r <= 5) {
    r -= 1.6;
    x = poly(NEAR_NUM, r) / poly(NEAR_DEN, r);
  } else {
    r -= 5;
    x = poly(FAR_NUM, r) / poly(FAR_DEN, r);
  }
  return mu + (q < 0 ? -x : x) * sigma;
}

export const spec: ModuleSpec = {
  name: "_statistics",
  doc: "Accelerators for the statistics module.\n",
  functions: {
    _normal_dist_inv_cdf: ["p, mu, sigma, /", "", (_m: Value, p: Value, mu: Value, sigma: Value) => {
      const x = asDouble(p), m = asDouble(mu), s = asDouble(sigma);
      if (x <= 0 || x >= 1) throw valueError("inv_cdf undefined for these parameters");
      return new PyFloat(invCdf(x, m, s));
    }],
  },
};
