// CPython 3.14: Objects/templateobject.c, Objects/interpolationobject.c (PEP 750)
//
// Template strings: `n` interpolations between `n + 1` strings.

import {
  builtinType,
  type KwNames,
  M_CLASS,
  None,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeOf,
  type Value,
} from "./object.ts";
import { typeError, valueError } from "./errors.ts";
import { getAttr, isStr, reprStr, strValue } from "./abstract.ts";
import { cur } from "./state.ts";
import { bindArgs, NativeDef } from "./native.ts";
import { joinStrs } from "./repr_guard.ts";
import { fullTypeName } from "./type_name.ts";
import { genericAlias } from "./genericalias.ts";

export const templateType: PyType = builtinType(
  "string.templatelib.Template",
  undefined,
  true,
);
export const interpolationType: PyType = builtinType(
  "string.templatelib.Interpolation",
  undefined,
  true,
);
const templateIterType = builtinType(
  "string.templatelib.TemplateIter",
  undefined,
  true,
);

export class PyTemplate extends PyObject {
  constructor(readonly strings: PyTuple, readonly interpolations: PyTuple) {
    super(templateType);
  }
}
export class PyInterpolation extends PyObject {
  constructor(
    readonly value: Value,
    readonly expression: Value,
    readonly conversion: Value,
    readonly formatSpec: Value,
  ) {
    super(interpolationType);
  }
}

/** BUILD_TEMPLATE. */
export function makeTemplate(strings: Value, interpolations: Value): Value {
  return new PyTemplate(strings as PyTuple, interpolations as PyTuple);
}

const CONVERSIONS: readonly Value[] = [None, "s", "r", "a"];
/** BUILD_INTERPOLATION; `conversion` is 0 (none), 1 (str), 2 (repr) or 3 (ascii). */
export function makeInterpolation(
  value: Value,
  expression: Value,
  conversion: number,
  spec: Value,
): Value {
  return new PyInterpolation(value, expression, CONVERSIONS[conversion], spec);
}

// ---- Template -------------------------------------------------------------------------------

/** A template from parts in order: neighbouring strings become one. */
function fromParts(parts: readonly Value[]): PyTemplate {
  const strings: Str[] = [], interpolations: Value[] = [];
  let text: Str[] = [];
  for (const p of parts) {
    if (isStr(p)) text.push(strValue(p));
    else {
      strings.push(joinStrs(text));
      interpolations.push(p);
      text = [];
    }
  }
  strings.push(joinStrs(text));
  return new PyTemplate(new PyTuple(strings), new PyTuple(interpolations));
}
function templateNew(_t: PyType, args: Value[], kw?: KwNames): Value {
  if (kw !== undefined && kw.length > 0) {
    throw typeError("Template.__new__ only accepts *args arguments");
  }
  for (const a of args) {
    if (!isStr(a) && !(a instanceof PyInterpolation)) {
      throw typeError(
        `Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${fullTypeName(typeOf(a))}`,
      );
    }
  }
  return fromParts(args);
}

function concat(a: Value, b: Value): Value {
  if (!(a instanceof PyTemplate) || !(b instanceof PyTemplate)) {
    throw typeError(
      `can only concatenate string.templatelib.Template (not "${
        fullTypeName(typeOf(b))
      }") to string.templatelib.Template`,
    );
  }
  const x = a.strings.items as Str[], y = b.strings.items as Str[];
  const strings: Value[] = [
    ...x.slice(0, -1),
    joinStrs([x[x.length - 1], y[0]]),
    ...y.slice(1),
  ];
  return new PyTemplate(
    new PyTuple(strings),
    new PyTuple([...a.interpolations.items, ...b.interpolations.items]),
  );
}

