// CPython 3.14: Modules/_localemodule.c
//
// gopy has the locales "C" (also "POSIX") and "C.UTF-8". LC_CTYPE is C.UTF-8 from the start, as
// CPython's own start-up makes it; all other categories are "C".

import { None, PyList, type PyType, typeName, type Value } from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { asInt32, isStr, strValue } from "../core/objects/abstract.ts";
import { interpStore } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { compareStr } from "../core/objects/str_ops.ts";
import { nameValue, utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interp } from "../vm/interpreter.ts";
import { HostError } from "../vm/host.ts";
import { newException, raised } from "./module_error.ts";
import { sharedFsDecode } from "./fsconvert.ts";
import { DAYS, MONTHS } from "./time_format.ts";

const errorType: PyType = newException("locale.Error");

const CATEGORIES: Record<string, number> = {
  LC_CTYPE: 0,
  LC_NUMERIC: 1,
  LC_TIME: 2,
  LC_COLLATE: 3,
  LC_MONETARY: 4,
  LC_MESSAGES: 5,
  LC_ALL: 6,
};
const ALL_NAMES = ["LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES"];
const OTHERS = ["LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION"];

interface LocaleState {
  /** The locale of each category, by number. */
  current: string[];
  domain: string;
  dirs: Map<string, string>;
  codesets: Map<string, string>;
}
const KEY = {};
function state(): LocaleState {
  return interpStore(KEY, () => ({
    current: ["C.UTF-8", "C", "C", "C", "C", "C"],
    domain: "messages",
    dirs: new Map<string, string>(),
    codesets: new Map<string, string>(),
  }));
}

/** Constants of nl_langinfo with the values of the locale "C". */
function langinfo(): Map<string, [number, string]> {
  const m = new Map<string, [number, string]>();
  DAYS.forEach((d, i) => {
    m.set(`DAY_${i + 1}`, [131079 + i, d]);
    m.set(`ABDAY_${i + 1}`, [131072 + i, d.slice(0, 3)]);
  });
  MONTHS.forEach((d, i) => {
    m.set(`MON_${i + 1}`, [131098 + i, d]);
    m.set(`ABMON_${i + 1}`, [131086 + i, d.slice(0, 3)]);
  });
  const rest: [string, number, string][] = [
    ["RADIXCHAR", 65536, "."],
    ["THOUSEP", 65537, ""],
    ["CRNCYSTR", 262159, "-"],
    ["D_T_FMT", 131112, "%a %b %e %H:%M:%S %Y"],
    ["D_FMT", 131113, "%m/%d/%y"],
    ["T_FMT", 131114, "%H:%M:%S"],
    ["AM_STR", 131110, "AM"],
    ["PM_STR", 131111, "PM"],
    ["CODESET", 14, ""],
    ["T_FMT_AMPM", 131115, "%I:%M:%S %p"],
    ["ERA", 131116, ""],
    ["ERA_D_FMT", 131118, ""],
    ["ERA_D_T_FMT", 131120, ""],
    ["ERA_T_FMT", 131121, ""],
    ["ALT_DIGITS", 131119, ""],
    ["YESEXPR", 327680, "^[yY]"],
    ["NOEXPR", 327681, "^[nN]"],
    ["_DATE_FMT", 131180, "%a %b %e %H:%M:%S %Z %Y"],
  ];
  for (const [k, n, v] of rest) m.set(k, [n, v]);
  return m;
}

function encoding(): string {
  return state().current[0] === "C" ? "ANSI_X3.4-1968" : "UTF-8";
}
/** The name under which a locale is known, or undefined. */
function known(name: string): string | undefined {
  if (name === "C" || name === "POSIX") return "C";
  return /^C\.utf-?8$/i.test(name) ? name : undefined;
}
function envLocale(category: string): string {
  for (const k of ["LC_ALL", category, "LANG"]) {
    try {
      const v = interp().host.env.get(k);
      if (v !== undefined && v !== "") return v;
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
    }
  }
  return "C";
}
function all(): string {
  const c = state().current;
  if (c.every((x) => x === c[0])) return c[0];
  return [...ALL_NAMES.map((n, i) => `${n}=${c[i]}`), ...OTHERS.map((n) => `${n}=C`)].join(";");
}
function setLocale(_m: Value, cat: Value, locale: Value = None): Value {
  const n = asInt32(cat), st = state();
  if (locale === None) {
    if (n < 0 || n > 6) throw raised(errorType, "locale query failed");
    return n === 6 ? all() : st.current[n];
  }
  const bad = () => raised(errorType, "unsupported locale setting");
  const name = text(locale, "setlocale", "2 ", " or None");
  if (n < 0 || n > 6) throw bad();
  const next = st.current.slice();
  if (n === 6 && name.includes(";")) {
    for (const part of name.split(";")) {
      const [k, v] = part.split("=");
      const i = ALL_NAMES.indexOf(k), loc = known(v ?? "");
      if (loc === undefined) throw bad();
      if (i >= 0) next[i] = loc;
    }
  } else {
    for (let i = 0; i < 6; i++) {
      if (n !== 6 && n !== i) continue;
      const loc = known(name === "" ? envLocale(ALL_NAMES[i]) : name);
      if (loc === undefined) throw bad();
      next[i] = loc;
    }
  }
  st.current = next;
  return n === 6 ? all() : next[n];
}

