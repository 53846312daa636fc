// CPython 3.14: Modules/pyexpat.c
//
// What Python sees of the XML parser in expat_parser.ts. Handlers are values of the parser object;
// setting one puts a function that calls it into the parser's table, so that it counts at once.
// Character data is gathered while `buffer_text` is on, and handed over before any other event.

import {
  builtinType,
  None,
  PyBaseException,
  PyBytes,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  typeName,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  asDouble,
  asIndex,
  asInt32,
  call,
  enterNative,
  intValue,
  isInt,
  isStr,
  isTrue,
  leaveNative,
  lookupAttr,
  setAttr,
  strValue,
} from "../core/objects/abstract.ts";
import { newErrorArgs, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { PyDict } from "../core/objects/dict.ts";
import { decodeBytes } from "../core/objects/codecs.ts";
import { newModule } from "../core/objects/module.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { newClass } from "../core/objects/type_new.ts";
import { encodeUtf8 } from "../core/text/codec_utf8.ts";
import { addNativeTraceback } from "../vm/interp/calls.ts";
import { asException } from "../vm/interp/unwind.ts";
import { ERRORS, INVALID_ARGUMENT, MODEL } from "./expat_consts.ts";
import { ExpatParser, type Model, XmlError, type XmlHandlers } from "./expat_parser.ts";
import { type Encoding, isCompatible } from "./expat_text.ts";

const parserType = builtinType("pyexpat.xmlparser", undefined, true);
parserType.flags |= TF_DISALLOW_NEW;

/** Handlers, with the lines of Modules/pyexpat.c that call them and so stand in tracebacks. */
const HANDLER_LINES = {
  StartElementHandler: 490,
  EndElementHandler: 554,
  ProcessingInstructionHandler: 558,
  CharacterDataHandler: 355,
  UnparsedEntityDeclHandler: 564,
  NotationDeclHandler: 706,
  StartNamespaceDeclHandler: 716,
  EndNamespaceDeclHandler: 723,
  CommentHandler: 728,
  StartCdataSectionHandler: 732,
  EndCdataSectionHandler: 736,
  DefaultHandler: 740,
  DefaultHandlerExpand: 744,
  NotStandaloneHandler: 749,
  ExternalEntityRefHandler: 753,
  StartDoctypeDeclHandler: 769,
  EndDoctypeDeclHandler: 777,
  EntityDeclHandler: 576,
  XmlDeclHandler: 593,
  ElementDeclHandler: 669,
  AttlistDeclHandler: 684,
  SkippedEntityHandler: 698,
} as const;
type HandlerName = keyof typeof HANDLER_LINES;
const HANDLERS = Object.keys(HANDLER_LINES) as HandlerName[];

class PyXmlParser extends PyObject {
  readonly handlers: Map<HandlerName, Value> = new Map();
  orderedAttributes = false;
  specifiedAttributes = false;
  bufferText = false;
  bufferSize = 8192;
  buffered = "";
  inCallback = false;
  /** What a handler raised. */
  raised: { e: unknown } | undefined;
  constructor(readonly expat: ExpatParser, readonly intern: Value) {
    super(parserType);
    expat.h = {};
  }
}

const text = (s: string | undefined): Value => s === undefined ? None : X.textValue(s);

/** Calls a handler; when it raises, no other one is called any more. */
function invoke(p: PyXmlParser, name: HandlerName, f: Value, args: Value[]): Value {
  const before = p.inCallback;
  p.inCallback = true;
  try {
    return call(f, args);
  } catch (thrown) {
    const e = asException(thrown);
    addNativeTraceback(e, "../Modules/pyexpat.c", name.replace(/Handler$/, ""), HANDLER_LINES[name]);
    fail(p, e);
    return None;
  } finally {
    p.inCallback = before;
  }
}
/** What a handler raised comes out of Parse when what has come is parsed, or is found wrong. */
function fail(p: PyXmlParser, e: unknown): void {
  p.raised ??= { e };
  p.handlers.clear();
  p.expat.h = { externalEntity: () => false };
  p.buffered = "";
}
/** Hands over the character data gathered so far. */
function flush(p: PyXmlParser): void {
  const s = p.buffered;
  if (s === "") return;
  p.buffered = "";
  const f = p.handlers.get("CharacterDataHandler");
  if (f !== undefined) invoke(p, "CharacterDataHandler", f, [X.textValue(s)]);
}
/** A handler's call after what was gathered. */
function tell(p: PyXmlParser, name: HandlerName, f: Value, args: () => Value[]): Value {
  flush(p);
  if (p.raised !== undefined) return None;
  let list: Value[];
  try {
    list = args();
  } catch (e) {
    fail(p, e);
    return None;
  }
  return invoke(p, name, f, list);
}
/** A handler's answer, as a C int is read. */
function answer(p: PyXmlParser, name: HandlerName, f: Value, args: () => Value[]): boolean {
  const v = tell(p, name, f, args);
  if (p.raised !== undefined) return false;
  try {
    return asInt32(v) !== 0;
  } catch (e) {
    fail(p, e);
    return false;
  }
}

function attributes(p: PyXmlParser, list: string[], specified: number): Value {
  const n = p.specifiedAttributes ? specified : list.length;
  if (p.orderedAttributes) return new PyList(list.slice(0, n).map((s) => X.textValue(s)));
  const d = new PyDict();
  for (let i = 0; i < n; i += 2) d.set(X.textValue(list[i]), X.textValue(list[i + 1]));
  return d;
}
const MODEL_WEIGHT = 600;
function modelValue(m: Model): Value {
  enterNative(MODEL_WEIGHT, " in conv_content_model");
  try {
    return new PyTuple([m.type, m.quant, text(m.name), new PyTuple(m.children.map(modelValue))]);
  } finally {
    leaveNative(MODEL_WEIGHT);
  }
}
function characters(p: PyXmlParser, f: Value, s: string): void {
  if (!p.bufferText) {
    invoke(p, "CharacterDataHandler", f, [X.textValue(s)]);
    return;
  }
  if (p.buffered.length + s.length > p.bufferSize) {
    flush(p);
    if (!p.handlers.has("CharacterDataHandler")) return;
    if (s.length > p.bufferSize) {
      invoke(p, "CharacterDataHandler", f, [X.textValue(s)]);
      return;
    }
  }
  p.buffered += s;
}

/** Puts a handler into the parser's table. */
function connect(p: PyXmlParser, name: HandlerName, f: Value | undefined): void {
  const h: XmlHandlers = p.expat.h;
  const set = <K extends keyof XmlHandlers>(key: K, fn: XmlHandlers[K]) => {
    h[key] = f === undefined ? undefined : fn;
  };
  const on = (args: () => Value[]) => tell(p, name, f!, args);
  switch (name) {
    case "StartElementHandler":
      return set("startElement", (n, a, k) => void on(() => [X.textValue(n), attributes(p, a, k)]));
    case "EndElementHandler":
      return set("endElement", (n) => void on(() => [X.textValue(n)]));
    case "ProcessingInstructionHandler":
      return set("instruction", (t, d) => void on(() => [X.textValue(t), X.textValue(d)]));
    case "CharacterDataHandler":
      return set("characters", (s) => characters(p, f!, s));
    case "CommentHandler":
      return set("comment", (s) => void on(() => [X.textValue(s)]));
    case "StartCdataSectionHandler":
      return set("startCdata", () => void on(() => []));
    case "EndCdataSectionHandler":
      return set("endCdata", () => void on(() => []));
    case "DefaultHandler":
    case "DefaultHandlerExpand":
      p.expat.expandEntities = f === undefined || name === "DefaultHandlerExpand";
      return set("default", (s) => void on(() => [X.textValue(s)]));
    case "StartNamespaceDeclHandler":
      return set("startNamespace", (prefix, uri) => void on(() => [text(prefix), text(uri)]));
    case "EndNamespaceDeclHandler":
      return set("endNamespace", (prefix) => void on(() => [text(prefix)]));
    case "StartDoctypeDeclHandler":
      return set("startDoctype", (n, sys, pub, i) => void on(() => [X.textValue(n), text(sys), text(pub), i ? 1 : 0]));
    case "EndDoctypeDeclHandler":
      return set("endDoctype", () => void on(() => []));
    case "EntityDeclHandler":
      return set("entityDecl", (e) =>
        void on(() => [
          X.textValue(e.name),
          e.isParameter ? 1 : 0,
          text(e.text),
          text(e.base),
          text(e.system),
          text(e.pub),
          text(e.notation),
        ]));
    case "UnparsedEntityDeclHandler":
      return set(
        "unparsedEntity",
        (e) => void on(() => [X.textValue(e.name), text(e.base), text(e.system), text(e.pub), text(e.notation)]),
      );
    case "NotationDeclHandler":
      return set("notation", (n, base, sys, pub) => void on(() => [X.textValue(n), text(base), text(sys), text(pub)]));
    case "ElementDeclHandler":
      return set("elementDecl", (n, m) => void on(() => [X.textValue(n), modelValue(m)]));
    case "AttlistDeclHandler":
      return set(
        "attlistDecl",
        (el, n, type, v, req) =>
          void on(() => [X.textValue(el), X.textValue(n), X.textValue(type), text(v), req ? 1 : 0]),
      );
    case "XmlDeclHandler":
      return set("xmlDecl", (v, enc, alone) => void on(() => [text(v), text(enc), alone]));
    case "SkippedEntityHandler":
      return set("skippedEntity", (n, isParam) => void on(() => [X.textValue(n), isParam ? 1 : 0]));
    case "NotStandaloneHandler":
      return set("notStandalone", () => answer(p, name, f!, () => []));
    case "ExternalEntityRefHandler":
      return set(
        "externalEntity",
        (context, base, sys, pub) => answer(p, name, f!, () => [text(context), text(base), text(sys), text(pub)]),
      );
  }
}
function setHandler(p: PyXmlParser, name: HandlerName, v: Value): void {
  if (name === "CharacterDataHandler") flush(p);
  const twin: HandlerName | undefined = name === "DefaultHandler"
    ? "DefaultHandlerExpand"
    : name === "DefaultHandlerExpand"
    ? "DefaultHandler"
    : undefined;
  if (v === None) p.handlers.delete(name);
  else p.handlers.set(name, v);
  connect(p, name, v === None ? undefined : v);
  // one may be put in place of the other, which then is seen no more
  if (twin !== undefined && v === None && p.handlers.has(twin)) connect(p, twin, p.handlers.get(twin));
}

// ---- errors ---------------------------------------------------------------------------------

const ERROR_TYPE = {};
function errorType(): PyType {
  return interpStore(ERROR_TYPE, () => {
    const d = new PyDict();
    d.setStr("__module__", "xml.parsers.expat");
    return newClass(typeType, "ExpatError", [X.Exception], d) as PyType;
  });
}
function expatError(p: PyXmlParser, code: number, message?: string): PyBaseException {
  const { line, column } = p.expat.placeNow();
  const e = newErrorArgs(errorType(), [message ?? `${ERRORS[code - 1][1]}: line ${line}, column ${column}`]);
  setAttr(e, "code", code);
  setAttr(e, "offset", column);
  setAttr(e, "lineno", line);
  return e;
}
/** Runs a step of the parser; its errors come out as ExpatError. */
function guarded(p: PyXmlParser, body: () => void): void {
  let code = 0;
  try {
    body();
  } catch (e) {
    if (!(e instanceof XmlError)) throw e;
    code = e.code;
  }
  if (p.raised !== undefined) {
    const { e } = p.raised;
    p.raised = undefined;
    throw e;
  }
  if (code !== 0) throw expatError(p, code);
}

/** What Python's codecs make of each byte; an encoding that needs more than one is refused. */
export function unknownEncoding(name: string): Encoding | undefined {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  const decoded = utf16(strValue(decodeBytes(all, new PyBytes(all), name, "replace")));
  const map = [...decoded];
  if (map.length !== 256) throw valueError("multi-byte encodings are not supported");
  const chars = map.map((c) => c === "\ufffd" ? undefined : c);
  return isCompatible(chars) ? { kind: "bytes", name, map: chars } : undefined;
}

// ---- the parser object ----------------------------------------------------------------------

function parse(p: PyXmlParser, data: Value, isFinal: Value = false): Value {
  const final = isTrue(isFinal);
  let bytes: Uint8Array;
  if (isStr(data)) {
    bytes = encodeUtf8(strValue(data));
    p.expat.setEncoding("utf-8");
  } else if (hasBuffer(data)) bytes = bytesOf(data).slice();
  else throw typeError(`a bytes-like object is required, not '${typeName(data)}'`);
  guarded(p, () => p.expat.feed(bytes, final));
  flush(p);
  return 1;
}
const CHUNK = 2048;
function parseFile(p: PyXmlParser, file: Value): Value {
  const read = lookupAttr(file, "read");
  if (read === undefined) throw typeError("argument must have 'read' attribute");
  for (;;) {
    const v = call(read, [CHUNK]);
    if (!(v instanceof PyBytes || v instanceof PyByteArray)) {
      throw typeError(`read() did not return a bytes object (type=${typeName(v)})`);
    }
    const b = bytesOf(v).slice();
    if (b.length > CHUNK) {
      throw valueError(`read() returned too much data: ${CHUNK} bytes requested, ${b.length} returned`);
    }
    guarded(p, () => p.expat.feed(b, b.length === 0));
    if (b.length === 0) break;
  }
  flush(p);
  return 1;
}

function externalParser(p: PyXmlParser, context: Value, encoding: Value = None): Value {
  const ctx = context === None ? undefined : utf16(strValue(context));
  const expat = new ExpatParser({
    encoding: encoding === None ? undefined : utf16(strValue(encoding)),
    separator: p.expat.separator,
    unknownEncoding,
    parent: p.expat,
    kind: ctx === undefined ? "subset" : "entity",
    context: ctx,
  });
  const q = new PyXmlParser(expat, p.intern);
  q.orderedAttributes = p.orderedAttributes;
  q.specifiedAttributes = p.specifiedAttributes;
  q.bufferText = p.bufferText;
  q.bufferSize = p.bufferSize;
  const expand = p.expat.expandEntities;
  for (const [name, f] of p.handlers) {
    q.handlers.set(name, f);
    connect(q, name, f);
  }
  q.expat.expandEntities = expand;
  return q;
}

function parserCreate(encoding: Value = None, separator: Value = None, intern?: Value): Value {
  const str = (v: Value, what: string) => {
    if (v === None) return undefined;
    if (!isStr(v)) throw typeError(`ParserCreate() argument '${what}' must be str or None, not ${typeName(v)}`);
    return utf16(strValue(v));
  };
  const enc = str(encoding, "encoding"), sep = str(separator, "namespace_separator");
  if (sep !== undefined && new TextEncoder().encode(sep).length > 1) {
    throw valueError("namespace_separator must be at most one character, omitted, or None");
  }
  if (intern !== undefined && intern !== None && !(intern instanceof PyDict)) {
    throw typeError("intern must be a dictionary");
  }
  const expat = new ExpatParser({ encoding: enc, separator: sep, unknownEncoding });
  return new PyXmlParser(expat, intern ?? new PyDict());
}

type Getset = [(p: PyXmlParser) => Value, ((p: PyXmlParser, v: Value) => void) | undefined, string];
function flag(key: "orderedAttributes" | "specifiedAttributes"): Getset {
  return [(p) => p[key], (p, v) => {
    p[key] = isTrue(v);
  }, ""];
}
const place = (p: PyXmlParser) => p.expat.placeNow();
const byteIndex = (p: PyXmlParser) => p.expat.eventAt < 0 ? -1 : p.expat.placeNow().byte;
function noDelete(name: string, set: (p: PyXmlParser, v: Value) => void) {
  return (p: PyXmlParser, v: Value | undefined) => {
    if (v === undefined) throw newErrorArgs(X.RuntimeError, ["Cannot delete attribute"]);
    void name;
    set(p, v);
  };
}
function getset(): Record<string, Getset> {
  const out: Record<string, Getset> = {};
  for (const name of HANDLERS) {
    out[name] = [(p) => p.handlers.get(name) ?? None, noDelete(name, (p, v) => setHandler(p, name, v)) as never, ""];
  }
  for (const what of ["Error", "Current"]) {
    out[`${what}LineNumber`] = [(p) => place(p).line, undefined, ""];
    out[`${what}ColumnNumber`] = [(p) => place(p).column, undefined, ""];
    out[`${what}ByteIndex`] = [byteIndex, undefined, ""];
  }
  out.ErrorCode = [(p) => p.expat.errorCode, undefined, ""];
  out.ordered_attributes = flag("orderedAttributes");
  out.specified_attributes = flag("specifiedAttributes");
  out.namespace_prefixes = [(p) => p.expat.namespaceTriplets, (p, v) => {
    p.expat.namespaceTriplets = isTrue(v);
  }, ""];
  out.intern = [(p) => p.intern, undefined, ""];
  out.buffer_used = [(p) => p.buffered.length, undefined, ""];
  out.buffer_text = [(p) => p.bufferText, (p, v) => {
    const on = isTrue(v);
    if (!on) flush(p);
    p.bufferText = on;
  }, ""];
  out.buffer_size = [(p) => p.bufferSize, (p, v) => {
    if (!isInt(v)) throw typeError("buffer_size must be an integer");
    const n = Number(intValue(v));
    if (Math.abs(n) >= 2 ** 63) throw overflowError("Python int too large to convert to C long");
    if (n <= 0) throw valueError("buffer_size must be greater than zero");
    if (n > 0x7fffffff) throw valueError("buffer_size must not be greater than 2147483647");
    if (n === p.bufferSize) return;
    flush(p);
    p.bufferSize = n;
  }, ""];
  return out;
}

/** A limit that only the parser of the document itself has. */
function limit(set: (p: ExpatParser, v: Value) => boolean) {
  return (p: PyXmlParser, v: Value): Value => {
    if (p.expat.parent !== undefined) throw expatError(p, INVALID_ARGUMENT, "parser must be a root parser");
    if (!set(p.expat, v)) throw expatError(p, INVALID_ARGUMENT, "'max_factor' must be at least 1.0");
    return None;
  };
}
const amplification = limit((p, v) => {
  const f = asDouble(v);
  if (!(f >= 1)) return false;
  p.maxAmplification = f;
  return true;
});
/** An unsigned number of 64 bits. */
function unsigned(v: Value): number {
  const n = BigInt(asIndex(v));
  if (n < 0n) throw valueError("Cannot convert negative int");
  if (n > 0xffff_ffff_ffff_ffffn) throw overflowError("Python int too large for C unsigned long long");
  return Number(n);
}
const threshold = limit((p, v) => {
  p.activation = unsigned(v);
  return true;
});
const memoryAmplification = limit((p, v) => {
  const f = asDouble(v);
  if (!(f >= 1)) return false;
  p.maxMemoryAmplification = f;
  return true;
});
const memoryThreshold = limit((p, v) => {
  p.memoryActivation = unsigned(v);
  return true;
});

setSpec(parserType, {
  doc: "XML parser",
  getset: getset() as never,
  methods: {
    Parse: ["data, isfinal=False, /", "Parses more of the document; `isfinal` says that it is the last.", parse],
    ParseFile: ["file, /", "Parses what a file-like object holds.", parseFile],
    SetBase: ["base, /", "Sets the base of relative addresses.", (p: PyXmlParser, v: Value) => {
      if (!isStr(v)) throw typeError(`SetBase() argument must be str, not ${typeName(v)}`);
      p.expat.base = utf16(strValue(v));
      return None;
    }],
    GetBase: ["", "Returns the base of relative addresses.", (p: PyXmlParser) => text(p.expat.base)],
    GetInputContext: [
      "",
      "Returns the source text at the event, as bytes; None outside of handlers.",
      (p: PyXmlParser) => {
        if (!p.inCallback) return None;
        return new PyBytes(p.expat.text.bytesFrom(Math.max(0, p.expat.eventAt)));
      },
    ],
    ExternalEntityParserCreate: [
      "context, encoding=<unrepresentable>, /",
      "Makes a parser for an external entity.",
      externalParser,
    ],
    SetParamEntityParsing: [
      "flag, /",
      "Says whether parameter entities are parsed; true if that could be set.",
      (p: PyXmlParser, v: Value) => {
        const n = asInt32(v);
        if (p.expat.started || n < 0 || n > 2) return 0;
        p.expat.paramEntityParsing = n;
        return 1;
      },
    ],
    UseForeignDTD: [
      "flag=True, /",
      "Says that an external subset is asked for although the document names none.",
      (p: PyXmlParser, v: Value = true) => {
        if (p.expat.started) throw expatError(p, 26);
        p.expat.useForeignDtd = isTrue(v);
        return None;
      },
    ],
    GetReparseDeferralEnabled: ["", "Is reparse deferral on?", (p: PyXmlParser) => p.expat.reparseDeferral],
    SetReparseDeferralEnabled: ["enabled, /", "Turns reparse deferral on or off.", (p: PyXmlParser, v: Value) => {
      p.expat.reparseDeferral = isTrue(v);
      return None;
    }],
    SetBillionLaughsAttackProtectionMaximumAmplification: [
      "max_factor, /",
      "Sets how much longer than the document its entities may make it.",
      amplification,
    ],
    SetBillionLaughsAttackProtectionActivationThreshold: [
      "threshold, /",
      "Sets from how many bytes of output on that is looked at.",
      threshold,
    ],
    SetAllocTrackerMaximumAmplification: [
      "max_factor, /",
      "Sets how much more memory than the document's size may be used.",
      memoryAmplification,
    ],
    SetAllocTrackerActivationThreshold: [
      "threshold, /",
      "Sets from how many bytes on memory is looked at.",
      memoryThreshold,
    ],
  },
});

// ---- the module -----------------------------------------------------------------------------

function errorsModule(): PyModule {
  const m = newModule("pyexpat.errors"), codes = new PyDict(), messages = new PyDict();
  m.dict.setStr("__doc__", "Constants used to describe error conditions.");
  ERRORS.forEach(([name, message], i) => {
    m.dict.setStr(`XML_ERROR_${name}`, message);
    codes.setStr(message, i + 1);
    messages.set(i + 1, message);
  });
  m.dict.setStr("codes", codes);
  m.dict.setStr("messages", messages);
  return m;
}
function modelModule(): PyModule {
  const m = newModule("pyexpat.model");
  m.dict.setStr("__doc__", "Constants used to interpret content model information.");
  for (const [name, value] of Object.entries(MODEL)) m.dict.setStr(name, value);
  return m;
}
const FEATURES: readonly (readonly [string, number])[] = [
  ["sizeof(XML_Char)", 1],
  ["sizeof(XML_LChar)", 1],
  ["XML_DTD", 0],
  ["XML_CONTEXT_BYTES", 1024],
  ["XML_NS", 0],
  ["XML_BLAP_MAX_AMP", 100],
  ["XML_BLAP_ACT_THRES", 8388608],
  ["XML_GE", 0],
  ["XML_AT_MAX_AMP", 100],
  ["XML_AT_ACT_THRES", 67108864],
];

export const spec: ModuleSpec = {
  name: "pyexpat",
  doc: "Python wrapper for Expat parser.",
  functions: {
    ParserCreate: [
      "encoding=None, namespace_separator=None, intern=<unrepresentable>",
      "Return a new XML parser object.",
      (_m: Value, e: Value, s: Value, i?: Value) => parserCreate(e, s, i),
    ],
    ErrorString: ["code, /", "Returns string error for given number.", (_m: Value, c: Value) => {
      const n = asInt32(c);
      return text(ERRORS[n - 1]?.[1]);
    }],
  },
  types: { XMLParserType: parserType },
  constants: {
    ExpatError: () => errorType(),
    error: () => errorType(),
    EXPAT_VERSION: "expat_2.9.0",
    version_info: () => new PyTuple([2, 9, 0]),
    native_encoding: "UTF-8",
    features: () => new PyList(FEATURES.map(([n, v]) => new PyTuple([n, v]))),
    XML_PARAM_ENTITY_PARSING_NEVER: 0,
    XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE: 1,
    XML_PARAM_ENTITY_PARSING_ALWAYS: 2,
  },
  exec(m: PyModule) {
    for (const [name, sub] of [["errors", errorsModule()], ["model", modelModule()]] as const) {
      m.dict.setStr(name, sub);
      cur.interp.modules.setStr(`pyexpat.${name}`, sub);
    }
  },
};
