/** Which names are switches, which take text, and what they are without being given. */
export interface ParseOptions {
  boolean?: readonly string[];
  string?: readonly string[];
  collect?: readonly string[];
  alias?: Record<string, string>;
  default?: Record<string, unknown>;
  stopEarly?: boolean;
  "--"?: boolean;
}

/** What was read: `_` holds the positional arguments. */
// deno-lint-ignore no-explicit-any
export type Args = {
  _: (string | number)[];
  "--"?: string[];
  [name: string]: any;
};

/** Reads command-line arguments. */
export function parseArgs(
  args: readonly string[],
  options: ParseOptions = {},
): Args {
  const out: Args = { _: [] };
  const bools = new Set(options.boolean ?? []),
    strings = new Set(options.string ?? []);
  const many = new Set(options.collect ?? []);
  for (const b of bools) out[b] = false;
  for (const m of many) out[m] = [];
  Object.assign(out, options.default ?? {});
  const set = (name: string, value: unknown) => {
    const key = options.alias?.[name] ?? name;
    if (many.has(key)) out[key].push(value);
    else out[key] = value;
  };
  const num = (name: string, text: string) =>
    !strings.has(name) && text !== "" && !isNaN(Number(text)) ? Number(text) : text;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === "--") {
      const rest = args.slice(i + 1);
      if (options["--"]) out["--"] = rest;
      else out._.push(...rest);
      break;
    }
    const m = /^--?([^=-][^=]*)(?:=([^]*))?$/.exec(arg);
    if (!m) {
      out._.push(num("_", arg));
      if (options.stopEarly) {
        out._.push(...args.slice(i + 1));
        break;
      }
      continue;
    }
    const name = options.alias?.[m[1]] ?? m[1];
    if (m[2] !== undefined) {
      set(name, bools.has(name) ? m[2] !== "false" : num(name, m[2]));
    } else if (bools.has(name)) set(name, true);
    else if (name.startsWith("no-") && bools.has(name.slice(3))) {
      set(name.slice(3), false);
    } else if (i + 1 < args.length && !/^-./.test(args[i + 1])) {
      set(name, num(name, args[++i]));
    } else set(name, strings.has(name) ? "" : true);
  }
  return out;
}
