// CPython 3.14: Modules/signalmodule.c (its numbers), over Deno's listeners

import type { HostSignals } from "../vm/host.ts";
import { guarded } from "./errors.ts";
import { node } from "./node.ts";

function table(): Record<string, number> {
  return node("node:os").constants.signals;
}

/** The number of a signal's name, 0 for none. */
export function signalNumber(name: string): number {
  return table()[name] ?? 0;
}

/** The name of a signal's number, or `undefined`. */
export function signalName(number: number): string | undefined {
  for (const [name, n] of Object.entries(table())) {
    if (n === number) return name;
  }
  return undefined;
}

/** The process's signals. */
export const signals: HostSignals = {
  listen(signal: number, callback: () => void): () => void {
    const name = signalName(signal) as Deno.Signal;
    guarded(() => Deno.addSignalListener(name, callback));
    return () => guarded(() => Deno.removeSignalListener(name, callback));
  },
};