setSpec(templateType, {
  doc: "Template object",
  slots: {
    tp_new: templateNew,
    tp_repr: (self) => {
      const t = self as PyTemplate;
      return joinStrs([
        "Template(strings=",
        reprStr(t.strings),
        ", interpolations=",
        reprStr(t.interpolations),
        ")",
      ]);
    },
    tp_iter: (self) => new PyTemplateIter(self as PyTemplate),
    sq_concat: concat,
  },
  methods: {
    __reduce__: ["", "", (t: PyTemplate) => {
      const f = getAttr(
        cur.interp.importModule("string.templatelib"),
        "_template_unpickle",
      );
      return new PyTuple([f, new PyTuple([t.strings, t.interpolations])]);
    }],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (t: PyType, item: Value) => genericAlias(t, item),
      M_CLASS,
    ],
  },
  docs: {
    strings: "the literal parts",
    interpolations: "the interpolations",
  },
  members: {
    strings: (t: PyTemplate) => t.strings,
    interpolations: (t: PyTemplate) => t.interpolations,
  },
  getset: {
    values: [
      (t: PyTemplate) =>
        new PyTuple(
          t.interpolations.items.map((i) => (i as PyInterpolation).value),
        ),
      undefined,
      "Values of interpolations",
    ],
  },
});

/** Gives the parts in order, empty strings left out. */
class PyTemplateIter extends PyObject {
  at = 0;
  constructor(readonly template: PyTemplate) {
    super(templateIterType);
  }
}
setSpec(templateIterType, {
  doc: "Iterator over the parts of a template",
  slots: {
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const it = self as PyTemplateIter;
      const strings = it.template.strings.items,
        inter = it.template.interpolations.items;
      for (;;) {
        const i = it.at >> 1;
        if ((it.at & 1) === 0) {
          if (i >= strings.length) return undefined;
          it.at++;
          if (strings[i] !== "") return strings[i];
        } else {
          if (i >= inter.length) return undefined;
          it.at++;
          return inter[i];
        }
      }
    },
  },
});

// ---- Interpolation --------------------------------------------------------------------------

let newDef: NativeDef | undefined;
function interpolationNew(_t: PyType, args: Value[], kw?: KwNames): Value {
  newDef ??= new NativeDef("Interpolation", [
    "value, expression='', conversion=None, format_spec=''",
    "",
    () => None,
  ]);
  const [value, expression = "", conversion = None, spec = ""] = bindArgs(
    newDef,
    "Interpolation",
    args,
    kw,
  ) as [
    Value,
    ...(Value | undefined)[],
  ];
  const text = (v: Value, name: string) => {
    if (!isStr(v)) {
      throw typeError(
        `Interpolation() argument '${name}' must be str, not ${v === None ? "None" : typeOf(v).name}`,
      );
    }
  };
  text(expression, "expression");
  if (conversion !== None) {
    text(conversion, "conversion");
    const c = strValue(conversion);
    if (c !== "s" && c !== "a" && c !== "r") {
      throw valueError(
        "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'",
      );
    }
  }
  text(spec, "format_spec");
  return new PyInterpolation(value, expression, conversion, spec);
}
function fields(i: PyInterpolation): Value[] {
  return [i.value, i.expression, i.conversion, i.formatSpec];
}

setSpec(interpolationType, {
  doc: "Interpolation object",
  slots: {
    tp_new: interpolationNew,
    tp_repr: (self) => {
      const parts: Str[] = ["Interpolation("];
      fields(self as PyInterpolation).forEach((v, k) => {
        if (k > 0) parts.push(", ");
        parts.push(reprStr(v));
      });
      parts.push(")");
      return joinStrs(parts);
    },
  },
  methods: {
    __reduce__: [
      "",
      "State for pickling.",
      (i: PyInterpolation) => new PyTuple([i.cls, new PyTuple(fields(i))]),
    ],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (t: PyType, item: Value) => genericAlias(t, item),
      M_CLASS,
    ],
  },
  docs: {
    value: "the value of the expression",
    expression: "the text of the expression",
    conversion: "the conversion: a, r, s or None",
    format_spec: "the format specification",
  },
  members: {
    value: (i: PyInterpolation) => i.value,
    expression: (i: PyInterpolation) => i.expression,
    conversion: (i: PyInterpolation) => i.conversion,
    format_spec: (i: PyInterpolation) => i.formatSpec,
  },
  attrs: {
    __match_args__: () => new PyTuple(["value", "expression", "conversion", "format_spec"]),
  },
});
