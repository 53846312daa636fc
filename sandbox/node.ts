// gopy's own: Node's modules, loaded when they are first needed.
//
// A static import of `node:fs` or `node:process` adds 20 to 30 ms to the start
// of a program that takes 19 without, and a hello world needs neither. So what
// Deno's own functions can do is done with them; the rest comes through here.

interface NodeModules {
  "node:fs": typeof import("node:fs");
  "node:os": typeof import("node:os");
  "node:tty": typeof import("node:tty");
  "node:v8": typeof import("node:v8");
  "node:vm": typeof import("node:vm");
  "node:sqlite": typeof import("node:sqlite");
  "node:zlib": typeof import("node:zlib");
  "node:crypto": typeof import("node:crypto");
  "node:child_process": typeof import("node:child_process");
}

/** Node's `process`. */
export function nodeProcess(): typeof import("node:process") {
  return (globalThis as unknown as { process: typeof import("node:process") })
    .process;
}

/** A module of Node's, loaded at the first call. */
export function node<K extends keyof NodeModules>(name: K): NodeModules[K] {
  return nodeProcess().getBuiltinModule(name) as NodeModules[K];
}
