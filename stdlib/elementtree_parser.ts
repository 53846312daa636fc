// CPython 3.14: Modules/_elementtree.c (TreeBuilder, XMLParser)
//
// The builder gathers text in `data` and hands it to the last element (its text) or to the one that
// ended last (its tail) before anything else happens. The parser calls a plain TreeBuilder directly,
// any other target through the methods that it had when the parser was made. What a target raises
// comes out of feed when what was fed is parsed; until then nothing more is told.

import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  typeName,
  typeOf,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  binAdd,
  call,
  callMethod,
  fastItems,
  getAttr,
  isCallable,
  isStr,
  isTrue,
  lookupAttr,
  setAttr,
  strValue,
} from "../core/objects/abstract.ts";
import { indexError, newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { surrogatepassEncode } from "../core/text/codec_errors.ts";
import { encodeUtf8 } from "../core/text/codec_utf8.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { PyDict } from "../core/objects/dict.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { newClass } from "../core/objects/type_new.ts";
import { elementType, joinPieces, newElement, type Pieces, PyElement } from "./elementtree_element.ts";
import { ERRORS, UNDEFINED_ENTITY } from "./expat_consts.ts";
import { ExpatParser, XmlError } from "./expat_parser.ts";
import { unknownEncoding } from "./pyexpat.ts";

export const builderType: PyType = builtinType("xml.etree.ElementTree.TreeBuilder");
export const parserType: PyType = builtinType("xml.etree.ElementTree.XMLParser");
builderType.flags |= TF_FROM_SPEC;
parserType.flags |= TF_FROM_SPEC;

const PARSE_ERROR = {};
/** `ParseError`. */
export function parseErrorType(): PyType {
  return interpStore(PARSE_ERROR, () => {
    const d = new PyDict();
    d.setStr("__module__", "xml.etree.ElementTree");
    return newClass(typeType, "ParseError", [X.SyntaxError], d) as PyType;
  });
}

// ---- the builder ------------------------------------------------------------------------------

const FACTORIES = {};
/** What makes comments and processing instructions where a builder was not told. */
function factories(): { comment: Value | undefined; pi: Value | undefined } {
  return interpStore(FACTORIES, () => ({ comment: undefined, pi: undefined }));
}
export function setFactories(comment: Value, pi: Value): Value {
  const check = (v: Value, what: string) => {
    if (!isCallable(v) && v !== None) throw typeError(`${what} factory must be callable, not ${typeName(v)}`);
  };
  check(comment, "Comment");
  check(pi, "PI");
  const f = factories(), old = new PyTuple([f.comment ?? None, f.pi ?? None]);
  f.comment = comment === None ? undefined : comment;
  f.pi = pi === None ? undefined : pi;
  return old;
}

type EventName = "start" | "end" | "start-ns" | "end-ns" | "comment" | "pi";
class TreeBuilder extends PyObject {
  root: Value | undefined;
  node: Value = None;
  last: Value = None;
  lastForTail: Value | undefined;
  data: Pieces | undefined;
  readonly stack: Value[] = [];
  elementFactory: Value | undefined;
  commentFactory: Value | undefined;
  piFactory: Value | undefined;
  insertComments = false;
  insertPis = false;
  /** Where events go, and which are wanted. */
  eventsAppend: Value | undefined;
  readonly events: Map<EventName, Value> = new Map();

  flush(): void {
    if (this.data === undefined) return;
    const tail = this.lastForTail !== undefined, name = tail ? "tail" : "text";
    const e = this.lastForTail ?? this.last;
    if (typeOf(e) === elementType) {
      const had = (e as PyElement)[name];
      if (had === None) {
        (e as PyElement)[name] = this.data;
        this.data = undefined;
        return;
      }
      if (Array.isArray(had)) {
        had.push(...Array.isArray(this.data) ? this.data : [this.data]);
        this.data = undefined;
        return;
      }
    }
    const before = getAttr(e, name), joined = joinPieces(this.data);
    setAttr(e, name, before === None ? joined : binAdd(before, joined));
    this.data = undefined;
  }
  add(child: Value): void {
    if (typeOf(this.node) === elementType) (this.node as PyElement).append(child);
    else callMethod(this.node, "append", child);
  }
  event(name: EventName, node: () => Value): void {
    const action = this.events.get(name);
    if (action !== undefined && this.eventsAppend !== undefined) {
      call(this.eventsAppend, [new PyTuple([action, node()])]);
    }
  }
  wants(name: EventName): boolean {
    return this.eventsAppend !== undefined && this.events.has(name);
  }

  start(tag: Value, attrib: PyDict | undefined): Value {
    this.flush();
    const node = this.elementFactory === undefined
      ? newElement(tag, attrib)
      : call(this.elementFactory, [tag, attrib ?? new PyDict()]);
    this.lastForTail = undefined;
    if (this.node !== None) this.add(node);
    else {
      if (this.root !== undefined) throw newErrorArgs(parseErrorType(), ["multiple elements on top level"]);
      this.root = node;
    }
    this.stack.push(this.node);
    this.node = this.last = node;
    this.event("start", () => node);
    return node;
  }
  characters(data: Value): Value {
    if (this.data === undefined) {
      // what comes before the first element is ignored
      if (this.last !== None) this.data = data instanceof PyList ? [...data.items] : data;
    } else if (Array.isArray(this.data)) this.data.push(data);
    else this.data = [this.data, data];
    return None;
  }
  end(): Value {
    this.flush();
    if (this.stack.length === 0) throw indexError("pop from empty stack");
    this.last = this.lastForTail = this.node;
    this.node = this.stack.pop()!;
    this.event("end", () => this.last);
    return this.last;
  }
  #insert(node: Value, on: boolean): void {
    if (!on || this.node === None) return;
    this.add(node);
    this.lastForTail = node;
  }
  comment(text: Value): Value {
    this.flush();
    let node = text;
    if (this.commentFactory !== undefined) {
      node = call(this.commentFactory, [text]);
      this.#insert(node, this.insertComments);
    }
    this.event("comment", () => node);
    return node;
  }
  pi(target: Value, text: Value): Value {
    this.flush();
    let node: Value;
    if (this.piFactory !== undefined) {
      node = call(this.piFactory, [target, text]);
      this.#insert(node, this.insertPis);
    } else node = new PyTuple([target, text]);
    this.event("pi", () => node);
    return node;
  }
}

