// CPython 3.14: Objects/picklebufobject.c
//
// PickleBuffer: a buffer that a pickle may leave out of its stream.

import {
  type BufferView,
  builtinType,
  type KwNames,
  None,
  PyObject,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import { borrowBuffer, BUF_FULL_RO, isCContiguous, isFContiguous, releaseBuffer } from "../core/objects/buffer.ts";
import { bufferError, valueError } from "../core/objects/errors.ts";
import { memoryFromView } from "../core/objects/memoryview.ts";
import { newFrom } from "./native_new.ts";

export const pickleBufferType: PyType = builtinType("pickle.PickleBuffer", undefined, true);
pickleBufferType.hasWeakref = true;

export class PyPickleBuffer extends PyObject {
  constructor(public view: BufferView | undefined) {
    super(pickleBufferType);
  }
}
/** The buffer that is wrapped. */
export function pickleBufferView(b: PyPickleBuffer): BufferView {
  if (b.view === undefined) throw valueError("operation forbidden on released PickleBuffer object");
  return b.view;
}

const construct = newFrom(
  "PickleBuffer",
  "object, /",
  (_type, obj: Value) => new PyPickleBuffer(borrowBuffer(obj, BUF_FULL_RO)),
);
setSpec(pickleBufferType, {
  doc: "A wrapper for buffers that may be transmitted out of band.",
  slots: {
    tp_new: (type: PyType, args: Value[], kwnames?: KwNames) => construct(type, args, kwnames),
    bf_getbuffer: (self, flags) => {
      const view = pickleBufferView(self as PyPickleBuffer);
      return borrowBuffer(view.obj, flags);
    },
    bf_releasebuffer: () => {},
  },
  methods: {
    raw: [
      "",
      "The memory as a memoryview of bytes. Raises BufferError if it is not contiguous.",
      (b: PyPickleBuffer) => {
        const v = pickleBufferView(b);
        if (!isCContiguous(v) && !isFContiguous(v)) {
          throw bufferError("cannot extract raw buffer from non-contiguous buffer");
        }
        const own = borrowBuffer(v.obj, BUF_FULL_RO);
        return memoryFromView({ ...own, itemsize: 1, format: "B", ndim: 1, shape: [own.len], strides: [1] });
      },
    ],
    release: ["", "Release the buffer.", (b: PyPickleBuffer) => {
      if (b.view !== undefined) releaseBuffer(b.view);
      b.view = undefined;
      return None;
    }],
  },
});
