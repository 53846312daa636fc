// CPython 3.14: Python/instrumentation.c (the interpreter's half)
//
// What an Interpreter knows of monitoring: who uses which tool id, the callbacks, the events that
// are on for all code. Turning events on or off raises `version`; code is brought up to date
// (instrument.ts) when it next starts or resumes, code that is running at once.

import { objectType, PyObject, type Value } from "../../core/objects/object.ts";
import { valueError } from "../../core/objects/errors.ts";
import { call } from "../../core/objects/abstract.ts";
import type { PyCode } from "../../core/code/code.ts";
import type { Frame } from "../interp/frame.ts";
import type { VmThread } from "../interp/thread.ts";
import { cur } from "../../core/objects/state.ts";
import type { Interp } from "../interpreter.ts";
import { BRANCH, BRANCH_LEFT, BRANCH_RIGHT, EVENTS, SYS_PROFILE, TOOLS, UNGROUPED } from "./events.ts";
import { type CodeMonitor, instrument, markAll, monitorOf, sync } from "./instrument.ts";

/** A callback: a Python callable, or a function of the VM. */
export type NativeCallback = ((ts: VmThread, f: Frame, args: Value[]) => Value) & {
  /** The Python callable that it stands for. */
  handler?: Value;
};
export type Callback = Value | NativeCallback;

export class Monitors {
  /** What a callback returns to be called no more at that place. */
  readonly disable: Value = new PyObject(objectType);
  /** Stands for an argument that there is not. */
  readonly missing: Value = new PyObject(objectType);
  readonly names: (Value | undefined)[] = new Array(TOOLS).fill(undefined);
  readonly callbacks: (Callback | undefined)[][] = [];
  /** By event, a bit for each tool. */
  readonly tools: Uint8Array = new Uint8Array(UNGROUPED);
  version = 0;
  /** The version at the last restart_events. */
  restarted = 0;
  /** By tool, the version at which its events were cleared: older local events do not count. */
  readonly toolVersions: number[] = new Array(TOOLS).fill(0);
  constructor() {
    for (let t = 0; t < TOOLS; t++) this.callbacks.push(new Array(EVENTS).fill(undefined));
  }
}

/** The running Interpreter's monitoring. */
export function monitors(): Monitors {
  const i = cur.interp as Interp;
  return i.monitors ??= new Monitors();
}

/** The set of events that are on for a tool. */
export function eventSet(tools: Uint8Array, tool: number): number {
  let out = 0;
  for (let e = 0; e < tools.length; e++) if ((tools[e] >> tool & 1) !== 0) out |= 1 << e;
  return out;
}
function setTool(tools: Uint8Array, tool: number, events: number): void {
  for (let e = 0; e < tools.length; e++) tools[e] = tools[e] & ~(1 << tool) | (events >> e & 1) << tool;
}
function checkTool(m: Monitors, tool: number): void {
  if (tool < SYS_PROFILE && m.names[tool] === undefined) throw valueError(`tool ${tool} is not in use`);
}

/** Brings the code of all running frames up to date, and marks the rest. */
function spread(m: Monitors): void {
  for (let f = (cur as VmThread).frame; f !== undefined; f = f.back) {
    if (f.native !== undefined) continue;
    sync(m, f.prep);
    // where it stands is the instruction before the next one
    (f.extra ??= {}).prev = f.pc;
  }
  markAll((cur.interp as Interp).prepared);
}

/** Turns events on for all code (and the others off). */
export function setEvents(tool: number, events: number): void {
  const m = monitors();
  checkTool(m, tool);
  if (eventSet(m.tools, tool) === events) return;
  setTool(m.tools, tool, events);
  m.version++;
  spread(m);
}

export function localEvents(code: PyCode, tool: number): number {
  const c = monitorOf(code);
  return c === undefined ? 0 : eventSet(c.local, tool);
}
/** Turns events on for one code object. */
export function setLocalEvents(code: PyCode, tool: number, events: number): void {
  const m = monitors();
  checkTool(m, tool);
  const p = monitorOf(code, true)!.prep;
  const c = p.mon as CodeMonitor;
  c.toolVersions[tool] = m.toolVersions[tool];
  if (eventSet(c.local, tool) === events) return;
  setTool(c.local, tool, events);
  instrument(m, p);
  for (let f = (cur as VmThread).frame; f !== undefined; f = f.back) {
    if (f.prep === p) (f.extra ??= {}).prev ??= f.pc;
  }
}

/** Forgets a tool's callbacks and events. */
export function clearTool(tool: number): void {
  const m = monitors();
  for (let e = 0; e < EVENTS; e++) registerCallback(tool, e, undefined);
  setEvents(tool, 0);
  m.toolVersions[tool] = ++m.version;
  spread(m);
}

/** Turns disabled events on again. */
export function restartEvents(): void {
  const m = monitors();
  m.restarted = ++m.version;
  m.version++;
  spread(m);
}

/** Sets a callback; the result is the old one. */
export function registerCallback(tool: number, event: number, f: Callback | undefined): Callback | undefined {
  const m = monitors(), c = m.callbacks[tool];
  let old: Callback | undefined;
  if (event === BRANCH) {
    old = c[BRANCH_LEFT];
    c[BRANCH_RIGHT] = f === undefined ? undefined : branchHandler(m, tool, f, true);
    c[BRANCH_LEFT] = f === undefined ? undefined : branchHandler(m, tool, f, false);
  } else {
    old = c[event];
    c[event] = f;
  }
  return typeof old === "function" ? old.handler : old;
}

/** BRANCH: one callback for both ways; disabling one disables the other as well. */
function branchHandler(m: Monitors, tool: number, f: Callback, right: boolean): NativeCallback {
  const h: NativeCallback = (_ts, frame, args) => {
    const c = frame.prep.mon!, at = (args[1] as number) >> 1;
    if (!c.has(at)) return m.disable;
    const r = callBack(f, _ts, frame, args);
    if (r === m.disable) c.removeOther(at, right, 1 << tool);
    return r;
  };
  h.handler = f as Value;
  return h;
}
function callBack(f: Callback, ts: VmThread, frame: Frame, args: Value[]): Value {
  return typeof f === "function" ? f(ts, frame, args) : call(f, args);
}
