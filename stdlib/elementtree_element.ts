// CPython 3.14: Modules/_elementtree.c (Element and its iterator)
//
// An Element has `extra` only once it has attributes or children. Text and tail that the tree builder
// gathers in pieces stay a JavaScript array until somebody looks. `version` counts changes, so that a
// comparison that changes the children is noticed.

import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyList,
  PyObject,
  PySlice,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import {
  asSsize,
  call,
  callMethod,
  enterNative,
  equals,
  fastItems,
  getAttr,
  hasIndex,
  isStr,
  isTrue,
  leaveNative,
  reprStr,
  strOf,
  strValue,
} from "../core/objects/abstract.ts";
import { indexError, newErrorArgs, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { utf16 } from "../core/objects/names.ts";
import { idOf } from "../core/objects/identity.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import { sliceItems, subscript } from "../core/objects/list.ts";
import { sliceAdjust, sliceUnpack } from "../core/objects/slice.ts";
import { cur } from "../core/objects/state.ts";

export const elementType: PyType = builtinType("xml.etree.ElementTree.Element");
elementType.hasWeakref = true;
elementType.flags |= TF_FROM_SPEC;
const iteratorType = builtinType("_elementtree._element_iterator", undefined, true);
iteratorType.flags |= TF_DISALLOW_NEW | TF_FROM_SPEC;

class Extra {
  children: PyElement[] = [];
  /** Changes since it was made. */
  version = 0;
  /** Room for children, as CPython grows it. */
  allocated = 4;
  constructor(public attrib: PyDict | undefined) {}
}
/** A text, or the pieces that it will be joined from. */
export type Pieces = Value | Value[];

export class PyElement extends PyObject {
  tag: Value = None;
  text: Pieces = None;
  tail: Pieces = None;
  extra: Extra | undefined;
  constructor(type: PyType = elementType) {
    super(type);
  }
  get children(): PyElement[] {
    return this.extra?.children ?? [];
  }
  own(): Extra {
    return this.extra ??= new Extra(undefined);
  }
  /** Makes room for n more children. */
  grow(n: number): Extra {
    const x = this.own(), size = x.children.length + n;
    if (size > x.allocated) {
      x.allocated = (size >> 3) + (size < 9 ? 3 : 6) + size;
      x.version++;
    }
    return x;
  }
  append(child: Value): void {
    if (!(child instanceof PyElement)) throw notElement(child);
    const x = this.grow(1);
    x.children.push(child);
    x.version++;
  }
  getText(which: "text" | "tail"): Value {
    const t = this[which];
    return Array.isArray(t) ? this[which] = joinPieces(t) : t;
  }
}
/** `"".join(pieces)`; a single text is itself. */
export function joinPieces(p: Pieces): Value {
  if (!Array.isArray(p)) return p;
  p.forEach((v, i) => {
    if (!isStr(v)) throw typeError(`sequence item ${i}: expected str instance, ${typeName(v)} found`);
  });
  return joinStrs(p.map(strValue)) as Value;
}
function notElement(v: Value): PyObject {
  return typeError(`expected an Element, not "${typeName(v)}"`);
}
/** An Element, as create_new_element makes it. */
export function newElement(tag: Value, attrib: PyDict | undefined): PyElement {
  const e = new PyElement();
  e.tag = tag;
  if (attrib !== undefined && !(typeOf(attrib) === typeOf(new PyDict()) && attrib.size === 0)) {
    e.extra = new Extra(attrib);
  }
  return e;
}

// ---- making -----------------------------------------------------------------------------------

/** Arguments as `O|O!` and keywords: the positional ones, and the attributes. */
function parseArgs(name: string, first: number, all: Value[], kwnames: KwNames | undefined): [Value[], PyDict] {
  const nkw = kwnames?.length ?? 0, n = all.length - nkw;
  if (n < first || n > first + 1) {
    const k = n < first ? first : first + 1, how = n < first ? "least" : "most";
    throw typeError(`${name}() takes at ${how} ${k} argument${k === 1 ? "" : "s"} (${n} given)`);
  }
  const kwds = new PyDict();
  kwnames?.forEach((k, i) => kwds.set(k, all[n + i]));
  let attrib: Value | undefined = all[first];
  if (n === first) attrib = undefined;
  else if (!(attrib instanceof PyDict)) {
    throw typeError(`${name}() argument ${first + 1} must be dict, not ${typeName(attrib)}`);
  }
  if (attrib === undefined && nkw > 0) {
    attrib = kwds.get("attrib");
    if (attrib !== undefined) {
      if (!(attrib instanceof PyDict)) throw typeError(`attrib must be dict, not ${typeName(attrib)}`);
      kwds.delete("attrib");
    }
  }
  const d = attrib === undefined ? new PyDict() : (attrib as PyDict).copy();
  for (const [k, v] of kwds.entries()) d.set(k, v);
  return [all.slice(0, first), d];
}
function init(self: Value, args: Value[], kwnames?: KwNames): void {
  const [[tag], attrib] = parseArgs("Element", 1, args, kwnames), e = self as PyElement;
  if (attrib.size > 0) e.extra = new Extra(attrib);
  e.tag = tag;
  e.text = e.tail = None;
}
export function subElement(_m: Value, args: Value[], kwnames?: KwNames): Value {
  const [[parent, tag], attrib] = parseArgs("SubElement", 2, args, kwnames);
  if (!(parent instanceof PyElement)) throw wrongArgument("SubElement() argument 1", parent);
  const e = newElement(tag, attrib);
  parent.append(e);
  return e;
}
function wrongArgument(which: string, v: Value): PyObject {
  return typeError(`${which} must be xml.etree.ElementTree.Element, not ${typeName(v)}`);
}

function copy(e: PyElement): Value {
  const c = newElement(e.tag, e.extra?.attrib);
  c.text = Array.isArray(e.text) ? [...e.text] : e.text;
  c.tail = Array.isArray(e.tail) ? [...e.tail] : e.tail;
  if (e.extra !== undefined) c.grow(e.children.length).children.push(...e.children);
  return c;
}
const COPY_WEIGHT = 700;
function deepcopy(e: PyElement, memo: Value): Value {
  if (!(memo instanceof PyDict)) throw typeError(`__deepcopy__() argument must be dict, not ${typeName(memo)}`);
  enterNative(COPY_WEIGHT, "");
  try {
    const tag = deepcopyOf(e.tag, memo);
    const attrib = e.extra?.attrib === undefined ? undefined : deepcopyOf(e.extra.attrib, memo) as PyDict;
    const c = newElement(tag, attrib);
    const text = (t: Pieces) => Array.isArray(t) ? [...t] : deepcopyOf(t, memo);
    c.text = text(e.text);
    c.tail = text(e.tail);
    if (e.extra !== undefined) c.own();
    for (let i = 0; i < e.children.length; i++) {
      const child = deepcopyOf(e.children[i], memo);
      if (!(child instanceof PyElement)) throw notElement(child);
      c.grow(1).children.push(child);
    }
    memo.set(idOf(e), c);
    return c;
  } finally {
    leaveNative(COPY_WEIGHT);
  }
}
function deepcopyOf(v: Value, memo: PyDict): Value {
  if (v === None || typeof v === "string") return v;
  if (typeOf(v) === elementType) return memo.get(idOf(v as PyElement)) ?? deepcopy(v as PyElement, memo);
  return call(getAttr(cur.interp.importModule("copy"), "deepcopy"), [v, memo]);
}

const STATE = ["tag", "attrib", "text", "tail", "_children"];
function getState(e: PyElement): Value {
  const d = new PyDict();
  d.setStr("tag", e.tag);
  d.setStr("_children", new PyList([...e.children]));
  d.setStr("attrib", e.extra?.attrib ?? new PyDict());
  d.setStr("text", e.getText("text"));
  d.setStr("tail", e.getText("tail"));
  return d;
}
function setState(e: PyElement, state: Value): Value {
  if (!(state instanceof PyDict) || typeOf(state) !== typeOf(new PyDict())) {
    throw typeError(`Don't know how to unpickle "${utf16(reprStr(state)).slice(0, 200)}" as an Element`);
  }
  for (const k of state.keyArray()) {
    if (!isStr(k)) throw typeError("keywords must be strings");
    if (!STATE.includes(utf16(strValue(k)))) {
      throw typeError(`this function got an unexpected keyword argument '${utf16(strValue(k))}'`);
    }
  }
  const [tag, attrib, text, tail, children] = STATE.map((k) => state.get(k));
  if (tag === undefined) throw typeError("tag may not be NULL");
  e.tag = tag;
  const pieces = (t: Value | undefined): Pieces => t instanceof PyList ? [...t.items] : t ?? None;
  e.text = pieces(text);
  e.tail = pieces(tail);
  if (children === undefined && attrib === undefined) return None;
  if (children !== undefined) {
    if (!(children instanceof PyList)) throw typeError("'_children' is not a list");
    const old = e.extra;
    e.extra = new Extra(old?.attrib);
    const x = e.grow(children.items.length);
    for (const c of children.items) {
      if (!(c instanceof PyElement)) throw notElement(c);
      x.children.push(c);
    }
  }
  e.own().attrib = attrib as PyDict | undefined;
  return None;
}

// ---- searching --------------------------------------------------------------------------------

/** Does a tag hold a character of paths, or is it no text? */
function isPath(tag: Value): boolean {
  let s: string;
  if (isStr(tag)) s = utf16(strValue(tag));
  else if (tag instanceof PyBytes) s = String.fromCharCode(...tag.b);
  else return true;
  if (s.length >= 3 && s[0] === "{" && (s[1] === "}" || s[1] === "*" && s[2] === "}")) return true;
  let check = true;
  for (const c of s) {
    if (c === "{") check = false;
    else if (c === "}") check = true;
    else if (check && "/*[@.".includes(c)) return true;
  }
  return false;
}
function elementPath(name: string, ...args: Value[]): Value {
  return callMethod(cur.interp.importModule("xml.etree.ElementPath"), name, ...args);
}
function* matching(e: PyElement, path: Value): Iterable<PyElement> {
  for (let i = 0; i < e.children.length; i++) {
    const child = e.children[i];
    if (equals(child.tag, path)) yield child;
  }
}
function find(e: PyElement, path: Value, namespaces: Value = None): Value {
  if (isPath(path) || namespaces !== None) return elementPath("find", e, path, namespaces);
  for (const c of matching(e, path)) return c;
  return None;
}
function findtext(e: PyElement, path: Value, dflt: Value = None, namespaces: Value = None): Value {
  if (isPath(path) || namespaces !== None) return elementPath("findtext", e, path, dflt, namespaces);
  for (const c of matching(e, path)) {
    const t = c.getText("text");
    return t === None ? "" : t;
  }
  return dflt;
}
function findall(e: PyElement, path: Value, namespaces: Value = None): Value {
  if (isPath(path) || namespaces !== None) return elementPath("findall", e, path, namespaces);
  return new PyList([...matching(e, path)]);
}

class ElementIterator extends PyObject {
  readonly stack: { parent: PyElement; next: number }[] = [];
  constructor(public root: PyElement | undefined, readonly tag: Value, readonly texts: boolean) {
    super(iteratorType);
  }
  next(): Value | undefined {
    for (;;) {
      const top = this.stack.at(-1);
      let e: PyElement, text: Value;
      if (top !== undefined && top.next >= top.parent.children.length) {
        this.stack.pop();
        // the text behind the first element is not inside it
        if (!this.texts || this.stack.length === 0) continue;
        text = top.parent.getText("tail");
      } else {
        if (top === undefined) {
          if (this.root === undefined) return undefined;
          e = this.root;
          this.root = undefined;
        } else e = top.parent.children[top.next++];
        // of comments and instructions only the text inside their children counts
        this.stack.push({ parent: e, next: 0 });
        if (this.texts && e.tag !== None && !isStr(e.tag)) continue;
        if (!this.texts) {
          cur.tick(1);
          if (this.tag === None || equals(e.tag, this.tag)) return e;
          continue;
        }
        text = e.getText("text");
      }
      if (text !== None && isTrue(text)) return text;
    }
  }
}
function iter(e: PyElement, tag: Value = None): Value {
  const all = isStr(tag) ? utf16(strValue(tag)) === "*" : tag instanceof PyBytes && tag.b.length === 1 &&
    tag.b[0] === 42;
  return new ElementIterator(e, all ? None : tag, false);
}

// ---- children ---------------------------------------------------------------------------------

function insert(e: PyElement, index: Value, child: Value): Value {
  let i = asSsize(index);
  if (!(child instanceof PyElement)) throw wrongArgument("insert() argument 2", child);
  const x = e.own(), n = x.children.length;
  if (i < 0) i = Math.max(0, i + n);
  e.grow(1).children.splice(Math.min(i, n), 0, child);
  x.version++;
  return None;
}
function remove(e: PyElement, child: Value): Value {
  if (!(child instanceof PyElement)) throw wrongArgument("remove() argument", child);
  const missing = () => valueError("Element.remove(x): element not found");
  if (e.extra === undefined) throw missing();
  const { version } = e.extra;
  const changed = () => e.extra === undefined || e.extra.version !== version;
  let i = 0;
  for (; i < e.children.length; i++) {
    if (changed()) throw runtimeError("children mutated during iteration");
    if (e.children[i] === child || equals(e.children[i], child)) break;
  }
  if (changed()) throw runtimeError("children mutated during iteration");
  if (i >= e.children.length) throw missing();
  e.extra.children.splice(i, 1);
  e.extra.version++;
  return None;
}
function setChild(e: PyElement, i: number, v: Value | undefined): void {
  const x = e.extra;
  if (x === undefined || i < 0 || i >= x.children.length) throw indexError("child assignment index out of range");
  if (v === undefined) x.children.splice(i, 1);
  else if (!(v instanceof PyElement)) throw notElement(v);
  else x.children[i] = v;
  x.version++;
}
function getChild(e: PyElement, i: number): Value {
  if (i < 0 || i >= e.children.length) throw indexError("child index out of range");
  return e.children[i];
}
function getSubscript(self: Value, k: Value): Value {
  const e = self as PyElement;
  if (hasIndex(k)) {
    const i = subscript(k);
    return getChild(e, i < 0 ? i + e.children.length : i);
  }
  if (!(k instanceof PySlice)) throw typeError("element indices must be integers");
  return new PyList(e.extra === undefined ? [] : sliceItems(e.children, k));
}
function setSubscript(self: Value, k: Value, v: Value | undefined): void {
  const e = self as PyElement;
  if (hasIndex(k)) {
    const i = subscript(k);
    return setChild(e, i < 0 ? i + e.children.length : i, v);
  }
  if (!(k instanceof PySlice)) throw typeError("element indices must be integers");
  e.own();
  const u = sliceUnpack(k);
  const items = v === undefined ? undefined : fastItems(v, "assignment expects an iterable");
  const x = e.own(), n = sliceAdjust(u, x.children.length);
  if (items === undefined) {
    if (n === 0) return;
    const gone = new Set<number>();
    for (let i = 0, at = u.start; i < n; i++, at += u.step) gone.add(at);
    x.children = x.children.filter((_c, i) => !gone.has(i));
    x.version++;
    return;
  }
  if (u.step !== 1 && items.length !== n) {
    throw valueError(`attempt to assign sequence of size ${items.length} to extended slice of size ${n}`);
  }
  for (const c of items) if (!(c instanceof PyElement)) throw notElement(c);
  if (items.length > n) e.grow(items.length - n);
  if (u.step === 1) {
    x.children = [...x.children.slice(0, u.start), ...items as PyElement[], ...x.children.slice(u.start + n)];
  } else items.forEach((c, i) => x.children[u.start + i * u.step] = c as PyElement);
  x.version++;
}

// ---- the type ---------------------------------------------------------------------------------

function kept(v: Value | undefined): Value {
  if (v === undefined) throw newErrorArgs(X.AttributeError, ["can't delete element attribute"]);
  return v;
}
function repr(self: Value): Value {
  const e = self as PyElement;
  if (reprEnter(e)) throw runtimeError(`reentrant call inside ${typeName(e)}.__repr__`);
  try {
    return X.textValue(`<Element ${utf16(strOf(X.textValue(utf16(reprStr(e.tag)))))} at ${addressOf(e)}>`);
  } finally {
    reprLeave(e);
  }
}
setSpec(elementType, {
  slots: {
    tp_new: (type) => new PyElement(type),
    tp_init: init,
    tp_repr: repr,
    sq_length: (e) => (e as PyElement).children.length,
    sq_item: (e, i) => getChild(e as PyElement, i),
    sq_ass_item: (e, i, v) => setChild(e as PyElement, i, v),
    nb_bool: (e) => {
      cur.interp.warn(
        X.DeprecationWarning,
        "Testing an element's truth value will always return True in future versions.  " +
          "Use specific 'len(elem)' or 'elem is not None' test instead.",
        1,
      );
      return (e as PyElement).children.length > 0;
    },
    mp_subscript: getSubscript,
    mp_ass_subscript: setSubscript,
  },
  getset: {
    tag: [(e: PyElement) => e.tag, (e: PyElement, v: Value | undefined) => {
      e.tag = kept(v);
    }, "What kind of data the element is."],
    text: [(e: PyElement) => e.getText("text"), (e: PyElement, v: Value | undefined) => {
      e.text = kept(v);
    }, "The text behind the start tag, or None."],
    tail: [(e: PyElement) => e.getText("tail"), (e: PyElement, v: Value | undefined) => {
      e.tail = kept(v);
    }, "The text behind the end tag, or None."],
    attrib: [(e: PyElement) => e.own().attrib ??= new PyDict(), (e: PyElement, v: Value | undefined) => {
      const d = kept(v);
      if (!(d instanceof PyDict)) throw typeError(`attrib must be dict, not ${typeName(d)}`);
      const x = e.own();
      x.attrib = d;
      x.version++;
    }, "The attributes, a dict."],
  },
  methods: {
    clear: ["", "", (e: PyElement) => {
      e.extra = undefined;
      e.text = e.tail = None;
      return None;
    }],
    get: ["key, default=None", "", (e: PyElement, k: Value, dflt: Value = None) => e.extra?.attrib?.get(k) ?? dflt],
    set: ["key, value, /", "", (e: PyElement, k: Value, v: Value) => {
      const x = e.own();
      (x.attrib ??= new PyDict()).set(k, v);
      x.version++;
      return None;
    }],
    find: ["path, namespaces=None", "", find],
    findtext: ["path, default=None, namespaces=None", "", findtext],
    findall: ["path, namespaces=None", "", findall],
    append: ["subelement, /", "", (e: PyElement, c: Value) => {
      if (!(c instanceof PyElement)) throw wrongArgument("append() argument 1", c);
      e.append(c);
      return None;
    }],
    extend: ["elements, /", "", (e: PyElement, v: Value) => {
      for (const c of fastItems(v, "'elements' must be an iterable")) e.append(c);
      return None;
    }],
    insert: ["index, subelement, /", "", insert],
    remove: ["subelement, /", "", remove],
    iter: ["tag=None", "", iter],
    itertext: ["", "", (e: PyElement) => new ElementIterator(e, None, true)],
    iterfind: [
      "path, namespaces=None",
      "",
      (e: PyElement, path: Value, ns: Value = None) => elementPath("iterfind", e, path, ns),
    ],
    items: ["", "", (e: PyElement) => e.extra?.attrib === undefined ? new PyList([]) : listOf(e.extra.attrib, "items")],
    keys: ["", "", (e: PyElement) => e.extra?.attrib === undefined ? new PyList([]) : listOf(e.extra.attrib, "keys")],
    makeelement: ["tag, attrib, /", "", (_e: PyElement, tag: Value, attrib: Value) => {
      if (!(attrib instanceof PyDict)) {
        throw typeError(`makeelement() argument 2 must be dict, not ${typeName(attrib)}`);
      }
      return newElement(tag, attrib.copy());
    }],
    __copy__: ["", "", copy],
    __deepcopy__: ["memo, /", "", deepcopy],
    __sizeof__: ["", "", (e: PyElement) => {
      const n = e.extra?.allocated ?? 0;
      return 56 + (e.extra === undefined ? 0 : 64) + (n > 4 ? 8 * n : 0);
    }],
    __getstate__: ["", "", getState],
    __setstate__: ["state, /", "", setState],
  },
});
function listOf(d: PyDict, what: "items" | "keys"): Value {
  return new PyList(what === "items" ? d.itemArray() : d.keyArray());
}
setSpec(iteratorType, {
  slots: { tp_iter: (it) => it, tp_iternext: (it) => (it as ElementIterator).next() },
});
