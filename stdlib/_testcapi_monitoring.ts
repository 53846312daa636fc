// CPython 3.14: Modules/_testcapi/monitoring.c, Python/instrumentation.c (PyMonitoring_Fire*)
//
// Events of what is no code object: native code that tells monitoring of its own steps. An object
// stands for the code, with a state for each place in it: the tools that want the event there, looked
// up when a scope is entered.

import {
  builtinType,
  M_NOSIG,
  type MethodDef,
  None,
  PyBaseException,
  PyObject,
  setSpec,
} from "../core/objects/object.ts";
import type { PyType, Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { newErrorArgs, stopIteration, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import * as V from "../vm/monitoring/events.ts";
import { callOne } from "../vm/monitoring/fire.ts";
import { monitors } from "../vm/monitoring/monitors.ts";

const codeLikeType: PyType = builtinType("CodeLike", undefined, true);
class CodeLike extends PyObject {
  readonly active: number[];
  version = -1;
  constructor(n: number) {
    super(codeLikeType);
    this.active = new Array(n).fill(0);
  }
}
setSpec(codeLikeType, {
  slots: {
    tp_new: (_t, args) => new CodeLike(A.asInt32(args[0])),
    tp_repr: (self) => `CodeLike(${(self as CodeLike).active.join(", ")})`,
  },
});

function enterScope(_m: Value, args: Value[]): Value {
  const c = args[0] as CodeLike, m = monitors();
  if (c.version !== m.version) {
    args.slice(1).forEach((e, i) => c.active[i] = m.tools[A.asInt32(e)]);
    c.version = m.version;
  }
  return None;
}

/** Fires `event` for place `offset`, if a tool wants it there. */
function fire(c: CodeLike, offset: number, event: number, more: Value[]): void {
  const m = monitors(), ts = cur as VmThread;
  if (c.active[offset] === 0 || ts.tracing > 0) return;
  if (offset < 0) throw valueError("offset must be non-negative");
  const tools = c.active[offset], args = [c, ...(event === V.LINE ? [] : [offset]), ...more];
  for (let tool = 7; tool >= 0; tool--) {
    if ((tools >> tool & 1) === 0 || !callOne(m, ts, ts.frame!, tool, event, args)) continue;
    if (event >= V.LOCAL) {
      m.callbacks[tool][event] = undefined;
      throw valueError(`Cannot disable ${V.EVENT_NAMES[event]} events. Callback removed.`);
    }
    c.active[offset] &= ~(1 << tool);
  }
}
type Fire = (c: CodeLike, offset: number, args: Value[]) => void;
function plain(event: number): Fire {
  return (c, offset, args) => fire(c, offset, event, args);
}
/** An event about the exception that is being raised. */
function raised(event: number): Fire {
  return (c, offset, [exc]) => {
    if (c.active[offset] === 0) return;
    if (!(exc instanceof PyBaseException)) throw valueError(`Firing event ${event} with no exception set`);
    fire(c, offset, event, [exc]);
  };
}
function stop(c: CodeLike, offset: number, [v]: Value[]): void {
  const exc = v instanceof PyBaseException && v.cls.mro.includes(X.StopIteration) ? v : stopIteration(v);
  fire(c, offset, V.STOP_ITERATION, [exc]);
}
const EVENTS: Record<string, [string, Fire]> = {
  py_start: ["", plain(V.PY_START)],
  py_resume: ["", plain(V.PY_RESUME)],
  py_return: [", retval", plain(V.PY_RETURN)],
  py_yield: [", retval", plain(V.PY_YIELD)],
  call: [", callable, arg0", plain(V.CALL)],
  line: [", lineno", plain(V.LINE)],
  jump: [", target_offset", plain(V.JUMP)],
  branch_right: [", target_offset", plain(V.BRANCH_RIGHT)],
  branch_left: [", target_offset", plain(V.BRANCH_LEFT)],
  py_throw: [", exception", raised(V.PY_THROW)],
  raise: [", exception", raised(V.RAISE)],
  c_raise: [", callable, arg0", plain(V.C_RAISE)],
  c_return: [", callable, arg0", plain(V.C_RETURN)],
  reraise: [", exception", raised(V.RERAISE)],
  exception_handled: [", exception", raised(V.EXCEPTION_HANDLED)],
  py_unwind: [", exception", raised(V.PY_UNWIND)],
  stop_iteration: [", value", stop],
};

export const monitoringTypes: Record<string, PyType> = { CodeLike: codeLikeType };
export function monitoringFunctions(): Record<string, MethodDef> {
  const out: Record<string, MethodDef> = {
    monitoring_enter_scope: ["*args", "", enterScope, M_NOSIG],
    monitoring_exit_scope: ["", "", () => None],
  };
  for (const name in EVENTS) {
    const [sig, body] = EVENTS[name];
    out[`fire_event_${name}`] = [
      `codelike, offset${sig}, /`,
      "",
      (_m: Value, c: Value, offset: Value, ...args: Value[]) => {
        if (!(c instanceof CodeLike)) throw newErrorArgs(X.TypeError, ["expected a CodeLike"]);
        const i = A.asInt32(offset);
        body(c, i, args);
        return c.active[i];
      },
      M_NOSIG,
    ];
  }
  return out;
}
