// CPython 3.14: Python/instrumentation.c (the sys.monitoring module)
//
// The module's functions; what they do is in vm/monitoring.

import { None, type Value } from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { asInt32, isStr } from "../core/objects/abstract.ts";
import { PyDict } from "../core/objects/dict.ts";
import { moduleFromSpec } from "../core/objects/module.ts";
import { makeNamespace } from "../core/objects/namespace.ts";
import { PyCode } from "../core/code/code.ts";
import * as V from "../vm/monitoring/events.ts";
import {
  clearTool,
  eventSet,
  localEvents,
  monitors,
  registerCallback,
  restartEvents,
  setEvents,
  setLocalEvents,
} from "../vm/monitoring/monitors.ts";

function toolId(v: Value): number {
  const n = asInt32(v);
  if (n < 0 || n >= V.SYS_PROFILE) throw valueError(`invalid tool ${n} (must be between 0 and 5)`);
  return n;
}
function codeArg(v: Value): PyCode {
  if (!(v instanceof PyCode)) throw typeError("code must be a code object");
  return v;
}

const C_RETURNS = 1 << V.C_RETURN | 1 << V.C_RAISE, C_CALLS = C_RETURNS | 1 << V.CALL;
/** An event set as it is kept: without the events that go with CALL, BRANCH as its two halves. */
function normal(set: number): number {
  if ((set & C_RETURNS) !== 0 && (set & C_CALLS) !== C_CALLS) {
    throw valueError("cannot set C_RETURN or C_RAISE events independently");
  }
  set &= ~C_RETURNS;
  if ((set & 1 << V.BRANCH) !== 0) set = set & ~(1 << V.BRANCH) | 1 << V.BRANCH_LEFT | 1 << V.BRANCH_RIGHT;
  return set;
}
function hex(n: number): string {
  return (n >>> 0).toString(16);
}

/** Makes sys.monitoring. */
export function monitoringModule(): Value {
  const events: Record<string, Value> = {};
  V.EVENT_NAMES.forEach((n, i) => events[n] = 2 ** i);
  events.NO_EVENTS = 0;
  return moduleFromSpec({
    name: "sys.monitoring",
    functions: {
      use_tool_id: ["tool_id, name, /", "Claims a tool id.", (_m: Value, id: Value, name: Value) => {
        const n = toolId(id), names = monitors().names;
        if (!isStr(name)) throw valueError("tool name must be a str");
        if (names[n] !== undefined) throw valueError(`tool ${n} is already in use`);
        names[n] = name;
        return None;
      }],
      clear_tool_id: ["tool_id, /", "Forgets a tool's events and callbacks.", (_m: Value, id: Value) => {
        const n = toolId(id);
        if (monitors().names[n] !== undefined) clearTool(n);
        return None;
      }],
      free_tool_id: ["tool_id, /", "Gives a tool id back.", (_m: Value, id: Value) => {
        const n = toolId(id), names = monitors().names;
        if (names[n] !== undefined) clearTool(n);
        names[n] = undefined;
        return None;
      }],
      get_tool: [
        "tool_id, /",
        "Name of the tool that uses an id.",
        (_m: Value, id: Value) => monitors().names[toolId(id)] ?? None,
      ],
      register_callback: [
        "tool_id, event, func, /",
        "Sets the function called for an event; returns the one before.",
        (_m: Value, id: Value, e: Value, f: Value) => {
          const tool = toolId(id), set = asInt32(e) >>> 0;
          if (set === 0 || (set & set - 1) !== 0) {
            throw valueError("The callback can only be set for one event at a time");
          }
          const event = 31 - Math.clz32(set);
          if (event >= V.EVENTS) throw valueError(`invalid event ${set | 0}`);
          const old = registerCallback(tool, event, f === None ? undefined : f);
          return old === undefined || typeof old === "function" ? None : old;
        },
      ],
      get_events: [
        "tool_id, /",
        "Events that are on for a tool.",
        (_m: Value, id: Value) => eventSet(monitors().tools, toolId(id)),
      ],
      set_events: ["tool_id, event_set, /", "Turns events on.", (_m: Value, id: Value, v: Value) => {
        const tool = toolId(id), set = asInt32(v);
        if (set < 0 || set >= 1 << V.EVENTS) throw valueError(`invalid event set 0x${hex(set)}`);
        setEvents(tool, normal(set));
        return None;
      }],
      get_local_events: [
        "tool_id, code, /",
        "Events that are on for a tool in one code object.",
        (_m: Value, id: Value, c: Value) => {
          const code = codeArg(c);
          return localEvents(code, toolId(id));
        },
      ],
      set_local_events: [
        "tool_id, code, event_set, /",
        "Turns events on in one code object.",
        (_m: Value, id: Value, c: Value, v: Value) => {
          const n = asInt32(v), code = codeArg(c), tool = toolId(id), set = normal(n);
          if (set < 0 || set >= 1 << V.LOCAL) throw valueError(`invalid local event set 0x${hex(set)}`);
          setLocalEvents(code, tool, set);
          return None;
        },
      ],
      restart_events: ["", "Turns disabled events on again.", () => {
        restartEvents();
        return None;
      }],
      _all_events: ["", "The tools that want each event that is on for all code.", () => {
        const d = new PyDict(), tools = monitors().tools;
        for (let e = 0; e < V.UNGROUPED; e++) if (tools[e] !== 0) d.setStr(V.EVENT_NAMES[e], tools[e]);
        return d;
      }],
    },
    constants: {
      DISABLE: () => monitors().disable,
      MISSING: () => monitors().missing,
      events: () => makeNamespace(events),
      DEBUGGER_ID: 0,
      COVERAGE_ID: 1,
      PROFILER_ID: 2,
      OPTIMIZER_ID: 5,
    },
  });
}
