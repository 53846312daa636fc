// CPython 3.14: Py_BEGIN_ALLOW_THREADS
//
// Natives that may have to wait (for a pipe, a child). With one thread they wait where they are. Once
// there are more, a thread must be left while it waits, so such a native has a second body that is
// frame-pushing; `letLeave` puts it in the first one's place when the first thread starts. Until then
// call sites may be specialised for the first body, which costs nothing.
//
// The same for iterators, whose `tp_iternext` cannot push frames.

import { type NativeFn, typeOf, type Value } from "./object.ts";
import type { CallRequest } from "./state.ts";
import type { NativeDef } from "./native.ts";

interface WithLeaving {
  leaving?: NativeFn;
}
/** Gives a native's body the body that may return a CallRequest instead of waiting. */
export function withLeaving<F extends NativeFn>(fn: F, leaving: NativeFn): F {
  (fn as F & WithLeaving).leaving = leaving;
  return fn;
}
/** The body that need not wait. */
export function leavingOf(fn: NativeFn): NativeFn | undefined {
  return (fn as NativeFn & WithLeaving).leaving;
}

/** What wraps a native; its definition is exchanged. */
export interface Leaver {
  def: NativeDef;
}
const leavers: Leaver[] = [], defs: NativeDef[] = [];
let threaded = false;
/** Has there been a second thread? */
export function hasThreads(): boolean {
  return threaded;
}

/** Notes a definition with a second body. */
export function noteDef(d: NativeDef): void {
  if (threaded) d.push = true;
  else defs.push(d);
}
/** The definition to wrap now. */
export function currentDef(d: NativeDef): NativeDef {
  return threaded ? d.leaving ?? d : d;
}
/** Notes a lasting object that wraps a definition with a second body. */
export function noteLeaver(l: Leaver): void {
  if (threaded) l.def = currentDef(l.def);
  else leavers.push(l);
}
/** From now on natives that may have to wait can be left; `more`: further wrapping objects. */
export function letLeave(more: Iterable<Leaver>): void {
  for (const l of more) if (l.def.leaving !== undefined) l.def = l.def.leaving;
  if (threaded) return;
  threaded = true;
  for (const l of leavers) l.def = currentDef(l.def);
  // objects made before keep the definition: it is no longer called without a look here
  for (const d of defs) d.push = true;
  leavers.length = defs.length = 0;
}

/** How an iterator is asked for its next item where that may have to wait. */
export interface NextForm {
  /** Must it be asked in this way now? */
  mayWait(it: Value): boolean;
  /** The next item, or the call that gives it; StopIteration at the end. */
  next(it: Value): Value | CallRequest;
}
interface WithNext {
  form?: NextForm;
}
/** Gives a `tp_iternext` its second form. */
export function withNext<F extends (it: Value) => Value | undefined>(fn: F, form: NextForm): F {
  (fn as F & WithNext).form = form;
  return fn;
}
/** The second form of an iterator, where it is to be used now. */
export function nextForm(it: Value): NextForm | undefined {
  const form = (typeOf(it).tp_iternext as WithNext | undefined)?.form;
  return form !== undefined && form.mayWait(it) ? form : undefined;
}
