// CPython 3.14: Objects/stringlib/unicode_format.h
//
// `str.format`, `str.format_map` and the parsers of the `_string` module. Replacement fields are
// found by `nextMarkup` over the code points of the template; a field name is split by
// `splitFieldName` into its first part and a list of attribute and item steps.

import {
  builtinType,
  None,
  PyFloat,
  PyObject,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  type Str,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import { indexError, keyError, valueError } from "./errors.ts";
import { asciiStr, formatValue, getAttr, getItem, reprStr, strOf, strValue } from "./abstract.ts";
import { formatFloat, formatInt, formatStr } from "./format.ts";
import { fromCodePoints, strCodeAt, strLen, strSlice } from "./str_ops.ts";
import { joinStrs } from "./repr_guard.ts";
import { utf16 } from "./names.ts";
import { decimalValue } from "../unicode/ctype.ts";

/** A piece of a template: literal text, then perhaps a replacement field. */
interface Markup {
  literal: Str;
  /** The field's name, or undefined where there is no field. */
  name: Str | undefined;
  spec: Str;
  /** The spec holds fields of its own. */
  nested: boolean;
  /** Code point of the conversion, 0 for none. */
  conversion: number;
}

const OPEN = 123, CLOSE = 125;

/** Walks a template. */
class MarkupIterator {
  private pos = 0;
  private readonly n: number;
  constructor(private readonly s: Str) {
    this.n = strLen(s);
  }
  next(): Markup | undefined {
    const { s, n } = this;
    if (this.pos >= n) return undefined;
    const start = this.pos;
    let c = 0, found = false;
    while (this.pos < n) {
      c = strCodeAt(s, this.pos++);
      if (c === OPEN || c === CLOSE) {
        found = true;
        break;
      }
    }
    let end = this.pos;
    if (found) {
      const twin = this.pos < n && strCodeAt(s, this.pos) === c;
      if (c === CLOSE && !twin) {
        throw valueError("Single '}' encountered in format string");
      }
      if (this.pos >= n) {
        throw valueError("Single '{' encountered in format string");
      }
      if (twin) {
        this.pos++;
        found = false;
      } else end--;
    }
    const m: Markup = {
      literal: strSlice(s, start, end),
      name: undefined,
      spec: "",
      nested: false,
      conversion: 0,
    };
    if (found) this.field(m);
    return m;
  }
  private field(m: Markup): void {
    const { s, n } = this;
    const start = this.pos;
    let c = 0, done = false;
    while (!done && this.pos < n) {
      c = strCodeAt(s, this.pos++);
      switch (c) {
        case OPEN:
          throw valueError("unexpected '{' in field name");
        case 91: // [
          while (this.pos < n && strCodeAt(s, this.pos) !== 93) this.pos++;
          break;
        case CLOSE:
        case 58: // :
        case 33: // !
          done = true;
      }
    }
    if (!done) throw valueError("expected '}' before end of string");
    m.name = strSlice(s, start, this.pos - 1);
    if (c === CLOSE) return;
    if (c === 33) {
      if (this.pos >= n) {
        throw valueError(
          "end of string while looking for conversion specifier",
        );
      }
      m.conversion = strCodeAt(s, this.pos++);
      if (this.pos < n) {
        c = strCodeAt(s, this.pos++);
        if (c === CLOSE) return;
        if (c !== 58) {
          throw valueError("expected ':' after conversion specifier");
        }
      }
    }
    const at = this.pos;
    let depth = 1;
    while (this.pos < n) {
      c = strCodeAt(s, this.pos++);
      if (c === OPEN) {
        m.nested = true;
        depth++;
      } else if (c === CLOSE && --depth === 0) {
        m.spec = strSlice(s, at, this.pos - 1);
        return;
      }
    }
    throw valueError("unmatched '{' in format spec");
  }
}

/** A decimal number; -1 when the text is not one. */
function fieldIndex(s: Str): number {
  const n = strLen(s);
  if (n === 0) return -1;
  let v = 0;
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    const d = c < 128 ? (c >= 48 && c <= 57 ? c - 48 : -1) : decimalValue(c);
    if (d < 0) return -1;
    v = v * 10 + d;
    if (v > 9223372036854775807) {
      throw valueError("Too many decimal digits in format string");
    }
  }
  return v;
}

/** One step of a field name behind its first part. */
interface Step {
  attr: boolean;
  name: Str;
  /** The item's number; -1 when it is a name. */
  index: number;
}

/** First part of a field name, and where the rest begins. */
function firstPart(name: Str): { first: Str; rest: number } {
  const n = strLen(name);
  let i = 0;
  while (i < n) {
    const c = strCodeAt(name, i);
    if (c === 46 || c === 91) break;
    i++;
  }
  return { first: strSlice(name, 0, i), rest: i };
}
/** The step at position `at` of a field name, and the position behind it. */
function nextStep(name: Str, at: number): [Step, number] {
  const n = strLen(name);
  const c = strCodeAt(name, at);
  let i = at + 1, step: Step;
  if (c === 46) {
    while (i < n && strCodeAt(name, i) !== 46 && strCodeAt(name, i) !== 91) i++;
    step = { attr: true, name: strSlice(name, at + 1, i), index: -1 };
  } else if (c === 91) {
    while (i < n && strCodeAt(name, i) !== 93) i++;
    if (i >= n) throw valueError("Missing ']' in format string");
    const text = strSlice(name, at + 1, i);
    step = { attr: false, name: text, index: fieldIndex(text) };
    i++;
  } else {
    throw valueError(
      "Only '.' or '[' may follow ']' in format field specifier",
    );
  }
  if (step.name === "") throw valueError("Empty attribute in format string");
  return [step, i];
}