function text(v: Value, f: string, arg: string, orNone = ""): string {
  if (!isStr(v)) {
    throw typeError(`${f}() argument ${arg}must be str${orNone}, not ${v === None ? "None" : typeName(v)}`);
  }
  const s = utf16(strValue(v));
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}

function localeConv(): Value {
  const d = new PyDict();
  for (const k of ["int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep"]) d.setStr(k, "");
  d.setStr("mon_grouping", new PyList([]));
  d.setStr("positive_sign", "");
  d.setStr("negative_sign", "");
  for (
    const k of [
      "int_frac_digits",
      "frac_digits",
      "p_cs_precedes",
      "p_sep_by_space",
      "n_cs_precedes",
      "n_sep_by_space",
      "p_sign_posn",
      "n_sign_posn",
    ]
  ) d.setStr(k, 127);
  d.setStr("decimal_point", ".");
  d.setStr("thousands_sep", "");
  d.setStr("grouping", new PyList([]));
  return d;
}

export const spec: ModuleSpec = {
  name: "_locale",
  doc: "Support for POSIX locales.",
  types: { Error: errorType },
  functions: {
    setlocale: ["category, locale=None, /", "Sets a locale, or tells it.", setLocale],
    localeconv: ["", "How numbers and amounts of money are written in the locale.", localeConv],
    strcoll: ["os1, os2, /", "Compares two strings by the locale.", (_m: Value, a: Value, b: Value) => {
      text(a, "strcoll", "1 ");
      text(b, "strcoll", "2 ");
      return Math.sign(compareStr(strValue(a), strValue(b))) + 0;
    }],
    strxfrm: ["string, /", "A string whose plain order is the locale's.", (_m: Value, s: Value) => {
      text(s, "strxfrm", "");
      return strValue(s) as Value;
    }],
    nl_langinfo: ["key, /", "The value of a piece of information on the locale.", (_m: Value, key: Value) => {
      const n = asInt32(key);
      if (n === 14) return encoding();
      for (const [k, v] of langinfo().values()) if (k === n) return v;
      throw valueError("unsupported langinfo constant");
    }],
    gettext: [
      "msg, /",
      "gettext(msg) -> string\nThe translation of a message: there are none.",
      (_m: Value, s: Value) => nameValue(text(s, "gettext", "")),
    ],
    dgettext: [
      "domain, msg, /",
      "dgettext(domain, msg) -> string\nThe translation of a message in a domain.",
      (_m: Value, d: Value, s: Value) => {
        if (d !== None) text(d, "dgettext", "1 ", " or None");
        return nameValue(text(s, "dgettext", "2 "));
      },
    ],
    dcgettext: [
      "domain, msg, category, /",
      "The translation of a message in a domain and category.",
      (_m: Value, d: Value, s: Value, c: Value) => {
        if (d !== None) text(d, "dcgettext", "1 ", " or None");
        const t = text(s, "dcgettext", "2 ");
        asInt32(c);
        return nameValue(t);
      },
    ],
    textdomain: ["domain, /", "Sets the domain of messages, or tells it.", (_m: Value, d: Value) => {
      const st = state();
      if (d !== None) st.domain = text(d, "textdomain", "", " or None") || "messages";
      return nameValue(st.domain);
    }],
    bindtextdomain: [
      "domain, dir, /",
      "Sets the directory of a domain's messages, or tells it.",
      (_m: Value, d: Value, dir: Value) => {
        const name = text(d, "bindtextdomain", "1 ");
        if (name === "") throw raised(errorType, "domain must be a non-empty string");
        const st = state();
        if (dir !== None) st.dirs.set(name, utf16(sharedFsDecode(dir)));
        return nameValue(st.dirs.get(name) ?? "/usr/share/locale");
      },
    ],
    bind_textdomain_codeset: [
      "domain, codeset, /",
      "Sets the encoding of a domain's messages, or tells it.",
      (_m: Value, d: Value, c: Value) => {
        const name = text(d, "bind_textdomain_codeset", "1 "), st = state();
        if (c !== None) st.codesets.set(name, text(c, "bind_textdomain_codeset", "2 ", " or None"));
        const set = st.codesets.get(name);
        return set === undefined ? None : nameValue(set);
      },
    ],
    getencoding: ["", "The encoding of the locale.", encoding],
  },
  exec(mod) {
    for (const [k, n] of Object.entries(CATEGORIES)) mod.dict.setStr(k, n);
    mod.dict.setStr("CHAR_MAX", 127);
    for (const [k, [n]] of langinfo()) mod.dict.setStr(k, n);
  },
};
