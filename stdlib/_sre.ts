// CPython 3.14: Modules/_sre/sre.c
//
// The module `_sre`: patterns, matches, scanners and replacement templates around the matcher of
// _sre_engine.ts. The pattern compiler itself is Lib/re.

import {
  type BufferView,
  builtinType,
  bytesType,
  type CmpOp,
  dictType,
  EQ,
  type Int,
  isInstance,
  type KwNames,
  listType,
  M_CLASS,
  M_NOSIG,
  M_VECTOR,
  NE,
  None,
  NotImplemented,
  PyBaseException,
  PyBytes,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  strType,
  tupleType,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import {
  asIndex,
  asSsize,
  asSsizeClamped,
  call1,
  call2,
  equals,
  getAttr,
  hash,
  hasIndex,
  intValue,
  isCallable,
  isInt,
  isStr,
  reprStr,
  strValue,
} from "../core/objects/abstract.ts";
import { indexError, overflowError, runtimeError, systemError, typeError, valueError } from "../core/objects/errors.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { PyMappingProxy } from "../core/objects/mappingproxy.ts";
import { PyCallIter } from "../core/objects/seqiter.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import {
  borrowBuffer,
  BUF_SIMPLE,
  bytesOf,
  copyBytes,
  hasBuffer,
  releaseBuffer,
  viewBytes,
} from "../core/objects/buffer.ts";
import { join as bytesJoin } from "../core/objects/bytes_methods.ts";
import { strJoin, strLen, strSlice } from "../core/objects/str_ops.ts";
import { hashBytes } from "../core/objects/hash.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { toLower, toUpper } from "../core/unicode/ctype.ts";
import { lowerAscii, MAGIC, makeProgram, MAXGROUPS, MAXREPEAT, type Program } from "./_sre_code.ts";
import { Matcher } from "./_sre_engine.ts";

const patternType: PyType = builtinType("re.Pattern", undefined, true);
const matchType: PyType = builtinType("re.Match", undefined, true);
const scannerType: PyType = builtinType("_sre.SRE_Scanner", undefined, true);
const templateType: PyType = builtinType("_sre.SRE_Template", undefined, true);
patternType.hasWeakref = true;

/** A compiled pattern. */
class PyPattern extends PyObject {
  readonly pattern: Value;
  readonly flags: number;
  readonly prog: Program;
  readonly groups: number;
  /** Names to numbers; undefined: no named groups. */
  readonly groupindex: PyDict | undefined;
  readonly indexgroup: PyTuple | undefined;
  /** What subjects it can have: str, bytes-like, or both when it was made from None. */
  readonly isBytes: boolean | undefined;
  /** A matcher that nobody uses now. */
  spare: Matcher | undefined = undefined;
  constructor(
    pattern: Value,
    flags: number,
    prog: Program,
    isBytes: boolean | undefined,
    groupindex: PyDict,
    indexgroup: PyTuple,
  ) {
    super(patternType);
    this.pattern = pattern;
    this.flags = flags;
    this.prog = prog;
    this.groups = prog.groups;
    this.isBytes = isBytes;
    this.groupindex = groupindex.size > 0 ? groupindex : undefined;
    this.indexgroup = groupindex.size > 0 && indexgroup.items.length > 0 ? indexgroup : undefined;
  }
}

/** The text of a subject, pattern or template: a str, or the bytes of a bytes-like object. */
type Text = Str | Uint8Array;

function isText(v: Value): boolean {
  return isStr(v) || hasBuffer(v);
}
function notText(v: Value): PyBaseException {
  return typeError(`expected string or bytes-like object, got '${typeName(v)}'`);
}
/** The text of an object, to look at until guest code runs. */
function textOf(v: Value): Text {
  if (typeof v === "string") return v;
  if (isStr(v)) return strValue(v);
  if (!hasBuffer(v)) throw notText(v);
  try {
    return bytesOf(v);
  } catch (e) {
    if (e instanceof PyBaseException) throw notText(v);
    throw e;
  }
}

/** `source[i:j]`, where `text` is the text of `source`. */
function slice(source: Value, text: Text, i: number, j: number): Value {
  if (typeof text === "string") return j - i === 1 ? text[i] : text.substring(i, j);
  if (!(text instanceof Uint8Array)) return strSlice(text, i, j);
  if (source instanceof PyBytes && source.cls === bytesType && i === 0 && j === text.length) return source;
  return new PyBytes(text.slice(i, j));
}