/** The arguments of one `format` call and its numbering of fields. */
class Renderer {
  private auto: boolean | undefined = undefined;
  private nextIndex = 0;
  constructor(
    /** Positional arguments; undefined for format_map. */
    private readonly args: readonly Value[] | undefined,
    /** Looks a name up. */
    private readonly lookup: (name: Str) => Value,
  ) {}

  build(s: Str, depth: number): Str {
    if (depth <= 0) throw valueError("Max string recursion exceeded");
    const out: Str[] = [];
    const it = new MarkupIterator(s);
    for (let m = it.next(); m !== undefined; m = it.next()) {
      if (m.literal !== "") out.push(m.literal);
      if (m.name !== undefined) out.push(this.render(m, m.name, depth));
      cur?.tick(1);
    }
    return out.length === 1 ? out[0] : joinStrs(out);
  }
  private render(m: Markup, name: Str, depth: number): Str {
    let v = this.value(name);
    if (m.conversion !== 0) v = convert(v, m.conversion);
    const spec = m.nested ? this.build(m.spec, depth - 1) : m.spec;
    switch (typeof v) {
      case "string":
        return spec === "" ? v : formatStr(v, spec);
      case "number":
      case "bigint":
        return formatInt(v, spec);
    }
    if (v instanceof PyWideStr) return formatStr(v, spec);
    if (v instanceof PyFloat && v.cls.name === "float") {
      return formatFloat(v, spec);
    }
    return strValue(formatValue(v, spec));
  }
  private value(name: Str): Value {
    const { first, rest } = firstPart(name);
    let index = fieldIndex(first);
    const empty = first === "";
    if (empty || index >= 0) {
      if (this.auto === undefined) this.auto = empty;
      else if (this.auto !== empty) {
        throw valueError(
          this.auto
            ? "cannot switch from automatic field numbering to manual field specification"
            : "cannot switch from manual field specification to automatic field numbering",
        );
      }
      if (empty) index = this.nextIndex++;
    }
    let v: Value;
    if (index < 0) v = this.lookup(first);
    else {
      if (this.args === undefined) {
        throw valueError("Format string contains positional fields");
      }
      if (index >= this.args.length) {
        throw indexError(
          `Replacement index ${index} out of range for positional args tuple`,
        );
      }
      v = this.args[index];
    }
    const n = strLen(name);
    for (let at = rest; at < n;) {
      const [step, after] = nextStep(name, at);
      at = after;
      if (step.attr) v = getAttr(v, utf16(step.name));
      else v = getItem(v, step.index >= 0 ? step.index : step.name);
    }
    return v;
  }
}

function convert(v: Value, c: number): Str {
  switch (c) {
    case 114:
      return reprStr(v);
    case 115:
      return strOf(v);
    case 97:
      return asciiStr(v);
  }
  throw valueError(
    "Unknown conversion specifier " +
      (c > 32 && c < 127 ? String.fromCharCode(c) : "\\x" + c.toString(16)),
  );
}

/** `s.format(*args, **kwargs)`; `kwargs` looks a keyword up, undefined when there is none. */
export function formatMethod(
  s: Str,
  args: readonly Value[],
  kwargs: (name: Str) => Value | undefined,
): Str {
  const r = new Renderer(args, (name) => {
    const v = kwargs(name);
    if (v === undefined) throw keyError(name);
    return v;
  });
  return r.build(s, 2);
}
/** `s.format_map(mapping)` */
export function formatMapMethod(s: Str, mapping: Value): Str {
  return new Renderer(undefined, (name) => getItem(mapping, name)).build(s, 2);
}

// ---- the _string module's iterators ---------------------------------------------------------

const formatterIteratorType: PyType = builtinType("formatteriterator");
const fieldNameIteratorType: PyType = builtinType("fieldnameiterator");

class PyFormatterIterator extends PyObject {
  readonly it: MarkupIterator;
  constructor(s: Str) {
    super(formatterIteratorType);
    this.it = new MarkupIterator(s);
  }
}
class PyFieldNameIterator extends PyObject {
  constructor(readonly name: Str, public at: number) {
    super(fieldNameIteratorType);
  }
}
setSpec(formatterIteratorType, {
  slots: {
    tp_iter: (v) => v,
    tp_iternext: (v) => {
      const m = (v as PyFormatterIterator).it.next();
      if (m === undefined) return undefined;
      const has = m.name !== undefined;
      return new PyTuple([
        m.literal,
        m.name ?? None,
        has ? m.spec : None,
        m.conversion === 0 ? None : fromCodePoints([m.conversion]),
      ]);
    },
  },
});
setSpec(fieldNameIteratorType, {
  slots: {
    tp_iter: (v) => v,
    tp_iternext: (v) => {
      const it = v as PyFieldNameIterator;
      if (it.at >= strLen(it.name)) return undefined;
      const [step, after] = nextStep(it.name, it.at);
      it.at = after;
      return new PyTuple([
        step.attr,
        step.index >= 0 ? step.index : step.name,
      ]);
    },
  },
});

/** `_string.formatter_parser(s)` */
export function formatterParser(s: Str): Value {
  return new PyFormatterIterator(s);
}
/** `_string.formatter_field_name_split(s)` */
export function fieldNameSplit(s: Str): Value {
  const { first, rest } = firstPart(s);
  const index = fieldIndex(first);
  return new PyTuple([
    index >= 0 ? index : first,
    new PyFieldNameIterator(s, rest),
  ]);
}
