// gopy's own: modules of the host's, as C modules of one Interpreter
//
// A module's members are made when it is first imported. A dotted name makes empty packages of the
// names before it.

import { PyList, type PyModule } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import type { HostModule } from "./interpreter_options.ts";
import { type Border, thrownIn, toGuest } from "./values.ts";

/** Host modules by name. */
export type HostModules = Map<string, { module: HostModule; isPackage: boolean }>;

/** Adds a module and the packages it lies in. */
export function addHostModule(all: HostModules, name: string, module: HostModule): void {
  if (!/^[^.\s]+(\.[^.\s]+)*$/.test(name)) throw new TypeError(`'${name}' is no name of a module`);
  all.set(name, { module, isPackage: all.get(name)?.isPackage ?? false });
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const parent = name.slice(0, dot);
    const there = all.get(parent);
    if (there === undefined) all.set(parent, { module: {}, isPackage: true });
    else there.isPackage = true;
  }
}

/** The spec of a host module; undefined when there is none of that name. */
export function hostSpec(all: HostModules, name: string, border: () => Border): ModuleSpec | undefined {
  const found = all.get(name);
  if (found === undefined) return undefined;
  return {
    name,
    exec(m: PyModule) {
      const b = border();
      let members: Record<string, unknown>;
      try {
        members = typeof found.module === "function" ? found.module() : found.module;
      } catch (e) {
        throw thrownIn(e, b);
      }
      for (const [k, v] of Object.entries(members)) m.dict.setStr(k, toGuest(v, b));
      if (found.isPackage) m.dict.setStr("__path__", new PyList([]));
    },
  };
}