/** A subject being searched. */
class Subject {
  readonly source: Value;
  readonly text: Text;
  readonly m: Matcher;
  readonly pos: number;
  readonly endpos: number;
  private view: BufferView | undefined = undefined;
  private readonly pattern: PyPattern;
  constructor(p: PyPattern, source: Value, pos: number, endpos: number) {
    this.pattern = p;
    this.source = source;
    let text: Text;
    if (typeof source === "string") text = source;
    else if (isStr(source)) text = strValue(source);
    else if (source instanceof PyBytes) text = source.b;
    else {
      if (!hasBuffer(source)) throw notText(source);
      try {
        this.view = borrowBuffer(source, BUF_SIMPLE);
      } catch (e) {
        if (e instanceof PyBaseException) throw notText(source);
        throw e;
      }
      text = viewBytes(this.view);
    }
    this.text = text;
    const isBytes = text instanceof Uint8Array;
    if (p.isBytes !== undefined && isBytes !== p.isBytes) {
      this.release();
      throw typeError(
        isBytes
          ? "cannot use a string pattern on a bytes-like object"
          : "cannot use a bytes pattern on a string-like object",
      );
    }
    const m = p.spare ?? new Matcher(p.prog);
    p.spare = undefined;
    let length: number;
    if (typeof text === "string") {
      m.plain = true;
      m.s = text;
      length = text.length;
    } else {
      m.plain = false;
      m.b = text instanceof Uint8Array ? text : text.cps;
      length = m.b.length;
    }
    this.pos = m.start = pos < 0 ? 0 : pos > length ? length : pos;
    this.endpos = m.end = endpos < 0 ? 0 : endpos > length ? length : endpos;
    m.matchAll = m.mustAdvance = false;
    m.lastmark = m.lastindex = -1;
    this.m = m;
  }
  /** Gives the buffer back. */
  release(): void {
    if (this.view !== undefined) releaseBuffer(this.view);
    this.view = undefined;
  }
  /** The search is over: buffer and matcher can be used again. */
  done(): void {
    this.release();
    this.m.release();
    this.pattern.spare = this.m;
  }
  slice(i: number, j: number): Value {
    return slice(this.source, this.text, i, j);
  }
  /** Group `g` (from 1) of the match just found; `none` if it took no part. */
  group(g: number, none: Value | undefined): Value {
    const m = this.m, k = (g - 1) * 2;
    if (k >= m.lastmark || m.marks[k] < 0 || m.marks[k + 1] < 0) return none ?? this.slice(0, 0);
    if (m.marks[k] > m.marks[k + 1]) throw wrongSpan();
    return this.slice(m.marks[k], m.marks[k + 1]);
  }
  /** Ready to look for the match after this one. */
  next(): void {
    const m = this.m;
    m.mustAdvance = m.ptr === m.start;
    m.start = m.ptr;
    m.lastmark = m.lastindex = -1;
    cur.tick(4);
  }
}

function wrongSpan(): PyBaseException {
  return systemError("The span of capturing group is wrong, please report a bug for the re module.");
}

// ---- matches -------------------------------------------------------------------------------

/** A match. */
class PyMatch extends PyObject {
  readonly pattern: PyPattern;
  readonly string: Value;
  readonly pos: number;
  readonly endpos: number;
  readonly lastindex: number;
  /** Start and end of group 0, 1, ...; -1 for one that took no part. */
  readonly mark: number[];
  regs: PyTuple | undefined = undefined;
  constructor(p: PyPattern, s: Subject) {
    super(matchType);
    this.pattern = p;
    this.string = s.source;
    this.pos = s.pos;
    this.endpos = s.endpos;
    const m = s.m;
    this.lastindex = m.lastindex;
    const mark = [m.start, m.ptr];
    for (let k = 0; k < p.groups * 2; k += 2) {
      if (k + 1 <= m.lastmark && m.marks[k] >= 0 && m.marks[k + 1] >= 0) {
        if (m.marks[k] > m.marks[k + 1]) throw wrongSpan();
        mark.push(m.marks[k], m.marks[k + 1]);
      } else mark.push(-1, -1);
    }
    this.mark = mark;
  }
}

