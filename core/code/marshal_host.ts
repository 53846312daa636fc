// CPython 3.14: Python/marshal.c
//
// The object model as marshal needs it. Code that was read is verified before it
// is prepared: it may come from anywhere.

import { bytesOf, hasBuffer } from "../objects/buffer.ts";
import { PyDict } from "../objects/dict.ts";
import { eofError, systemError, typeError, valueError } from "../objects/errors.ts";
import { StopIteration } from "../objects/exceptions.ts";
import { makeDecodeError } from "../objects/exceptions_unicode.ts";
import { dictType, frozensetType, PyBytes, setType, type Value } from "../objects/object.ts";
import { cur } from "../objects/state.ts";
import { PySet } from "../objects/set.ts";
import type { MarshalHost } from "./marshal.ts";

const ERRORS = {
  ValueError: valueError,
  EOFError: eofError,
  TypeError: typeError,
  SystemError: systemError,
};

/** marshal over the real object model. */
export const marshalHost: MarshalHost = {
  error: (type, message) => ERRORS[type](message),
  decodeError: (bytes, start, end, reason) => makeDecodeError("utf-8", new PyBytes(bytes), start, end, reason),
  get stopIteration(): Value {
    return StopIteration;
  },
  get noColumns(): boolean {
    return cur.interp.noColumns;
  },
  newDict: () => new PyDict(),
  dictSet: (dict, key, value) => (dict as PyDict).set(key, value),
  dictEntries: (v) => v instanceof PyDict && v.cls === dictType ? v.entries() : undefined,
  newSet: (frozen) => new PySet(frozen ? frozensetType : setType),
  setAdd: (set, item) => (set as PySet).add(item),
  setEntries(v) {
    if (!(v instanceof PySet)) return undefined;
    if (v.cls !== setType && v.cls !== frozensetType) return undefined;
    return { frozen: v.cls === frozensetType, items: v.items() };
  },
  buffer: (v) => hasBuffer(v) ? bytesOf(v) : undefined,
};

/** The same for the interpreter's own archive, whose code is trusted. */
export const trustedMarshalHost: MarshalHost = Object.create(marshalHost, {
  trusted: { value: true },
});
