// CPython 3.14: Modules/atexitmodule.c

import { type KwNames, M_VECTOR, None, PyBaseException, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { call, equals, isCallable } from "../core/objects/abstract.ts";
import { interpStore } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { reportUnraisable } from "./sys_hooks.ts";

interface Callback {
  f: Value;
  args: Value[];
  kwnames: KwNames | undefined;
}
const KEY = {};
/** The functions registered, the newest last. */
function state(): { list: Callback[] } {
  return interpStore(KEY, () => ({ list: [] as Callback[] }));
}

/** Calls all functions, the newest first; what they raise is reported. */
export function runExitFunctions(): void {
  const st = state();
  for (let c = st.list.pop(); c !== undefined; c = st.list.pop()) {
    try {
      call(c.f, c.args, c.kwnames);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      reportUnraisable(e, "Exception ignored in atexit callback", c.f);
    }
  }
}

export const spec: ModuleSpec = {
  name: "atexit",
  doc: "Functions to be called when the interpreter ends.",
  functions: {
    register: [
      "func, /, *args, **kwargs",
      "Has a function called at the end of the interpreter.\n\n  func - the function\n  args - its positional arguments\n  kwargs - its keyword arguments\n\nReturns func, so it can be a decorator.",
      (_m: Value, args: Value[], kwnames?: KwNames) => {
        if (args.length - (kwnames?.length ?? 0) < 1) {
          throw typeError(`register() takes at least 1 argument (${args.length} given)`);
        }
        if (!isCallable(args[0])) throw typeError("the first argument must be callable");
        state().list.push({ f: args[0], args: args.slice(1), kwnames });
        return args[0];
      },
      M_VECTOR,
    ],
    _clear: ["", "Forgets all functions.", () => {
      state().list.length = 0;
      return None;
    }],
    unregister: ["func, /", "Forgets a function.", (_m: Value, f: Value) => {
      const st = state();
      for (const c of st.list.slice().reverse()) {
        if (!equals(c.f, f)) continue;
        const i = st.list.indexOf(c);
        if (i >= 0) st.list.splice(i, 1);
      }
      return None;
    }],
    _run_exitfuncs: ["", "Calls all functions now and forgets them.", () => {
      runExitFunctions();
      return None;
    }],
    _ncallbacks: ["", "How many functions there are.", () => state().list.length],
  },
};