function matchSlice(m: PyMatch, g: number, none: Value): Value {
  const i = m.mark[g * 2], j = m.mark[g * 2 + 1];
  if (i < 0) return none;
  if (typeof m.string === "string") return m.string.substring(i, j);
  const text = textOf(m.string);
  // a mutable subject may have become shorter
  const n = text instanceof Uint8Array ? text.length : strLen(text);
  return slice(m.string, text, Math.min(i, n), Math.min(j, n));
}

function groupNumber(m: PyMatch, index: Value | undefined): number {
  if (index === undefined) return 0;
  let i = -1;
  if (hasIndex(index)) i = asSsizeClamped(index);
  else if (m.pattern.groupindex !== undefined) {
    const v = m.pattern.groupindex.get(index);
    if (v !== undefined && isInt(v)) i = asSsize(v);
  }
  if (i < 0 || i > m.pattern.groups) throw indexError("no such group");
  return i;
}

function pair(m: PyMatch, g: number): PyTuple {
  return new PyTuple([m.mark[g * 2], m.mark[g * 2 + 1]]);
}

function group(m: PyMatch, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) throw typeError("Match.group() takes no keyword arguments");
  if (args.length === 0) return matchSlice(m, 0, None);
  if (args.length === 1) return matchSlice(m, groupNumber(m, args[0]), None);
  const out: Value[] = [];
  for (const a of args) out.push(matchSlice(m, groupNumber(m, a), None));
  return new PyTuple(out);
}

function groups(m: PyMatch, dflt: Value = None): Value {
  const out: Value[] = [];
  for (let g = 1; g <= m.pattern.groups; g++) out.push(matchSlice(m, g, dflt));
  return new PyTuple(out);
}

function groupdict(m: PyMatch, dflt: Value = None): Value {
  const out = new PyDict();
  if (m.pattern.groupindex === undefined) return out;
  for (const [k] of [...m.pattern.groupindex.entries()]) out.set(k, matchSlice(m, groupNumber(m, k), dflt));
  return out;
}

function regs(m: PyMatch): Value {
  if (m.regs === undefined) {
    const out: Value[] = [];
    for (let g = 0; g <= m.pattern.groups; g++) out.push(pair(m, g));
    m.regs = new PyTuple(out);
  }
  return m.regs;
}

/** The first `n` characters of a value's repr. */
function shortRepr(v: Value, n: number): Str {
  const r = reprStr(v);
  return strLen(r) > n ? strSlice(r, 0, n) : r;
}

function matchRepr(v: Value): Value {
  const m = v as PyMatch;
  return strJoin("", [
    `<${m.cls.name} object; span=(${m.mark[0]}, ${m.mark[1]}), match=`,
    shortRepr(matchSlice(m, 0, None), 50),
    ">",
  ]);
}

// ---- templates -----------------------------------------------------------------------------

/** A replacement: a literal, then pairs of a group and the literal behind it (undefined: empty). */
class PyTemplate extends PyObject {
  readonly literal: Value;
  readonly items: readonly (readonly [number, Value | undefined])[];
  constructor(literal: Value, items: readonly (readonly [number, Value | undefined])[]) {
    super(templateType);
    this.literal = literal;
    this.items = items;
  }
}

function isEmptyLiteral(v: Value): boolean {
  return isStr(v) ? strLen(strValue(v)) === 0 : v instanceof PyBytes && v.b.length === 0;
}

function template(_mod: Value, _pattern: Value, list: Value): Value {
  if (!isInstance(list, listType)) throw typeError(`template() argument 2 must be list, not ${typeName(list)}`);
  const parts = (list as PyList).items, n = parts.length;
  if ((n & 1) === 0) throw typeError("invalid template");
  const items: [number, Value | undefined][] = [];
  for (let i = 1; i < n; i += 2) {
    const v = parts[i];
    if (!isInt(v)) throw typeError("an integer is required");
    const g = asSsize(v);
    if (g < 0) throw typeError("invalid template");
    items.push([g, isEmptyLiteral(parts[i + 1]) ? undefined : parts[i + 1]]);
  }
  return new PyTemplate(parts[0], items);
}

const KEY = {};

