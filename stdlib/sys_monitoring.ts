// CPython 3.14: Python/instrumentation.c (the sys.monitoring module)
//
// The names and numbers of sys.monitoring. Tools can be registered; turning events on is not
// possible yet and says so.

import { None, type Value } from "../core/objects/object.ts";
import { newErrorArgs, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { asInt32, isStr } from "../core/objects/abstract.ts";
import { moduleFromSpec } from "../core/objects/module.ts";
import { makeNamespace } from "../core/objects/namespace.ts";
import { objectType } from "../core/objects/object.ts";
import { call0 } from "../core/objects/abstract.ts";
import { interpStore } from "../core/objects/state.ts";

const EVENTS = [
  "PY_START",
  "PY_RESUME",
  "PY_RETURN",
  "PY_YIELD",
  "CALL",
  "LINE",
  "INSTRUCTION",
  "JUMP",
  "BRANCH_LEFT",
  "BRANCH_RIGHT",
  "STOP_ITERATION",
  "RAISE",
  "EXCEPTION_HANDLED",
  "PY_UNWIND",
  "PY_THROW",
  "RERAISE",
  "C_RETURN",
  "C_RAISE",
  "BRANCH",
];
const TOOLS = {};
function tools(): (Value | undefined)[] {
  return interpStore(TOOLS, () => []);
}
function toolId(v: Value): number {
  const n = asInt32(v);
  if (n < 0 || n >= 6) throw valueError(`invalid tool ${n} (must be between 0 and 5)`);
  return n;
}
function notYet(): never {
  throw newErrorArgs(X.NotImplementedError, ["sys.monitoring events"]);
}

/** Makes sys.monitoring. */
export function monitoringModule(): Value {
  const events: Record<string, Value> = {};
  EVENTS.forEach((n, i) => events[n] = 2 ** i);
  events.NO_EVENTS = 0;
  return moduleFromSpec({
    name: "sys.monitoring",
    functions: {
      use_tool_id: ["tool_id, name, /", "Claims a tool id.", (_m: Value, id: Value, name: Value) => {
        const n = toolId(id);
        if (!isStr(name)) throw valueError("tool name must be a str");
        if (tools()[n] !== undefined) throw valueError(`tool ${n} is already in use`);
        tools()[n] = name;
        return None;
      }],
      free_tool_id: ["tool_id, /", "Gives a tool id back.", (_m: Value, id: Value) => {
        tools()[toolId(id)] = undefined;
        return None;
      }],
      clear_tool_id: ["tool_id, /", "Forgets a tool's events and callbacks.", (_m: Value, id: Value) => {
        toolId(id);
        return None;
      }],
      get_tool: [
        "tool_id, /",
        "Name of the tool that uses an id.",
        (_m: Value, id: Value) => tools()[toolId(id)] ?? None,
      ],
      get_events: ["tool_id, /", "Events that are on for a tool.", (_m: Value, id: Value) => {
        toolId(id);
        return 0;
      }],
      set_events: ["tool_id, event_set, /", "Turns events on.", (_m: Value, id: Value, set: Value) => {
        toolId(id);
        if (asInt32(set) !== 0) notYet();
        return None;
      }],
      get_local_events: ["tool_id, code, /", "Events that are on for a tool in one code object.", () => 0],
      set_local_events: [
        "tool_id, code, event_set, /",
        "Turns events on in one code object.",
        (_m: Value, id: Value, _c: Value, set: Value) => {
          toolId(id);
          if (asInt32(set) !== 0) notYet();
          return None;
        },
      ],
      register_callback: [
        "tool_id, event, func, /",
        "Sets the function called for an event.",
        (_m: Value, id: Value, _e: Value, f: Value) => {
          toolId(id);
          if (f !== None) notYet();
          return None;
        },
      ],
      restart_events: ["", "Turns disabled events on again.", () => None],
    },
    constants: {
      DEBUGGER_ID: 0,
      COVERAGE_ID: 1,
      PROFILER_ID: 2,
      OPTIMIZER_ID: 5,
      events: () => makeNamespace(events),
      DISABLE: () => call0(objectType),
      MISSING: () => call0(objectType),
    },
  });
}