let builderDef: NativeDef | undefined;
function builderInit(self: Value, args: Value[], kwnames?: KwNames): void {
  builderDef ??= new NativeDef("TreeBuilder", [
    "element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False",
    "",
    () => None,
  ]);
  const [element = None, comment = None, pi = None, comments = false, pis = false] = bindArgs(
    builderDef,
    "TreeBuilder",
    args,
    kwnames,
  ) as (Value | undefined)[];
  const b = self as TreeBuilder, f = factories();
  b.elementFactory = element === None ? undefined : element;
  b.commentFactory = comment === None ? f.comment : comment;
  b.insertComments = b.commentFactory !== undefined && isTrue(comments);
  b.piFactory = pi === None ? f.pi : pi;
  b.insertPis = b.piFactory !== undefined && isTrue(pis);
}
setSpec(builderType, {
  slots: { tp_new: (type) => new TreeBuilder(type), tp_init: builderInit },
  methods: {
    data: ["data, /", "", (b: TreeBuilder, v: Value) => b.characters(v)],
    start: ["tag, attrs, /", "", (b: TreeBuilder, tag: Value, attrs: Value) => {
      if (!(attrs instanceof PyDict)) throw typeError(`start() argument 2 must be dict, not ${typeName(attrs)}`);
      return b.start(tag, attrs);
    }],
    end: ["tag, /", "", (b: TreeBuilder) => b.end()],
    comment: ["text, /", "", (b: TreeBuilder, v: Value) => b.comment(v)],
    pi: ["target, text=None, /", "", (b: TreeBuilder, t: Value, v: Value = None) => b.pi(t, v)],
    close: ["", "", (b: TreeBuilder) => b.root ?? None],
  },
});

// ---- the parser -------------------------------------------------------------------------------

const TARGET_METHODS = ["start_ns", "end_ns", "start", "data", "end", "comment", "pi", "close", "doctype"] as const;
type TargetMethod = typeof TARGET_METHODS[number];

class XmlParser extends PyObject {
  expat: ExpatParser | undefined;
  target: Value | undefined;
  entity: Value = None;
  readonly handlers: Map<TargetMethod, Value> = new Map();
  readonly names: Map<string, Value> = new Map();
  raised: { e: unknown } | undefined;

