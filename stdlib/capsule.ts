// CPython 3.14: Objects/capsule.c
//
// A capsule hands a C API from one extension module to another; here it has a name and nothing inside.

import { builtinType, PyObject, type PyType, setSpec } from "../core/objects/object.ts";
import { addressOf } from "../core/objects/native_call.ts";

export const capsuleType: PyType = builtinType("PyCapsule", undefined, true);

export class PyCapsule extends PyObject {
  readonly name: string;
  constructor(name: string) {
    super(capsuleType);
    this.name = name;
  }
}

setSpec(capsuleType, {
  doc: "Capsule objects let one C extension module use another's C API through Python's import mechanism.\n",
  slots: { tp_repr: (self) => `<capsule object "${(self as PyCapsule).name}" at ${addressOf(self)}>` },
});
