// CPython 3.14: Python/getargs.c (PyArg_ParseTuple, PyArg_ParseTupleAndKeywords without a name)
//
// Argument parsing of natives whose format string names no function: errors say "function" or
// "this function". Such natives are declared with M_VECTOR.

import type { KwNames, Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { suggestName } from "../core/objects/suggest.ts";

function plural(n: number): string {
  return n === 1 ? "" : "s";
}

/** Checks the number of positional arguments. */
export function checkTuple(n: number, min: number, max: number): void {
  if (n >= min && n <= max) return;
  const least = n < min, k = least ? min : max;
  const how = min === max ? "exactly" : least ? "at least" : "at most";
  throw typeError(`function takes ${how} ${k} argument${plural(k)} (${n} given)`);
}

/** The arguments in the order of `names`, of which the first `required` must be there. */
export function parseKeywords(
  args: Value[],
  kwnames: KwNames | undefined,
  names: readonly string[],
  required = 0,
): (Value | undefined)[] {
  const nkw = kwnames === undefined ? 0 : kwnames.length, n = args.length - nkw;
  if (args.length > names.length) {
    const kind = n === 0 ? "keyword " : "";
    throw typeError(
      `function takes at most ${names.length} ${kind}argument${plural(names.length)} (${args.length} given)`,
    );
  }
  if (nkw === 0) {
    if (n < required) throw typeError(`function missing required argument '${names[n]}' (pos ${n + 1})`);
    return args;
  }
  const out: (Value | undefined)[] = args.slice(0, n);
  while (out.length < names.length) out.push(undefined);
  let unknown: string | undefined;
  for (let k = 0; k < nkw; k++) {
    const i = names.indexOf(kwnames![k]);
    if (i < 0) unknown ??= kwnames![k];
    else if (i < n) throw typeError(`argument for function given by name ('${names[i]}') and position (${i + 1})`);
    else out[i] = args[n + k];
  }
  for (let i = n; i < required; i++) {
    if (out[i] === undefined) throw typeError(`function missing required argument '${names[i]}' (pos ${i + 1})`);
  }
  if (unknown !== undefined) {
    const near = suggestName(unknown, names);
    throw typeError(
      `this function got an unexpected keyword argument '${unknown}'${
        near === undefined ? "" : `. Did you mean '${near}'?`
      }`,
    );
  }
  return out;
}