  /** The builder, where it is a plain one. */
  get builder(): TreeBuilder | undefined {
    return this.target !== undefined && typeOf(this.target) === builderType ? this.target as TreeBuilder : undefined;
  }
  /** A name with its namespace in braces. */
  name(s: string): Value {
    let v = this.names.get(s);
    if (v === undefined) this.names.set(s, v = X.textValue(s.includes("}") ? `{${s}` : s));
    return v;
  }
  /** Runs a handler, unless one has raised. */
  tell(body: () => void): void {
    if (this.raised !== undefined) return;
    try {
      body();
    } catch (e) {
      this.raised = { e };
    }
  }
  /** Tells the builder, or calls the target's method. */
  send(method: TargetMethod, direct: (b: TreeBuilder) => void, args: () => Value[]): void {
    this.tell(() => {
      const b = this.builder, f = this.handlers.get(method);
      if (b !== undefined) direct(b);
      else if (f !== undefined) call(f, args());
    });
  }
}
function error(p: XmlParser, code: number, message: string): PyObject {
  const { line, column } = p.expat!.placeNow();
  const e = newErrorArgs(parseErrorType(), [`${message}: line ${line}, column ${column}`]);
  setAttr(e, "code", code);
  setAttr(e, "position", new PyTuple([line, column]));
  return e;
}

const text = (s: string): Value => X.textValue(s);
function setNamespaces(p: XmlParser): void {
  const { h } = p.expat!;
  h.startNamespace = (prefix = "", uri = "") =>
    p.send(
      "start_ns",
      (b) => b.event("start-ns", () => new PyTuple([text(prefix), text(uri)])),
      () => [text(prefix), text(uri)],
    );
  h.endNamespace = (prefix = "") => p.send("end_ns", (b) => b.event("end-ns", () => None), () => [text(prefix)]);
}
function setComments(p: XmlParser): void {
  p.expat!.h.comment = (s) => p.send("comment", (b) => b.comment(text(s)), () => [text(s)]);
}
function setInstructions(p: XmlParser): void {
  p.expat!.h.instruction = (target, data) =>
    p.send("pi", (b) => {
      if (b.wants("pi") || b.insertPis) b.pi(text(target), text(data));
    }, () => [text(target), text(data)]);
}
function setHandlers(p: XmlParser): void {
  const { h } = p.expat!;
  h.startElement = (name, list) =>
    p.tell(() => {
      const tag = p.name(name), d = list.length === 0 ? undefined : new PyDict();
      for (let i = 0; i < list.length; i += 2) d!.set(p.name(list[i]), text(list[i + 1]));
      const b = p.builder, f = p.handlers.get("start");
      if (b !== undefined) b.start(tag, d);
      else if (f !== undefined) call(f, [tag, d ?? new PyDict()]);
    });
  h.endElement = (name) => p.send("end", (b) => b.end(), () => [p.name(name)]);
  h.characters = (s) => p.send("data", (b) => b.characters(text(s)), () => [text(s)]);
  h.default = (s) => unknownEntity(p, s);
  h.startDoctype = (name, system, pub) =>
    p.tell(() => {
      const id = (s: string | undefined) => s === undefined ? None : p.name(s);
      const f = p.handlers.get("doctype");
      if (f !== undefined) call(f, [p.name(name), id(pub), id(system)]);
      else if (lookupAttr(p, "doctype") !== undefined) {
        cur.interp.warn(
          X.RuntimeWarning,
          "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.",
          1,
        );
      }
    });
  if (p.handlers.has("start_ns") || p.handlers.has("end_ns")) setNamespaces(p);
  if (p.handlers.has("comment")) setComments(p);
  if (p.handlers.has("pi")) setInstructions(p);
}
/** An entity that the document does not declare: it may be known to `entity`. */
function unknownEntity(p: XmlParser, s: string): void {
  if (s.length < 2 || s[0] !== "&") return;
  p.tell(() => {
    const v = (p.entity as PyDict).get(text(s.slice(1, -1)));
    if (v === undefined) throw error(p, UNDEFINED_ENTITY, `undefined entity ${s.slice(0, 100)}`);
    const b = p.builder, f = p.handlers.get("data");
    if (b !== undefined) b.characters(v);
    else if (f !== undefined) call(f, [v]);
  });
}

