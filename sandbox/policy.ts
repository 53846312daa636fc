// gopy's own: what a guest may do.
//
// A policy has the shape of Deno's own options. The effective right is the
// narrower of the policy and of Deno's permission. `"inherit"` is the command
// line's policy: whatever Deno was given, Deno itself decides (and asks, where
// it would). With any other policy nothing ever asks: a right that Deno would
// have to ask for counts as missing.
//
// A path is allowed when it lies under an allowed folder both as written
// (after `..` is resolved) and after its symbolic links are followed, so that
// a link inside an allowed folder does not lead out of it.

import { HostError } from "../vm/host.ts";
import { hintFor } from "./errors.ts";
import { basename, dirname, normalize, resolve } from "./paths.ts";

/** Rights of a guest, each `false`, `true` or a list of what is allowed. */
export interface Permissions {
  /** Reading files: folders and files. */
  read?: boolean | string[];
  /** Writing files: folders and files. */
  write?: boolean | string[];
  /** The network: `host`, `host:port`. */
  net?: boolean | string[];
  /** Environment variables, by name. */
  env?: boolean | string[];
  /** Starting programs, by name or path. */
  run?: boolean | string[];
  /** What the system tells of itself: kinds as in `--allow-sys`. */
  sys?: boolean | string[];
  /** Native libraries (no module of gopy uses them). */
  ffi?: boolean | string[];
  /** Loading JavaScript modules (no module of gopy does). */
  import?: boolean | string[];
}

/** The name of a right. */
export type Right = keyof Permissions;

// Devices that give nothing away.
const PLAIN_DEVICES = new Set([
  "/dev/null",
  "/dev/zero",
  "/dev/full",
  "/dev/random",
  "/dev/urandom",
  "/dev/tty",
]);

/** Decides about a guest's rights. */
export class Policy {
  /** Whether Deno alone decides. */
  readonly inherits: boolean;
  readonly #spec: Permissions;
  readonly #all: boolean;
  readonly #roots = new Map<Right, string[]>();

  /** A policy of these rights; nothing that is not named is allowed. */
  constructor(spec: Permissions | "inherit") {
    this.inherits = spec === "inherit";
    this.#spec = spec === "inherit"
      ? {
        read: true,
        write: true,
        net: true,
        env: true,
        run: true,
        sys: true,
        ffi: true,
        import: true,
      }
      : { ...spec };
    const s = this.#spec;
    this.#all = s.read === true && s.write === true && s.run === true &&
      s.env === true &&
      s.ffi === true && s.sys === true && s.net === true;
    for (const right of ["read", "write"] as const) {
      const list = s[right];
      if (Array.isArray(list)) {
        this.#roots.set(
          right,
          list.map((p) => p.startsWith("/") ? normalize(p) : resolve(Deno.cwd(), p)),
        );
      }
    }
  }

  /** Whether a right is there, for a value or at all. Never asks the user. */
  has(right: Right, value?: string): boolean {
    const rule = this.#spec[right];
    if (rule === undefined || rule === false) return false;
    if (
      Array.isArray(rule) && value !== undefined && right !== "read" &&
      right !== "write"
    ) {
      if (!rule.some((r) => matches(right, r, value))) return false;
    }
    return granted(right, value);
  }

  /** Throws EACCES unless the right is there. */
  need(right: Right, value?: string): void {
    if (this.inherits) return;
    if (!this.has(right, value)) throw denied(right, value);
  }

  /** Throws EACCES unless this path (absolute) may be read or written. */
  needPath(right: "read" | "write", path: string, shown: string = path): void {
    if (this.inherits) return;
    const rule = this.#spec[right];
    if (rule === undefined || rule === false) throw denied(right, shown);
    const plain = normalize(path);
    const roots = this.#roots.get(right);
    const real = roots !== undefined || !this.#all ? realOf(plain) : plain;
    if (!this.#all && (isSpecial(plain) || isSpecial(real))) {
      throw denied(right, shown);
    }
    if (roots !== undefined) {
      if (
        !roots.some((root) => within(root, plain) && within(realOf(root), real))
      ) {
        throw denied(right, shown);
      }
    }
    if (!granted(right, plain)) throw denied(right, shown);
  }

  /** Throws EACCES unless links may be made: those need full rights, as in Deno. */
  needLinks(shown: string): void {
    if (this.inherits) return;
    for (const right of ["read", "write"] as const) {
      if (this.#spec[right] !== true || !granted(right)) {
        throw denied(right, shown);
      }
    }
  }
}

function denied(right: Right, filename: string | undefined): HostError {
  return new HostError("EACCES", { filename, hint: hintFor(right) });
}

function isSpecial(path: string): boolean {
  return /^\/(?:proc|sys|dev)(?:\/|$)/.test(path) && !PLAIN_DEVICES.has(path);
}

function within(root: string, path: string): boolean {
  return path === root ||
    path.startsWith(root.endsWith("/") ? root : root + "/");
}

// The path with its links followed; of what does not exist yet, the part that
// does. A dangling link counts as what it points to.
function realOf(path: string, hops = 0): string {
  let head = path, tail = "";
  while (true) {
    try {
      return normalize(`${Deno.realPathSync(head)}/${tail}`);
    } catch {
      try {
        const target = Deno.readLinkSync(head);
        if (hops > 40) return normalize(`${head}/${tail}`);
        return realOf(
          normalize(`${resolve(dirname(head), target)}/${tail}`),
          hops + 1,
        );
      } catch {
        // Not a link: go on with its folder.
      }
      const up = dirname(head);
      if (up === head) return path;
      tail = `${basename(head)}/${tail}`;
      head = up;
    }
  }
}

function matches(right: Right, rule: string, value: string): boolean {
  if (rule === value) return true;
  if (right === "env") {
    return rule.endsWith("*") && value.startsWith(rule.slice(0, -1));
  }
  if (right === "net") {
    const host = value.replace(/:\d+$/, "");
    return rule === host ||
      (rule.startsWith("*.") && host.endsWith(rule.slice(1)));
  }
  if (right === "run") {
    return basename(value) === rule && !value.includes("/");
  }
  return false;
}

function granted(right: Right, value?: string): boolean {
  try {
    return Deno.permissions.querySync(descriptor(right, value)).state ===
      "granted";
  } catch {
    return false;
  }
}

function descriptor(right: Right, value?: string): Deno.PermissionDescriptor {
  switch (right) {
    case "read":
    case "write":
    case "ffi":
      return { name: right, path: value };
    case "net":
    case "import":
      return { name: right, host: value };
    case "env":
      return { name: "env", variable: value };
    case "run":
      return { name: "run", command: value };
    case "sys":
      return {
        name: "sys",
        kind: value as Deno.SysPermissionDescriptor["kind"],
      };
  }
}
