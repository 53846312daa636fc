// gopy's own: a namespace that code runs in (its globals), as the host sees it.

import type { PyDict } from "../core/objects/dict.ts";
import { type Border, setOwn, toGuest, toHost } from "./values.ts";

/**
 * A namespace of an Interpreter. Made by `Interpreter.namespace`.
 *
 * @example
 * ```ts
 * import { Interpreter, prepare } from "@gopy/cli";
 *
 * await prepare();
 * const py = new Interpreter();
 * const ns = py.namespace({ x: 20 });
 * py.runSync("y = x + 1", { namespace: ns });
 * console.log(ns.get("y"), py.get("y")); // 21 undefined
 * ```
 */
export class Namespace {
  readonly #dict: () => PyDict;
  readonly #border: Border;
  /** @ignore Made by the Interpreter. */
  constructor(dict: () => PyDict, border: Border) {
    this.#dict = dict;
    this.#border = border;
  }
  /** The value of a name; undefined when there is none. */
  get(name: string): unknown {
    return this.#border.inside(() => {
      const v = this.#dict().getStr(name);
      return v === undefined ? undefined : toHost(v, this.#border);
    });
  }
  /** Sets a name. */
  set(name: string, value: unknown): void {
    this.#border.inside(() => this.#dict().setStr(name, toGuest(value, this.#border)));
  }
  /** Is the name there? */
  has(name: string): boolean {
    return this.#border.inside(() => this.#dict().getStr(name) !== undefined);
  }
  /** Removes a name; false when there was none. */
  delete(name: string): boolean {
    return this.#border.inside(() => this.#dict().deleteStr(name) !== undefined);
  }
  /** All names but those that begin and end with two underscores. */
  names(): string[] {
    return this.#border.inside(() => {
      const out: string[] = [];
      for (const [k] of this.#dict().entries()) if (typeof k === "string" && !/^__.*__$/s.test(k)) out.push(k);
      return out;
    });
  }
  /** The names with their values, in a plain object. */
  toObject(): Record<string, unknown> {
    const out = {};
    for (const n of this.names()) setOwn(out, n, this.get(n));
    return out;
  }
  /** @ignore */
  static dictOf(n: Namespace, border: Border): PyDict {
    if (n.#border !== border) throw new TypeError("the namespace belongs to another Interpreter");
    return n.#dict();
  }
}