let parserDef: NativeDef | undefined;
function parserInit(self: Value, args: Value[], kwnames?: KwNames): void {
  parserDef ??= new NativeDef("XMLParser", ["*, target=None, encoding=None", "", () => None]);
  const [target = None, encoding = None] = bindArgs(parserDef, "XMLParser", args, kwnames) as (Value | undefined)[];
  if (encoding !== None && !isStr(encoding)) {
    throw typeError(`XMLParser() argument 'encoding' must be str or None, not ${typeName(encoding)}`);
  }
  const name = isStr(encoding) ? utf16(strValue(encoding)) : undefined, p = self as XmlParser;
  if (name?.includes("\0")) throw valueError("embedded null character");
  p.entity = new PyDict();
  p.names.clear();
  p.expat = new ExpatParser({ encoding: name, separator: "}", unknownEncoding });
  p.target = target === None ? new TreeBuilder(builderType) : target;
  for (const m of TARGET_METHODS) {
    const f = lookupAttr(p.target, m);
    if (f === undefined) p.handlers.delete(m);
    else p.handlers.set(m, f);
  }
  setHandlers(p);
}
function ready(p: XmlParser): ExpatParser {
  if (p.target === undefined) throw valueError("XMLParser.__init__() wasn't called");
  return p.expat!;
}
function parse(p: XmlParser, data: Uint8Array, final: boolean): void {
  let code = 0;
  try {
    p.expat!.feed(data, final);
  } catch (e) {
    if (!(e instanceof XmlError)) throw e;
    code = e.code;
  }
  if (p.raised !== undefined) {
    const { e } = p.raised;
    p.raised = undefined;
    throw e;
  }
  if (code !== 0) throw error(p, code, ERRORS[code - 1][1]);
}
const NOTHING = new Uint8Array(0);
function feed(p: XmlParser, data: Value): Value {
  const expat = ready(p);
  if (isStr(data)) {
    const bytes = encodeUtf8(strValue(data));
    expat.setEncoding("utf-8");
    parse(p, bytes, false);
  } else {
    if (!hasBuffer(data)) throw typeError(`a bytes-like object is required, not '${typeName(data)}'`);
    parse(p, bytesOf(data).slice(), false);
  }
  return None;
}
function close(p: XmlParser): Value {
  ready(p);
  parse(p, NOTHING, true);
  if (p.builder !== undefined) return p.builder.root ?? None;
  const f = p.handlers.get("close");
  return f === undefined ? None : call(f, []);
}
function flush(p: XmlParser): Value {
  const expat = ready(p);
  expat.reparseDeferral = false;
  try {
    parse(p, NOTHING, false);
  } finally {
    expat.reparseDeferral = true;
  }
  return None;
}
const CHUNK = 64 * 1024;
function parseWhole(p: XmlParser, file: Value): Value {
  ready(p);
  const read = getAttr(file, "read");
  for (;;) {
    const v = call(read, [CHUNK]);
    let bytes: Uint8Array;
    if (isStr(v)) {
      bytes = encodeUtf8(strValue(v), surrogatepassEncode);
      p.expat!.setEncoding("utf-8");
    } else if (v instanceof PyBytes) bytes = v.b.slice();
    else break;
    if (bytes.length === 0) break;
    parse(p, bytes, false);
  }
  parse(p, NOTHING, true);
  return p.builder === undefined ? None : p.builder.root ?? None;
}
function setEvents(p: XmlParser, queue: Value, wanted: Value = None): Value {
  ready(p);
  const b = p.builder;
  if (b === undefined) throw typeError("event handling only supported for ElementTree.TreeBuilder targets");
  b.eventsAppend = getAttr(queue, "append");
  b.events.clear();
  if (wanted === None) {
    b.events.set("end", "end");
    return None;
  }
  for (const v of fastItems(wanted, "events must be a sequence")) {
    const name = isStr(v) ? utf16(strValue(v)) : v instanceof PyBytes ? new TextDecoder().decode(v.b) : undefined;
    switch (name) {
      case undefined:
        throw valueError("invalid events sequence");
      case "start":
      case "end":
        break;
      case "start-ns":
      case "end-ns":
        setNamespaces(p);
        break;
      case "comment":
        setComments(p);
        break;
      case "pi":
        setInstructions(p);
        break;
      default:
        throw valueError(`unknown event '${name}'`);
    }
    b.events.set(name, v);
  }
  return None;
}
setSpec(parserType, {
  slots: { tp_new: (type) => new XmlParser(type), tp_init: parserInit },
  members: {
    entity: (p) => (p as XmlParser).entity,
    target: (p) => (p as XmlParser).target ?? None,
  },
  getset: { version: [() => "Expat 2.8.5", undefined, ""] },
  methods: {
    feed: ["data, /", "", feed],
    close: ["", "", close],
    flush: ["", "", flush],
    _parse_whole: ["file, /", "", parseWhole],
    _setevents: ["events_queue, events_to_report=None, /", "", setEvents],
  },
});
