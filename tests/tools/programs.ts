// The program tests: Python programs whose output was recorded from CPython.
//
// Beside `name.py` lies `name.out`: what it wrote to standard output, then a
// last line `exit: N` where its exit code was not 0.

import { launcher } from "../../sandbox/launcher.ts";
import { join } from "@std/path";

/** The folder of the programs. */
export const PROGRAMS: string = new URL("../programs/", import.meta.url).pathname;

/** A program's name (its path without `.py`) for each program. */
export function programNames(folder: string = PROGRAMS, prefix = ""): string[] {
  const out: string[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    if (entry.isDirectory) {
      if (!entry.name.startsWith("_")) {
        out.push(
          ...programNames(join(folder, entry.name), `${prefix}${entry.name}/`),
        );
      }
    } else if (entry.name.endsWith(".py")) {
      out.push(prefix + entry.name.slice(0, -3));
    }
  }
  return out.sort();
}

/** What a run gave. */
export interface Outcome {
  stdout: Uint8Array;
  stderr: string;
  code: number;
  seconds: number;
  timedOut: boolean;
}

/** Runs a command with the environment all runs share. */
export async function execute(
  command: string[],
  options: { cwd?: string; timeout?: number; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort.abort();
  }, (options.timeout ?? 120) * 1000);
  const start = performance.now();
  const done = await new Deno.Command(command[0], {
    args: command.slice(1),
    cwd: options.cwd,
    env: {
      PYTHONHASHSEED: "0",
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUTF8: "1",
      NO_COLOR: "1",
      PYTHON_COLORS: "0",
      COLUMNS: "80",
      LC_ALL: "C.UTF-8",
      TZ: "UTC",
      ...options.env,
    },
    stdin: "null",
    signal: abort.signal,
  }).output();
  clearTimeout(timer);
  return {
    stdout: done.stdout,
    stderr: new TextDecoder().decode(done.stderr),
    code: done.code,
    seconds: (performance.now() - start) / 1000,
    timedOut,
  };
}

/** The recorded form of an outcome: tracebacks name the folder of the programs `<programs>/`. */
export function recorded(outcome: Outcome): Uint8Array {
  const end = outcome.code === 0 ? "" : `exit: ${outcome.code}\n`;
  // Latin-1, so that output of any bytes comes out as it went in.
  let text = "";
  for (let i = 0; i < outcome.stdout.length; i += 8192) {
    text += String.fromCharCode(...outcome.stdout.subarray(i, i + 8192));
  }
  text = text.replaceAll(PROGRAMS, "<programs>/") + end;
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** The command that starts gopy from this checkout. */
export function gopyCommand(...args: string[]): string[] {
  const cli = new URL("../../cli.ts", import.meta.url).pathname;
  return [Deno.execPath(), "run", "-A", "--no-prompt", cli, ...args];
}

/** What sys.executable is on gopy. */
export function execPathOf(): string {
  return launcher();
}