/** Has Lib/re compile a replacement. */
function compileTemplate(p: PyPattern, source: Value): PyTemplate {
  const state = interpStore(KEY, () => ({ compile: undefined as Value | undefined }));
  const f = state.compile ??= getAttr(cur.interp.importModule("re"), "_compile_template");
  let r: Value;
  try {
    r = call2(f, p, source);
  } catch (e) {
    if (!X.isOf(e, X.TypeError)) throw e;
    // a replacement that can't be hashed (a bytearray): once more as the basic type
    let basic: Value;
    if (isStr(source) && source instanceof PyObject && source.cls !== strType) basic = strValue(source);
    else if (hasBuffer(source) && !(source instanceof PyBytes && source.cls === bytesType)) {
      basic = new PyBytes(copyBytes(source));
    } else throw e;
    r = call2(f, p, basic);
  }
  if (!(r instanceof PyTemplate)) throw runtimeError(`the result of compiling a replacement string is ${typeName(r)}`);
  return r;
}

/** Joins parts as `''.join` or `b''.join` do, with their errors. */
function joinParts(parts: readonly Value[], isBytes: boolean): Value {
  if (isBytes) {
    const out: Uint8Array[] = [];
    for (let i = 0; i < parts.length; i++) {
      const v = parts[i];
      if (v instanceof PyBytes) out.push(v.b);
      else if (hasBuffer(v)) out.push(copyBytes(v));
      else throw typeError(`sequence item ${i}: expected a bytes-like object, ${typeName(v)} found`);
    }
    if (out.length === 1 && parts[0] instanceof PyBytes && parts[0].cls === bytesType) return parts[0];
    return new PyBytes(bytesJoin(new Uint8Array(0), out));
  }
  const out: Str[] = [];
  for (let i = 0; i < parts.length; i++) {
    const v = parts[i];
    if (typeof v === "string") out.push(v);
    else if (isStr(v)) out.push(strValue(v));
    else throw typeError(`sequence item ${i}: expected str instance, ${typeName(v)} found`);
  }
  return strJoin("", out);
}

/** Appends the parts of an expanded template. */
function expandInto(t: PyTemplate, m: PyMatch, out: Value[]): void {
  out.push(t.literal);
  for (const [g, literal] of t.items) {
    if (g > m.pattern.groups) throw indexError("no such group");
    const v = matchSlice(m, g, None);
    if (v !== None) out.push(v);
    if (literal !== undefined) out.push(literal);
  }
}

function expandTemplate(t: PyTemplate, m: PyMatch): Value {
  if (t.items.length === 0) return t.literal;
  const out: Value[] = [];
  expandInto(t, m, out);
  return joinParts(out, !isStr(t.literal));
}

// ---- patterns ------------------------------------------------------------------------------

const MAX = Number.MAX_SAFE_INTEGER;

function subject(p: PyPattern, string: Value, pos: Value | undefined, endpos: Value | undefined): Subject {
  const from = pos === undefined ? 0 : asSsize(pos), to = endpos === undefined ? MAX : asSsize(endpos);
  return new Subject(p, string, from, to);
}

function matchOnce(p: PyPattern, s: Subject, all: boolean): Value {
  s.m.matchAll = all;
  const r = s.m.match() ? new PyMatch(p, s) : None;
  s.done();
  return r;
}

function patternMatch(p: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  return matchOnce(p, subject(p, string, pos, endpos), false);
}

function fullmatch(p: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  return matchOnce(p, subject(p, string, pos, endpos), true);
}

function search(p: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  const s = subject(p, string, pos, endpos);
  const r = s.m.search() ? new PyMatch(p, s) : None;
  s.done();
  return r;
}

function findall(p: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  const s = subject(p, string, pos, endpos), m = s.m, out: Value[] = [];
  while (m.start <= m.end && m.search()) {
    if (p.groups === 0) out.push(s.slice(m.start, m.ptr));
    else if (p.groups === 1) out.push(s.group(1, undefined));
    else {
      const items: Value[] = [];
      for (let g = 1; g <= p.groups; g++) items.push(s.group(g, undefined));
      out.push(new PyTuple(items));
    }
    s.next();
  }
  s.done();
  return new PyList(out);
}

function split(p: PyPattern, string: Value, maxsplit?: Value): Value {
  const max = maxsplit === undefined ? 0 : asSsize(maxsplit);
  const s = subject(p, string, undefined, undefined), m = s.m, out: Value[] = [];
  let last = m.start;
  for (let n = 0; (max === 0 || n < max) && m.search(); n++) {
    out.push(s.slice(last, m.start));
    for (let g = 1; g <= p.groups; g++) out.push(s.group(g, None));
    last = m.ptr;
    s.next();
  }
  out.push(s.slice(last, s.endpos));
  s.done();
  return new PyList(out);
}

