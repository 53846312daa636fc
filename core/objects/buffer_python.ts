// CPython 3.14: Objects/typeobject.c (slot_bf_getbuffer, wrap_buffer and their like)
//
// The buffer protocol between Python and native code: `__buffer__` and `__release_buffer__` of
// Python classes as slots, and the slots of builtin types as those methods.

import {
  type BufferView,
  builtinType,
  type NativeFn,
  None,
  PyBaseException,
  PyObject,
  type PyType,
  setSpec,
  typeName,
  typeOf,
  type Value,
} from "./object.ts";
import { asIndex, call1, lookupSpecial } from "./abstract.ts";
import { overflowError, typeError, valueError } from "./errors.ts";
import { cur } from "./state.ts";
import { ManagedBuffer, memoryFromView, memoryGetBuffer, PyMemoryView, releaseView } from "./memoryview.ts";

/** Holds the memoryview that a Python `__buffer__` returned while its buffer is lent. */
const bufferWrapperType: PyType = builtinType(
  "_buffer_wrapper",
  undefined,
  true,
);
class PyBufferWrapper extends PyObject {
  mv: PyMemoryView | undefined;
  readonly obj: Value;
  constructor(mv: PyMemoryView, obj: Value) {
    super(bufferWrapperType);
    this.mv = mv;
    this.obj = obj;
  }
}

setSpec(bufferWrapperType, {
  slots: {
    bf_releasebuffer: (self, view) => {
      const w = self as PyBufferWrapper;
      const mv = w.mv;
      if (mv === undefined) return;
      w.mv = undefined;
      mv.exports--;
      const release = mv.view.obj === w.obj ? undefined : pythonRelease(w.obj);
      if (release !== undefined) callRelease(release, w.obj, view);
    },
  },
});

/** A `__release_buffer__` written in Python, or undefined. */
function pythonRelease(obj: Value): Value | undefined {
  const f = typeOf(obj).bf_releasebuffer;
  if (f !== releaseFromPython) return undefined;
  return lookupSpecial(obj, "__release_buffer__");
}

function callRelease(f: Value, obj: Value, view: BufferView): void {
  // a view that shows the memory once more, without borrowing it again
  const m = new PyMemoryView(
    new ManagedBuffer({ ...view, obj: None }),
    { ...view },
  );
  try {
    call1(f, m);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    cur.interp.unraisable(e, "Exception ignored in __release_buffer__ of", obj);
  }
  m.drop();
}

/** bf_getbuffer of classes with a Python `__buffer__`. */
export function bufferFromPython(self: Value, flags: number): BufferView {
  const r = call1(lookupSpecial(self, "__buffer__")!, flags);
  if (!(r instanceof PyMemoryView)) {
    throw typeError("__buffer__ returned non-memoryview object");
  }
  const view = memoryGetBuffer(r, flags);
  view.obj = new PyBufferWrapper(r, self);
  return view;
}

/** bf_releasebuffer of classes with a Python `__release_buffer__`. */
export function releaseFromPython(self: Value, view: BufferView): void {
  callRelease(lookupSpecial(self, "__release_buffer__")!, self, view);
}

/** `__buffer__` over a builtin's bf_getbuffer. */
export function memoryviewFromSlot(
  f: (self: Value, flags: number) => BufferView,
): NativeFn {
  return (self: Value, flags: Value): Value => {
    const n = asIndex(flags);
    if (typeof n === "bigint" || Math.abs(n) > 0x7fffffff) {
      throw overflowError(
        `cannot fit '${typeName(flags)}' into an index-sized integer`,
      );
    }
    return memoryFromView(f(self, n));
  };
}

/** `__release_buffer__` over a builtin's bf_releasebuffer. */
export function releaseFromSlot(): NativeFn {
  return (self: Value, m: Value): Value => {
    if (!(m instanceof PyMemoryView)) {
      throw typeError("expected a memoryview object");
    }
    if (m.view.obj !== self) {
      throw valueError("memoryview's buffer is not this object");
    }
    if (m.released) {
      throw valueError("memoryview's buffer has already been released");
    }
    releaseView(m);
    return None;
  };
}
