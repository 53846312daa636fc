// gopy's own: a promise of the host's, as the guest sees it
//
// A host function that returns a promise just seems to take its time. A promise that comes in any
// other way is a HostPromise, whose `result()` waits in the same manner.

import { builtinType, M_PUSH, PyObject, setSpec, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import type { Border } from "./values.ts";

const promiseType = builtinType("HostPromise");

class PyHostPromise extends PyObject {
  settled = false;
  constructor(readonly what: string, readonly promise: Promise<unknown>, readonly border: Border) {
    super(promiseType);
    const done = () => {
      this.settled = true;
    };
    promise.then(done, done);
  }
}

/** The Python object for a promise. */
export function newHostPromise(what: string, promise: Promise<unknown>, border: Border): PyObject {
  return new PyHostPromise(what, promise, border);
}

setSpec(promiseType, {
  doc: "A value that the host has promised.",
  slots: {
    tp_new: () => {
      throw typeError("cannot create 'HostPromise' instances");
    },
  },
  methods: {
    done: ["", "Has the promise been kept or broken?", (p: PyHostPromise): Value => p.settled],
    result: ["", "The promised value; waits for it. Raises what the promise was rejected with.", (p: PyHostPromise) => {
      return p.border.wait(p.what, p.promise);
    }, M_PUSH],
  },
});
