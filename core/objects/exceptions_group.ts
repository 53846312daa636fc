// CPython 3.14: Objects/exceptions.c (BaseExceptionGroup, ExceptionGroup)
//
// A group keeps its exceptions in a tuple of its own; `args` keeps what the constructor was given.
// When that was neither a list nor a tuple, its repr is kept too, since the object may change.

import { argTypeName } from "./type_name.ts";
import {
  isSubtype,
  type KwNames,
  listType,
  None,
  PyBaseException,
  PyList,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  tupleType,
  type Value,
} from "./object.ts";
import * as T from "./exception_types.ts";
import { setAlloc } from "./exception_types.ts";
import {
  argsTuple,
  concat,
  exceptionInit,
  exceptionNew,
  isExceptionClass,
  shortName,
  textValue,
} from "./exceptions_base.ts";
import { typeError, valueError } from "./errors.ts";
import {
  call1,
  call2,
  callMethod,
  enterNative,
  isCallable,
  isInstanceOf,
  isSequence,
  isStr,
  isSubclassOf,
  isTrue,
  iterToArray,
  leaveNative,
  lookupAttr,
  reprStr,
  setAttr,
  strOf,
} from "./abstract.ts";
import { PyGetSet } from "./native.ts";
import { getWeakrefList } from "./weakref.ts";
import { genericAlias } from "./genericalias.ts";

export class PyExceptionGroup extends PyBaseException {
  message: Value = "";
  excs: PyTuple = undefined as unknown as PyTuple;
  /** repr of the argument, if that was not a list or tuple. */
  excsRepr: Str | undefined = undefined;
}
setAlloc(T.BaseExceptionGroup, (c, a) => new PyExceptionGroup(c, a));

function groupNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const given = argsTuple(args, kwnames).items;
  if (given.length !== 2) {
    throw typeError(
      `BaseExceptionGroup.__new__() takes exactly 2 arguments (${given.length} given)`,
    );
  }
  const [message, seq] = given;
  if (!isStr(message)) {
    throw typeError(
      `BaseExceptionGroup.__new__() argument 1 must be str, not ${argTypeName(message)}`,
    );
  }
  if (!isSequence(seq)) {
    throw typeError("second argument (exceptions) must be a sequence");
  }
  let text: Str | undefined;
  const exact = (seq instanceof PyList && seq.cls === listType) ||
    (seq instanceof PyTuple && seq.cls === tupleType);
  if (!exact) text = reprStr(seq);
  const items = iterToArray(seq);
  if (items.length === 0) {
    throw valueError(
      "second argument (exceptions) must be a non-empty sequence",
    );
  }
  let base = false;
  items.forEach((e, i) => {
    if (!(e instanceof PyBaseException)) {
      throw valueError(
        `Item ${i} of second argument (exceptions) is not an exception`,
      );
    }
    if (!isInstanceOf(e, T.Exception)) base = true;
  });
  let cls = type;
  if (cls === T.ExceptionGroup) {
    if (base) {
      throw typeError("Cannot nest BaseExceptions in an ExceptionGroup");
    }
  } else if (cls === T.BaseExceptionGroup) {
    if (!base) cls = T.ExceptionGroup;
  } else if (base && isSubclassOf(cls, T.Exception)) {
    throw typeError(`Cannot nest BaseExceptions in '${cls.name}'`);
  }
  const g = exceptionNew(cls, given) as PyExceptionGroup;
  g.message = message;
  g.excs = new PyTuple(items);
  g.excsRepr = text;
  return g;
}

function groupRepr(self: Value): Value {
  const g = self as PyExceptionGroup;
  let excs: Value;
  if (g.excsRepr !== undefined) excs = g.excsRepr;
  else {
    const a = g.args.items;
    const list = a.length === 2 && a[1] instanceof PyList;
    excs = reprStr(list ? new PyList(g.excs.items.slice()) : g.excs);
  }
  const name = textValue(shortName(g.cls));
  return concat(name, "(", reprStr(g.message), ", ", excs, ")");
}

function groupStr(self: Value): Value {
  const g = self as PyExceptionGroup;
  const n = g.excs.items.length;
  return concat(
    strOf(g.message),
    ` (${n} sub-exception${n > 1 ? "s" : ""})`,
  );
}

/** A group of the same metadata as `orig` around a part of its exceptions; undefined if there is none. */
function subset(orig: PyExceptionGroup, part: Value[]): Value | undefined {
  if (part.length === 0) return undefined;
  const g = callMethod(orig, "derive", new PyList(part));
  if (!(g instanceof PyExceptionGroup)) {
    throw typeError("derive must return an instance of BaseExceptionGroup");
  }
  if (orig.traceback !== undefined) g.traceback = orig.traceback;
  g.context = orig.context ?? null;
  g.cause = orig.cause;
  g.suppressContext = true;
  const notes = lookupAttr(orig, "__notes__");
  if (notes !== undefined && isSequence(notes)) {
    setAttr(g, "__notes__", new PyList(iterToArray(notes)));
  }
  return g;
}

type Matcher = (e: PyBaseException) => boolean;