/** Has a replacement no backslash? */
function isLiteral(v: Value): boolean {
  if (!isText(v)) return false;
  let text: Text;
  try {
    text = textOf(v);
  } catch (e) {
    if (e instanceof PyBaseException) return false;
    throw e;
  }
  if (typeof text === "string") return !text.includes("\\");
  return (text instanceof Uint8Array ? text : text.cps).indexOf(92) < 0;
}

function subx(p: PyPattern, repl: Value, string: Value, count: Value | undefined): [Value, number] {
  const max = count === undefined ? 0 : asSsize(count);
  let literal: Value | undefined, tmpl: PyTemplate | undefined, f: Value | undefined;
  if (isCallable(repl)) f = repl;
  else if (isLiteral(repl)) literal = repl;
  else {
    tmpl = compileTemplate(p, repl);
    if (tmpl.items.length === 0) literal = tmpl.literal;
  }
  const s = new Subject(p, string, 0, MAX), m = s.m, isBytes = s.text instanceof Uint8Array;
  let n = 0;
  const parts: Value[] = [];
  try {
    let i = 0;
    while ((max === 0 || n < max) && m.search()) {
      const b = m.start, e = m.ptr;
      if (i < b) parts.push(s.slice(i, b));
      if (literal !== undefined) {
        if (literal !== None) parts.push(literal);
      } else {
        const match = new PyMatch(p, s);
        if (f !== undefined) {
          const item = call1(f, match);
          if (item !== None) parts.push(item);
        } else parts.push(expandTemplate(tmpl!, match));
      }
      i = e;
      n++;
      s.next();
    }
    if (i < s.endpos) parts.push(s.slice(i, s.endpos));
  } finally {
    s.release();
  }
  s.done();
  const result = parts.length === 0 ? s.slice(0, 0) : joinParts(parts, isBytes);
  return [result, n];
}

function sub(p: PyPattern, repl: Value, string: Value, count?: Value): Value {
  return subx(p, repl, string, count)[0];
}
function subn(p: PyPattern, repl: Value, string: Value, count?: Value): Value {
  return new PyTuple(subx(p, repl, string, count));
}

const FLAG_NAMES: readonly (readonly [string, number])[] = [
  ["re.IGNORECASE", 2],
  ["re.LOCALE", 4],
  ["re.MULTILINE", 8],
  ["re.DOTALL", 16],
  ["re.UNICODE", 32],
  ["re.VERBOSE", 64],
  ["re.DEBUG", 128],
  ["re.ASCII", 256],
];

function patternRepr(v: Value): Value {
  const p = v as PyPattern;
  let flags = p.flags;
  // a str pattern is a Unicode one unless it says otherwise
  if (p.isBytes === false && (flags & (4 | 32 | 256)) === 32) flags &= ~32;
  const names: string[] = [];
  for (const [name, bit] of FLAG_NAMES) {
    if (flags & bit) names.push(name);
    flags &= ~bit;
  }
  if (flags) names.push("0x" + (flags >>> 0).toString(16));
  return strJoin("", ["re.compile(", shortRepr(p.pattern, 200), names.length > 0 ? `, ${names.join("|")})` : ")"]);
}

