// CPython 3.14: Python/pythonrun.c (PyRun_InteractiveLoop), Parser/myreadline.c, Modules/main.c
//
// The interactive prompt: the plain one, which CPython shows with PYTHON_BASIC_REPL=1. Prompts go to
// standard error; lines are read from descriptor 0, apart from sys.stdin.

import { isSubtype, None, PyBaseException, type PyDictBase } from "../core/objects/object.ts";
import { call, callMethod, contains, delItem, getAttr, setItem, strOf } from "../core/objects/abstract.ts";
import * as X from "../core/objects/exceptions.ts";
import { utf16 } from "../core/objects/names.ts";
import { Interactive } from "../vm/interactive.ts";
import type { Interp } from "../vm/interpreter.ts";
import { HostError } from "../vm/host.ts";
import { writeStderr } from "../stdlib/sys_hooks.ts";
import { FULL_VERSION } from "./options.ts";

const SIGINT = 2;

/** Prints the version and where help is. */
export function banner(i: Interp): void {
  if (i.config.quiet) return;
  writeStderr(`Python ${FULL_VERSION} on ${i.host.platform}\n`);
  if (!i.config.noSite) writeStderr('Type "help", "copyright", "credits" or "license" for more information.\n');
}

/** Runs sys.__interactivehook__ (site sets it). */
export function interactiveHook(i: Interp, show: (e: PyBaseException) => void): void {
  const hook = i.sys.dict.getStr("__interactivehook__");
  if (hook === undefined) return;
  // on a terminal, site shall set up the line editor although the coloured prompt is missing
  const plain = "PYTHON_BASIC_REPL", environ = getAttr(i.importModule("os"), "environ");
  const added = i.host.files.isatty(0) && !contains(environ, plain);
  if (added) setItem(environ, plain, "1");
  try {
    call(hook, []);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    writeStderr("Failed calling sys.__interactivehook__\n");
    show(e);
  } finally {
    if (added) delItem(environ, plain);
  }
}

/** Lines of standard input, read no further than needed. */
class Lines {
  readonly #interp: Interp;
  readonly #buffer = new Uint8Array(65536);
  readonly #decoder = new TextDecoder();
  #text = "";
  #ended = false;

  constructor(interp: Interp) {
    this.#interp = interp;
  }

  /** Has nothing been read that was not used? */
  get empty(): boolean {
    return this.#text === "";
  }
  /** The next line, without its end; "end" when there is none. KeyboardInterrupt comes out. */
  next(): string | undefined {
    for (;;) {
      const at = this.#text.indexOf("\n");
      if (at >= 0) {
        const line = this.#text.slice(0, at);
        this.#text = this.#text.slice(at + 1);
        return line.endsWith("\r") ? line.slice(0, -1) : line;
      }
      if (this.#ended) {
        // a terminal may go on after its Ctrl-D
        if (this.#interp.host.files.isatty(0)) this.#ended = false;
        const line = this.#text;
        this.#text = "";
        return line === "" ? undefined : line;
      }
      let n: number;
      try {
        n = this.#interp.host.files.read(0, this.#buffer);
      } catch (e) {
        if (!(e instanceof HostError)) throw e;
        if (e.code !== "EINTR") n = 0;
        else {
          this.#interp.poll();
          continue;
        }
      }
      if (n === 0) this.#ended = true;
      else this.#text += this.#decoder.decode(this.#buffer.subarray(0, n), { stream: true });
    }
  }
}

/** The text of sys.ps1 or ps2; "" when it can't be had. */
function prompt(i: Interp, name: "ps1" | "ps2"): string {
  const v = i.sys.dict.getStr(name);
  if (v === undefined) return "";
  try {
    return utf16(strOf(v));
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return "";
  }
}

function flush(i: Interp): void {
  for (const name of ["stderr", "stdout"]) {
    const f = i.sys.dict.getStr(name);
    if (f === undefined || f === None) continue;
    try {
      callMethod(f, "flush");
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
    }
  }
}

/**
 * Reads and runs statements until the input ends. What a statement raises goes to `show`, which gives
 * the exit status when the process shall end.
 */
export function interactiveLoop(
  i: Interp,
  globals: PyDictBase,
  show: (e: unknown) => number | undefined,
): number {
  const sys = i.sys.dict;
  if (sys.getStr("ps1") === undefined) sys.setStr("ps1", ">>> ");
  if (sys.getStr("ps2") === undefined) sys.setStr("ps2", "... ");
  const say = i.store.get("raw_stderr") as (text: string) => void;
  const lines = new Lines(i), session = new Interactive(i, globals);
  // a prompt that was ever interrupted ends the process by that signal
  let interrupted = false;
  for (let ended = false; !ended;) {
    try {
      const ps1 = prompt(i, "ps1"), ps2 = prompt(i, "ps2");
      do {
        flush(i);
        const text = session.open ? ps2 : ps1;
        let line: string | undefined;
        try {
          const edited = i.readLine !== undefined && lines.empty ? i.readLine(text) : null;
          if (edited !== null) line = edited;
          else {
            say(text);
            line = lines.next();
          }
        } catch (e) {
          session.drop();
          say("\n");
          throw e;
        }
        if (line === undefined) {
          say("\n");
          ended = !session.open;
          session.end();
          break;
        }
        if (session.push(line)) break;
      } while (session.open);
    } catch (e) {
      if (e instanceof PyBaseException && isSubtype(e.cls, X.KeyboardInterrupt)) interrupted = true;
      const status = show(e);
      if (status !== undefined) return status;
    }
    flush(i);
  }
  return interrupted ? -SIGINT : 0;
}
