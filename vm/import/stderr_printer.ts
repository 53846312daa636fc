// CPython 3.14: Objects/fileobject.c (PyStdPrinter)
//
// sys.stderr of the start: until the real streams are made, what has to be said (the lines of -v)
// goes to the descriptor as it is, without a buffer.

import { builtinType, None, PyObject, type PyType, setSpec, type Value } from "../../core/objects/object.ts";
import { isStr, strValue } from "../../core/objects/abstract.ts";
import { strLen } from "../../core/objects/str_ops.ts";
import { typeError } from "../../core/objects/errors.ts";
import { addressOf } from "../../core/objects/native_call.ts";
import { cur } from "../../core/objects/state.ts";
import { backslashreplaceEncode } from "../../core/text/codec_errors.ts";
import { encodeUtf8 } from "../../core/text/codec_utf8.ts";
import type { Interp } from "../interpreter.ts";

const printerType: PyType = builtinType("stderrprinter");

class StdPrinter extends PyObject {
  constructor(readonly fd: number) {
    super(printerType);
  }
}

const files = () => (cur.interp as Interp).host.files;

function write(p: StdPrinter, text: Value): Value {
  if (!isStr(text)) throw typeError("write() argument must be str");
  const s = strValue(text), bytes = encodeUtf8(s, backslashreplaceEncode);
  for (let at = 0; at < bytes.length;) at += files().write(p.fd, bytes.subarray(at));
  return strLen(s);
}

setSpec(printerType, {
  slots: { tp_repr: (p) => `<stderrprinter(fd=${(p as StdPrinter).fd}) object at ${addressOf(p)}>` },
  methods: {
    close: ["", "", () => None],
    fileno: ["", "", (p: StdPrinter) => p.fd],
    flush: ["", "", () => None],
    isatty: ["", "", (p: StdPrinter) => files().isatty(p.fd)],
    write: ["object, /", "", write],
  },
  getset: {
    closed: [() => false],
    encoding: [() => None],
    mode: [() => "w"],
  },
});

/** A stream that writes to a descriptor at once. */
export function stdPrinter(fd: number): Value {
  return new StdPrinter(fd);
}