function patternHash(v: Value): number {
  const p = v as PyPattern;
  const words = p.prog.words;
  let lo = hash(p.pattern), hi = cur.hashHi;
  lo ^= hashBytes(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
  hi ^= cur.hashHi;
  const isBytes = p.isBytes === undefined ? -1 : p.isBytes ? 1 : 0;
  lo ^= p.flags ^ isBytes ^ words.length;
  hi ^= (p.flags >> 31) ^ (isBytes >> 31);
  if (lo === -1 && hi === -1) lo = -2;
  cur.hashHi = hi;
  return lo;
}

function patternCompare(a: Value, b: Value, op: CmpOp): Value {
  if ((op !== EQ && op !== NE) || !(b instanceof PyPattern)) return NotImplemented;
  const p = a as PyPattern;
  if (p === b) return op === EQ;
  const x = p.prog.words, y = b.prog.words;
  // the code as well: of a locale pattern it depends on the locale of its making
  let same = p.flags === b.flags && p.isBytes === b.isBytes && x.length === y.length;
  for (let i = 0; same && i < x.length; i++) same = x[i] === y[i];
  same &&= equals(p.pattern, b.pattern);
  return same === (op === EQ);
}

// ---- scanners ------------------------------------------------------------------------------

class PyScanner extends PyObject {
  readonly pattern: PyPattern;
  readonly s: Subject;
  over = false;
  executing = false;
  constructor(p: PyPattern, s: Subject) {
    super(scannerType);
    this.pattern = p;
    this.s = s;
  }
}

function scan(sc: PyScanner, anywhere: boolean): Value {
  if (sc.executing) throw valueError("regular expression scanner already executing");
  if (sc.over) return None;
  const s = sc.s, m = s.m;
  sc.executing = true;
  try {
    m.lastmark = m.lastindex = -1;
    if (!(anywhere ? m.search() : m.match())) {
      sc.over = true;
      s.done();
      return None;
    }
    const r = new PyMatch(sc.pattern, s);
    s.next();
    return r;
  } finally {
    sc.executing = false;
  }
}

function scanner(p: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  return new PyScanner(p, subject(p, string, pos, endpos));
}

function finditer(p: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  return new PyCallIter(getAttr(scanner(p, string, pos, endpos), "search"), None);
}

// ---- the module ----------------------------------------------------------------------------

/** A C int argument. */
function cInt(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" || n > 0x7FFFFFFF || n < -0x80000000) {
    throw overflowError("Python int too large to convert to C int");
  }
  return n;
}

function codeWord(v: Value): number {
  if (!isInt(v)) throw typeError("an integer is required");
  const n: Int = intValue(v);
  if (n < 0) throw overflowError("can't convert negative value to unsigned int");
  if (n > 0xFFFFFFFFFFFFFFFFn) throw overflowError("Python int too large to convert to C unsigned long");
  if (n > 0xFFFFFFFF) throw overflowError("regular expression code size limit exceeded");
  return n as number;
}

function need(v: Value, type: PyType, name: string): void {
  if (!isInstance(v, type)) throw typeError(`compile() argument '${name}' must be ${type.name}, not ${typeName(v)}`);
}

function compile(
  _mod: Value,
  pattern: Value,
  flags: Value,
  code: Value,
  groups: Value,
  groupindex: Value,
  indexgroup: Value,
): Value {
  const bits = cInt(flags);
  need(code, listType, "code");
  const n = asSsize(groups);
  need(groupindex, dictType, "groupindex");
  need(indexgroup, tupleType, "indexgroup");
  const list = (code as PyList).items, words = new Uint32Array(list.length);
  for (let i = 0; i < words.length; i++) words[i] = codeWord(list[i]);
  cur.tick(words.length);
  const isBytes = pattern === None ? undefined : textOf(pattern) instanceof Uint8Array;
  const prog = makeProgram(words, n);
  if (prog === undefined) throw runtimeError("invalid SRE code");
  return new PyPattern(pattern, bits, prog, isBytes, groupindex as PyDict, indexgroup as PyTuple);
}

const same = (self: Value): Value => self;
const SPAN = "string, pos=0, endpos=sys.maxsize";

setSpec(patternType, {
  doc: "A regular expression, compiled.",
  slots: { tp_repr: patternRepr, tp_hash: patternHash, tp_richcompare: patternCompare },
  methods: {
    match: [SPAN, "Match at the beginning of the string.", patternMatch],
    fullmatch: [SPAN, "Match the whole of the string.", fullmatch],
    search: [SPAN, "Look for the first match anywhere in the string; None if there is none.", search],
    sub: ["repl, string, count=0", "The string with the leftmost matches that do not overlap replaced.", sub],
    subn: ["repl, string, count=0", "Like sub(), but a tuple of the new string and the number of replacements.", subn],
    findall: [SPAN, "A list of all matches that do not overlap.", findall],
    split: ["string, maxsplit=0", "The parts of the string between the matches.", split],
    finditer: [SPAN, "An iterator over the match objects of all matches that do not overlap.", finditer],
    scanner: [SPAN, "", scanner],
    __copy__: ["", "", same],
    __deepcopy__: ["memo, /", "", same],
    __class_getitem__: ["object, /", "A pattern type for a type of string, str or bytes.", genericAlias, M_CLASS],
  },
  getset: {
    groupindex: [
      (p: PyPattern) => p.groupindex === undefined ? new PyDict() : new PyMappingProxy(p.groupindex),
      undefined,
      "The numbers of the named groups.",
    ],
  },
  members: {
    pattern: (p: PyPattern) => p.pattern,
    flags: (p: PyPattern) => p.flags,
    groups: (p: PyPattern) => p.groups,
  },
});