/** Is `e` of that type, or of one of a tuple of types (PyErr_GivenExceptionMatches)? */
export function exceptionMatches(e: Value, type: Value): boolean {
  if (type instanceof PyTuple) {
    return type.items.some((t) => exceptionMatches(e, t));
  }
  const cls = e instanceof PyBaseException ? e.cls : e;
  return isExceptionClass(type) && cls instanceof PyType &&
    isSubtype(cls, type);
}

function matcherOf(value: Value): Matcher {
  if (isCallable(value) && !(value instanceof PyType)) {
    return (e) => isTrue(call1(value, e));
  }
  if (
    isExceptionClass(value) ||
    (value instanceof PyTuple && value.cls === tupleType &&
      value.items.every(isExceptionClass))
  ) return (e) => exceptionMatches(e, value);
  throw typeError(
    "expected an exception type, a tuple of exception types, or a callable (other than a class)",
  );
}

interface Split {
  match: Value | undefined;
  rest: Value | undefined;
}

function split(e: PyBaseException, matches: Matcher, wantRest: boolean): Split {
  if (matches(e)) return { match: e, rest: undefined };
  if (!(e instanceof PyExceptionGroup)) {
    return { match: undefined, rest: wantRest ? e : undefined };
  }
  const match: Value[] = [], rest: Value[] = [];
  for (const x of e.excs.items) {
    enterNative(300, " in exceptiongroup_split_recursive");
    try {
      const r = split(x as PyBaseException, matches, wantRest);
      if (r.match !== undefined) match.push(r.match);
      if (r.rest !== undefined) rest.push(r.rest);
    } finally {
      leaveNative(300);
    }
  }
  return { match: subset(e, match), rest: subset(e, rest) };
}

/** `(match, rest)` of a group by a type, a tuple of types or a predicate; None for an empty part. */
export function groupSplit(g: PyExceptionGroup, by: Value): [Value, Value] {
  const r = split(g, matcherOf(by), true);
  return [r.match ?? None, r.rest ?? None];
}

function leaves(e: Value, into: Set<Value>): void {
  if (e === None) return;
  if (!(e instanceof PyExceptionGroup)) {
    into.add(e);
    return;
  }
  for (const x of e.excs.items) {
    enterNative(150, " in collect_exception_group_leaf_ids");
    try {
      leaves(x, into);
    } finally {
      leaveNative(150);
    }
  }
}

/** The part of `g` made of the leaves of `keep`; None if that is empty. */
function projection(g: PyExceptionGroup, keep: Value[]): Value {
  const ids = new Set<Value>();
  for (const e of keep) leaves(e, ids);
  const r = split(
    g,
    (e) => !(e instanceof PyExceptionGroup) && ids.has(e),
    false,
  );
  return r.match ?? None;
}

function sameMetadata(a: PyBaseException, b: PyBaseException): boolean {
  return a.traceback === b.traceback && a.cause === b.cause &&
    (a.context ?? null) === (b.context ?? null);
}

/**
 * What is left to raise after the `except*` clauses for `orig` have run: `excs` holds what they
 * raised, what they raised again, and what none of them took. None if nothing is left.
 */
export function prepReraiseStar(orig: Value, excs: Value[]): Value {
  if (excs.length === 0) return None;
  if (!(orig instanceof PyExceptionGroup)) return excs[0];
  const raised: Value[] = [], reraised: Value[] = [];
  for (const e of excs) {
    if (e === None) continue;
    (sameMetadata(e as PyBaseException, orig) ? reraised : raised).push(e);
  }
  const again = projection(orig, reraised);
  if (raised.length === 0) return again;
  if (again !== None) raised.push(again);
  return raised.length > 1 ? call2(T.BaseExceptionGroup, "", new PyList(raised)) : raised[0];
}

setSpec(T.BaseExceptionGroup, {
  doc: "Several unrelated exceptions as one.",
  slots: {
    tp_new: groupNew,
    tp_init: (self, args, kwnames) => exceptionInit(self, args, kwnames),
    tp_repr: groupRepr,
    tp_str: groupStr,
  },
  methods: {
    __class_getitem__: [
      "object, /",
      "Groups are generic over the type of what they hold.",
      (cls: PyType, item: Value): Value => genericAlias(cls, item),
      1,
    ],
    derive: [
      "excs, /",
      "",
      (g: PyExceptionGroup, excs: Value): Value => call2(T.BaseExceptionGroup, g.message, excs),
    ],
    split: [
      "matcher_value, /",
      "",
      (g: PyExceptionGroup, by: Value): Value => new PyTuple(groupSplit(g, by)),
    ],
    subgroup: [
      "matcher_value, /",
      "",
      (g: PyExceptionGroup, by: Value): Value => split(g, matcherOf(by), false).match ?? None,
    ],
  },
  docs: {
    message: "what the exceptions have in common",
    exceptions: "the exceptions of the group",
  },
  members: {
    message: (g: PyExceptionGroup) => g.message,
    exceptions: (g: PyExceptionGroup) => g.excs,
  },
});
setSpec(T.ExceptionGroup, {
  attrs: {
    __module__: () => "builtins",
    __weakref__: (t) =>
      new PyGetSet("__weakref__", t, getWeakrefList, undefined, "list of weak references to the object"),
  },
});
