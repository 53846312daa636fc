// CPython 3.14: Python/bltinmodule.c (compile, eval, exec, __import__)

import { None, PyCell, PyDictBase, PyTuple, typeName, typeOf, type Value } from "../core/objects/object.ts";
import { newErrorArgs, systemError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import type { CallRequest } from "../core/objects/state.ts";
import { cur } from "../core/objects/state.ts";
import { utf16 } from "../core/objects/names.ts";
import { PyCode } from "../core/code/code.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import type { ParseMode } from "../core/parse/parse.ts";
import {
  compileSource,
  compileTree,
  FUTURE_MASK,
  preprocessTree,
  PyCF_ONLY_AST,
  treeSource,
} from "../vm/compile_source.ts";
import { builtinsFor, type Interp, visible } from "../vm/interpreter.ts";
import { codeRequest } from "../vm/interp/body.ts";
import { importNameNative } from "../vm/interp/import_ops.ts";
import { localsOf } from "../vm/interp/ops_names.ts";
import type { Frame } from "../vm/interp/frame.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { astToValue, isAstNode, valueToAst } from "./_ast_convert.ts";
import { sharedFsDecode } from "./fsconvert.ts";

function frame(): Frame | undefined {
  return visible((cur as VmThread).frame);
}

/** Source given to compile, exec or eval: text or bytes. */
export function sourceOf(v: Value, fname: string, what: string): string | Uint8Array {
  let text: string | Uint8Array;
  if (A.isStr(v)) {
    text = utf16(A.strValue(v));
    if (!text.isWellFormed()) A.callMethod(A.strValue(v) as Value, "encode", "utf-8");
  } else if (typeof v === "object" && typeOf(v).bf_getbuffer !== undefined) {
    text = bytesOf(v).slice();
  } else throw typeError(`${fname}() arg 1 must be a ${what} object`);
  if (typeof text === "string" ? text.includes("\0") : text.includes(0)) {
    throw newErrorArgs(X.SyntaxError, ["source code string cannot contain null bytes"]);
  }
  return text;
}

/** Future flags that code compiled here inherits from the running frame. */
function inherited(): number {
  const f = frame();
  return f === undefined ? 0 : f.prep.code.co_flags & FUTURE_MASK;
}
function moduleName(): Value | undefined {
  return frame()?.globals.getStr("__name__");
}

const MODES: Record<string, ParseMode> = { exec: "exec", eval: "eval", single: "single", func_type: "func_type" };

/** `compile(...)` */
export function compile(
  _m: Value,
  source: Value,
  filename: Value,
  mode: Value,
  flagsV: Value = 0,
  dontInherit: Value = false,
  optimizeV: Value = -1,
  feature: Value = -1,
): Value {
  const name = sharedFsDecode(filename);
  if (!A.isStr(mode)) {
    throw typeError(`compile() argument 'mode' must be str, not ${mode === None ? "None" : typeName(mode)}`);
  }
  let flags = A.asInt32(flagsV);
  let optimize = A.asInt32(optimizeV);
  const known = FUTURE_MASK | 0x200 | 0x400 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x100 | 0x800 | 0x10;
  if ((flags & ~known) !== 0) throw valueError("compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) throw valueError("compile(): invalid optimize value");
  if (!A.isTrue(dontInherit)) flags |= inherited();
  const m = utf16(A.strValue(mode));
  const pm = Object.hasOwn(MODES, m) ? MODES[m] : undefined;
  if (pm === undefined) {
    throw valueError(
      (flags & PyCF_ONLY_AST) !== 0
        ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
        : "compile() mode must be 'exec', 'eval' or 'single'",
    );
  }
  if (pm === "func_type" && (flags & PyCF_ONLY_AST) === 0) {
    throw valueError("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  }
  if (optimize === -1) optimize = (cur.interp as Interp).config.optimize;
  const o = { mode: pm, flags, optimize, filename: name, featureVersion: A.asInt32(feature), module: moduleName() };
  if (isAstNode(source)) {
    if ((flags & PyCF_ONLY_AST) !== 0 && (flags & 0x8000) === 0) {
      valueToAst(source, pm);
      return source;
    }
    const tree = valueToAst(source, pm);
    if ((flags & PyCF_ONLY_AST) !== 0) {
      return astToValue(preprocessTree(tree, o));
    }
    return compileTree(tree, o);
  }
  const text = sourceOf(source, "compile", "string, bytes or AST");
  if ((flags & PyCF_ONLY_AST) !== 0) {
    return astToValue(treeSource(text, o));
  }
  return compileSource(text, o);
}

/** globals and locals for exec and eval. */
function namespaces(fname: string, globals: Value, locals: Value): [PyDictBase, Value] {
  if (globals !== None && !(globals instanceof PyDictBase)) {
    throw typeError(
      fname === "eval"
        ? typeOf(globals).mp_subscript !== undefined
          ? "globals must be a real dict; try eval(code, {}, mapping)"
          : "globals must be a dict"
        : `exec() globals must be a dict, not ${typeName(globals)}`,
    );
  }
  if (locals !== None && typeOf(locals).mp_subscript === undefined) {
    throw typeError(
      fname === "eval" ? "locals must be a mapping" : `locals must be a mapping or None, not ${typeName(locals)}`,
    );
  }
  if (globals === None) {
    const f = frame();
    if (f === undefined) throw systemError("globals and locals cannot be NULL");
    return [f.globals, locals === None ? localsOf(f) : locals];
  }
  return [globals as PyDictBase, locals === None ? globals : locals];
}

/** `eval(...)` */
export function evalBuiltin(_m: Value, source: Value, globals: Value = None, locals: Value = None): CallRequest {
  const [g, l] = namespaces("eval", globals, locals);
  const b = builtinsFor(g, cur.interp as Interp);
  let code: PyCode;
  if (source instanceof PyCode) {
    if (source.nfreevars > 0) throw typeError("code object passed to eval() may not contain free variables");
    code = source;
  } else {
    let text = sourceOf(source, "eval", "string, bytes or code");
    if (typeof text === "string") text = text.replace(/^[ \t]+/, "");
    code = compileSource(text, {
      mode: "eval",
      flags: inherited(),
      optimize: (cur.interp as Interp).config.optimize,
      filename: "<string>",
      module: moduleName(),
    });
  }
  return codeRequest(code, g, b, l, undefined);
}

/** `exec(...)` */
export function execBuiltin(
  _m: Value,
  source: Value,
  globals: Value = None,
  locals: Value = None,
  closure: Value = None,
): CallRequest {
  const [g, l] = namespaces("exec", globals, locals);
  const b = builtinsFor(g, cur.interp as Interp);
  let code: PyCode;
  let cells: PyTuple | undefined;
  if (source instanceof PyCode) {
    const n = source.nfreevars;
    if (n === 0) {
      if (closure !== None) throw typeError("cannot use a closure with this code object");
    } else {
      const ok = closure instanceof PyTuple && closure.items.length === n &&
        closure.items.every((c) => c instanceof PyCell);
      if (!ok) throw typeError(`code object requires a closure of exactly length ${n}`);
      cells = closure;
    }
    code = source;
  } else {
    if (closure !== None) throw typeError("closure can only be used when source is a code object");
    code = compileSource(sourceOf(source, "exec", "string, bytes or code"), {
      mode: "exec",
      flags: inherited(),
      optimize: (cur.interp as Interp).config.optimize,
      filename: "<string>",
      module: moduleName(),
    });
  }
  return codeRequest(code, g, b, l, cells, new NoneResult());
}
import { NativeState } from "../core/objects/state.ts";
/** exec gives None, whatever the code returned. */
class NoneResult extends NativeState {
  resume(): Value {
    return None;
  }
}

/** `__import__(...)` */
export function importBuiltin(
  _m: Value,
  name: Value,
  globals: Value = None,
  _locals: Value = None,
  fromlist: Value = None,
  level: Value = 0,
): Value {
  if (!A.isStr(name)) throw typeError("module name must be a string");
  const dict = globals instanceof PyDictBase;
  // only a relative import looks into them
  if (globals !== None && !dict && level !== 0) throw typeError("globals must be a dict");
  return importNameNative(
    utf16(A.strValue(name)),
    dict ? globals : undefined,
    fromlist,
    level,
  );
}