setSpec(matchType, {
  doc: "What a successful match found. It is always true.",
  slots: {
    tp_repr: matchRepr,
    mp_subscript: (m, key) => matchSlice(m as PyMatch, groupNumber(m as PyMatch, key), None),
  },
  methods: {
    group: [
      "*args",
      "group([group1, ...]) -> str or tuple.\n    One or several groups by number or name; without arguments the whole match.",
      group,
      M_VECTOR | M_NOSIG,
    ],
    start: ["group=0, /", "Where the group begins.", (m: PyMatch, g?: Value) => m.mark[groupNumber(m, g) * 2]],
    end: ["group=0, /", "Where the group ends.", (m: PyMatch, g?: Value) => m.mark[groupNumber(m, g) * 2 + 1]],
    span: [
      "group=0, /",
      "A tuple of the group's start and end.",
      (m: PyMatch, g?: Value) => pair(m, groupNumber(m, g)),
    ],
    groups: ["default=None", "All groups from 1 on; default stands for those that took no part.", groups],
    groupdict: ["default=None", "All named groups by name; default stands for those that took no part.", groupdict],
    expand: [
      "template",
      "The template with its references replaced, as sub() does it.",
      (m: PyMatch, t: Value) => expandTemplate(compileTemplate(m.pattern, t), m),
    ],
    __copy__: ["", "", same],
    __deepcopy__: ["memo, /", "", same],
    __class_getitem__: ["object, /", "A match type for a type of string, str or bytes.", genericAlias, M_CLASS],
  },
  getset: {
    lastindex: [
      (m: PyMatch) => m.lastindex >= 0 ? m.lastindex : None,
      undefined,
      "Number of the last group that matched.",
    ],
    lastgroup: [
      (m: PyMatch) => {
        const names = m.pattern.indexgroup;
        return names !== undefined && m.lastindex >= 0 && m.lastindex < names.items.length
          ? names.items[m.lastindex]
          : None;
      },
      undefined,
      "Name of the last group that matched.",
    ],
    regs: [regs],
  },
  members: {
    string: (m: PyMatch) => m.string,
    re: (m: PyMatch) => m.pattern,
    pos: (m: PyMatch) => m.pos,
    endpos: (m: PyMatch) => m.endpos,
  },
});

setSpec(scannerType, {
  methods: {
    match: ["", "", (s: PyScanner) => scan(s, false)],
    search: ["", "", (s: PyScanner) => scan(s, true)],
  },
  members: { pattern: (s: PyScanner) => s.pattern },
});

setSpec(templateType, {});

/** The module `_sre`. */
export const spec: ModuleSpec = {
  name: "_sre",
  functions: {
    compile: ["pattern, flags, code, groups, groupindex, indexgroup", "", compile],
    template: [
      "pattern, template, /",
      "\n\n  template\n    A list of literal strings (str or bytes) and, in between, group numbers.",
      template,
    ],
    getcodesize: ["", "", () => 4],
    ascii_iscased: ["character, /", "", (_m: Value, c: Value) => {
      const n = cInt(c) | 32;
      return n >= 97 && n <= 122;
    }],
    unicode_iscased: ["character, /", "", (_m: Value, c: Value) => {
      const n = cInt(c);
      return n >= 0 && n < 0x110000 && (toLower(n) !== n || toUpper(n) !== n);
    }],
    ascii_tolower: ["character, /", "", (_m: Value, c: Value) => lowerAscii(cInt(c))],
    unicode_tolower: ["character, /", "", (_m: Value, c: Value) => {
      const n = cInt(c);
      return n >= 0 && n < 0x110000 ? toLower(n) : n;
    }],
  },
  constants: {
    MAGIC,
    CODESIZE: 4,
    MAXREPEAT,
    MAXGROUPS,
    copyright: " SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ",
  },
};
