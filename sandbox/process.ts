// gopy's own: the process that the command line runs in.

import { signalName } from "./signals.ts";

/** Arguments after the program's name. */
export function processArgs(): string[] {
  return Deno.args;
}
function writeAll(out: { writeSync(b: Uint8Array): number }, text: string): void {
  let b = new TextEncoder().encode(text);
  try {
    while (b.length > 0) b = b.subarray(out.writeSync(b));
  } catch {
    // nobody reads it
  }
}
/** Writes to standard output. */
export function writeOutput(text: string): void {
  writeAll(Deno.stdout, text);
}
/** Writes to standard error. */
export function writeError(text: string): void {
  writeAll(Deno.stderr, text);
}
/** Ends the process. */
export function exitProcess(status: number): never {
  if (status >= 0) Deno.exit(status);
  dieBySignal(-status);
}
/** Ends the process by a signal's own effect; where that can't be done, with the status a shell shows for it. */
export function dieBySignal(number: number): never {
  const name = signalName(number);
  if (name !== undefined && Deno.permissions.querySync({ name: "run" }).state === "granted") {
    try {
      Deno.kill(Deno.pid, name as Deno.Signal);
      // it comes while we wait; a listener of Deno's may have taken it
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    } catch {
      // the status must do
    }
  }
  Deno.exit(128 + number);
}
/** A variable of the environment; undefined where it may not be read. */
export function environment(name: string): string | undefined {
  try {
    if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") return undefined;
    return Deno.env.get(name);
  } catch {
    return undefined;
  }
}
/** Whether the guest may ask who the user is: without that there is no site folder of the user's. */
export function mayKnowUser(): boolean {
  return Deno.permissions.querySync({ name: "sys", kind: "uid" }).state === "granted" &&
    Deno.permissions.querySync({ name: "sys", kind: "gid" }).state === "granted";
}
