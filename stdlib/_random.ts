// CPython 3.14: Modules/_randommodule.c
//
// The Mersenne Twister MT19937: 624 words of state and an index. Seeds, outputs and states are
// those of CPython.

import {
  builtinType,
  type Int,
  type KwNames,
  None,
  PyFloat,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import { cur } from "../core/objects/state.ts";
import { memoryError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { asIndex, hash, intValue, isInt } from "../core/objects/abstract.ts";
import { bytesToInt, intAbs } from "../core/objects/int.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

const N = 624, M = 397;

class PyRandom extends PyObject {
  readonly state: Uint32Array = new Uint32Array(N);
  index = 0;
}

export const randomType: PyType = builtinType("_random.Random");

/** The next 32 bits. */
function next(r: PyRandom): number {
  const mt = r.state;
  if (r.index >= N) {
    for (let k = 0; k < N; k++) {
      const y = (mt[k] & 0x80000000) | (mt[(k + 1) % N] & 0x7fffffff);
      mt[k] = mt[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) !== 0 ? 0x9908b0df : 0);
    }
    r.index = 0;
  }
  let y = mt[r.index++];
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  y ^= y >>> 18;
  return y >>> 0;
}

function initOne(r: PyRandom, seed: number): void {
  const mt = r.state;
  mt[0] = seed;
  for (let i = 1; i < N; i++) {
    const x = mt[i - 1] ^ (mt[i - 1] >>> 30);
    mt[i] = Math.imul(1812433253, x) + i;
  }
  r.index = N;
}
function initByArray(r: PyRandom, key: Uint32Array): void {
  initOne(r, 19650218);
  const mt = r.state, n = key.length;
  let i = 1, j = 0;
  for (let k = Math.max(N, n); k > 0; k--) {
    const x = mt[i - 1] ^ (mt[i - 1] >>> 30);
    mt[i] = (mt[i] ^ Math.imul(x, 1664525)) + key[j] + j;
    if (++i >= N) {
      mt[0] = mt[N - 1];
      i = 1;
    }
    if (++j >= n) j = 0;
  }
  for (let k = N - 1; k > 0; k--) {
    const x = mt[i - 1] ^ (mt[i - 1] >>> 30);
    mt[i] = (mt[i] ^ Math.imul(x, 1566083941)) - i;
    if (++i >= N) {
      mt[0] = mt[N - 1];
      i = 1;
    }
  }
  mt[0] = 0x80000000;
}

/** A number that is not negative as words, least significant first. */
function words(n: Int): Uint32Array {
  if (typeof n === "number") {
    const hi = Math.floor(n / 4294967296);
    return hi === 0 ? Uint32Array.of(n) : Uint32Array.of(n, hi);
  }
  const hex = n.toString(16);
  const out = new Uint32Array(Math.ceil(hex.length / 8));
  for (let i = 0, end = hex.length; end > 0; i++, end -= 8) {
    out[i] = parseInt(hex.slice(Math.max(0, end - 8), end), 16);
  }
  return out;
}

function seed(r: PyRandom, arg: Value | undefined): void {
  if (arg === undefined || arg === None) {
    initByArray(r, crypto.getRandomValues(new Uint32Array(N)));
    return;
  }
  if (isInt(arg)) {
    initByArray(r, words(intAbs(intValue(arg))));
    return;
  }
  const low = hash(arg) >>> 0, high = cur.hashHi >>> 0;
  initByArray(r, high === 0 ? Uint32Array.of(low) : Uint32Array.of(low, high));
}

function getrandbits(r: PyRandom, kv: Value): Value {
  const k = asIndex(kv);
  if (k < 0) throw valueError("Cannot convert negative int");
  if (k === 0) return 0;
  if (k <= 32) return next(r) >>> (32 - (k as number));
  if (typeof k === "bigint" && k >> 64n !== 0n) {
    throw overflowError("Python int too large for C uint64_t");
  }
  if (typeof k === "bigint" || k > 2 ** 30) throw memoryError();
  const n = Math.ceil(k / 32);
  const bytes = new Uint8Array(n * 4), view = new DataView(bytes.buffer);
  for (let i = 0, left = k; i < n; i++, left -= 32) {
    let w = next(r);
    if (left < 32) w >>>= 32 - left;
    view.setUint32(i * 4, w, true);
    cur.tick(1);
  }
  return bytesToInt(bytes, true, false);
}

function setstate(r: PyRandom, state: Value): Value {
  if (!(state instanceof PyTuple)) {
    throw typeError("state vector must be a tuple");
  }
  if (state.items.length !== N + 1) {
    throw valueError("state vector is the wrong size");
  }
  const fresh = new Uint32Array(N);
  for (let i = 0; i < N; i++) fresh[i] = word(state.items[i]);
  const index = state.items[N];
  if (!isInt(index)) throw typeError("an integer is required");
  const at = intValue(index);
  if (at < 0 || at > N) throw valueError("invalid state");
  r.state.set(fresh);
  r.index = at as number;
  return None;
}
/** An element of a state: a C unsigned long, cut to 32 bits. */
function word(v: Value): number {
  if (!isInt(v)) throw typeError("an integer is required");
  const n = intValue(v);
  if (n < 0) {
    throw overflowError("can't convert negative value to unsigned int");
  }
  if (typeof n === "bigint") {
    if (n >> 64n !== 0n) {
      throw overflowError("Python int too large to convert to C unsigned long");
    }
    return Number(n & 0xffffffffn);
  }
  return n % 4294967296;
}

setSpec(randomType, {
  doc: "Random() -> a random number generator with a state of its own.",
  module: "_random",
  slots: {
    tp_new: (type: PyType): Value => new PyRandom(type),
    tp_init: (self: Value, args: Value[], kwnames?: KwNames): void => {
      if (kwnames !== undefined && kwnames.length > 0) {
        throw typeError("Random() takes no keyword arguments");
      }
      if (args.length > 1) {
        throw typeError(
          `Random expected at most 1 argument, got ${args.length}`,
        );
      }
      seed(self as PyRandom, args[0]);
    },
  },
  methods: {
    random: [
      "",
      "random() -> x in the interval [0, 1).",
      (r: PyRandom): Value => {
        const a = next(r) >>> 5, b = next(r) >>> 6;
        return new PyFloat((a * 67108864 + b) * (1 / 9007199254740992));
      },
    ],
    seed: [
      "n=None, /",
      "seed([n]) -> None.\n\nSets the state from an int or another hashable value; from the system's\nentropy without an argument.",
      (r: PyRandom, n?: Value): Value => {
        seed(r, n);
        return None;
      },
    ],
    getstate: [
      "",
      "getstate() -> tuple of 625 ints: the state.",
      (r: PyRandom): Value => new PyTuple([...r.state, r.index]),
    ],
    setstate: [
      "state, /",
      "setstate(state) -> None.  Goes back to a state.",
      setstate,
    ],
    getrandbits: [
      "k, /",
      "getrandbits(k) -> x.  An int of k random bits.",
      getrandbits,
    ],
  },
});

export const spec: ModuleSpec = {
  name: "_random",
  doc: "The Mersenne Twister random number generator.",
  types: { Random: randomType },
};
