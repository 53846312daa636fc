// CPython 3.14: Modules/main.c, Python/pylifecycle.c (Py_FinalizeEx), Python/pythonrun.c
//
// Running the main program of a process: script, command, module or standard input; then atexit
// functions, flushing, the exit code.

import { finalizeAll } from "../vm/lifetime.ts";
import {
  isSubtype,
  None,
  PyBaseException,
  type PyDictBase,
  PyList,
  type PyModule,
  type Value,
} from "../core/objects/object.ts";
import { nameValue, utf16 } from "../core/objects/names.ts";
import { call, call1, callMethod, getAttr, intValue, isInt, lookupAttr, strOf } from "../core/objects/abstract.ts";
import { eofError, runtimeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { PySystemExit } from "../core/objects/exceptions_base.ts";
import { PyCode } from "../core/code/code.ts";
import { loads } from "../core/code/marshal.ts";
import { HEADER_SIZE, magicBytes } from "../core/code/pyc.ts";
import { compileSource } from "../vm/compile_source.ts";
import type { Interp } from "../vm/interpreter.ts";
import { boot } from "../vm/import/boot.ts";
import { readHostFile } from "../vm/import/frozen.ts";
import { HostError } from "../vm/host.ts";
import { Interrupt } from "../vm/interp/thread.ts";
import { fromHostError, hostCall } from "../stdlib/os_error.ts";
import { displayException, reportUnraisable, writeStderr } from "../stdlib/sys_hooks.ts";
import { flushAll } from "../stdlib/io_registry.ts";
import { rememberSource } from "../vm/interactive.ts";
import { banner, interactiveHook, interactiveLoop } from "./repl.ts";

/** What to run. */
export type Program =
  | { kind: "script"; path: string }
  | { kind: "command"; text: string }
  | { kind: "module"; name: string }
  | { kind: "stdin" };

/** Exit status of a SystemExit, printing its message. */
function exitStatus(e: PyBaseException): number {
  const code = (e as PySystemExit).code ?? None;
  if (code === None) return 0;
  if (isInt(code)) {
    const n = BigInt(intValue(code));
    return BigInt.asIntN(64, n) === n ? Number(BigInt.asUintN(8, n)) : 255;
  }
  writeStderr(utf16(strOf(code)) + "\n");
  return 1;
}

/** Shows an exception that nobody caught; the exit status. */
export function uncaught(i: Interp, e: unknown): number {
  if (e instanceof Interrupt) {
    writeStderr(`gopy: ${e.message}\n`);
    return 1;
  }
  if (!(e instanceof PyBaseException)) throw e;
  if (isSubtype(e.cls, X.SystemExit)) {
    try {
      return exitStatus(e);
    } catch (e2) {
      return uncaught(i, e2);
    }
  }
  return report(i, e);
}

/** Shows an exception through sys.excepthook; the exit status. */
function report(i: Interp, e: PyBaseException): number {
  const sys = i.sys.dict;
  sys.setStr("last_exc", e);
  sys.setStr("last_type", e.cls);
  sys.setStr("last_value", e);
  sys.setStr("last_traceback", e.traceback ?? None);
  const hook = sys.getStr("excepthook");
  if (hook === undefined) {
    writeStderr("sys.excepthook is missing\n");
    displayException(e);
  } else {
    try {
      call(hook, [e.cls, e, e.traceback ?? None]);
    } catch (e2) {
      if (!(e2 instanceof PyBaseException)) throw e2;
      if (isSubtype(e2.cls, X.SystemExit)) return exitStatus(e2);
      writeStderr("Error in sys.excepthook:\n");
      displayException(e2);
      writeStderr("\nOriginal exception was:\n");
      displayException(e);
    }
  }
  // the signal's own effect ends the process
  return isSubtype(e.cls, X.KeyboardInterrupt) ? -2 : 1;
}

function mainDict(i: Interp): PyDictBase {
  return (i.modules.getStr("__main__") as PyModule).dict;
}

function runSource(i: Interp, source: Uint8Array, filename: string): void {
  const code = compileSource(source, {
    mode: "exec",
    filename: nameValue(filename),
    optimize: i.config.optimize,
    fromFile: true,
  });
  i.runCode(code, mainDict(i));
}

/** Runs a command; linecache gets its text, for tracebacks. */
function runCommand(i: Interp, text: string): void {
  const code = compileSource(text, { mode: "exec", filename: "<string>", optimize: i.config.optimize });
  rememberSource(i, code, text, "<string>");
  i.runCode(code, mainDict(i));
}

/** Runs the program; the exit status. The streams are flushed and atexit functions run. */
export function runMain(i: Interp, program: Program): number {
  return i.enter(() => {
    let status = 0;
    if (i.config.tracemalloc > 0) {
      writeStderr("gopy: -X tracemalloc has no effect: allocations cannot be traced here\n");
    }
    try {
      boot(i);
      status = runAll(i, program);
    } catch (e) {
      status = uncaught(i, e);
    }
    return finish(i, status);
  });
}

/** Shows what the program raised; undefined where the prompt comes next. */
function shown(i: Interp, e: unknown): number {
  if (i.config.inspect && e instanceof PyBaseException && isSubtype(e.cls, X.SystemExit)) {
    report(i, e);
    return 1;
  }
  return uncaught(i, e);
}

/** The program, and the prompt after it where that is wanted. */
function runAll(i: Interp, program: Program): number {
  const interactive = i.config.interactive || i.host.files.isatty(0);
  const folder = program.kind === "script" ? undefined : firstFolder(i, program);
  if (folder !== undefined && !i.config.safePath) pathEntry(i, folder);
  if (program.kind === "stdin" && interactive || i.config.verbose > 0) banner(i);
  if (program.kind === "stdin" && interactive) {
    i.config.inspect = false;
    const file = i.config.ignoreEnvironment ? undefined : variable(i, "PYTHONSTARTUP");
    if (file !== undefined) {
      try {
        const failure = runFile(i, file, file);
        if (failure !== undefined) {
          writeStderr("Could not open PYTHONSTARTUP\n");
          throw fromHostError(failure, nameValue(file));
        }
      } catch (e) {
        const status = statement(i, e);
        if (status !== undefined) return status;
      }
    }
    interactiveHook(i, (e) => displayException(e));
    return interactiveLoop(i, mainDict(i), (e) => statement(i, e));
  }
  let status = 0;
  try {
    status = runProgram(i, program);
  } catch (e) {
    if (e instanceof Interrupt) throw e;
    status = shown(i, e);
  }
  if (!i.config.inspect && !i.config.ignoreEnvironment && (variable(i, "PYTHONINSPECT") ?? "") !== "") {
    i.config.inspect = true;
  }
  if (!i.config.inspect || !interactive) return status;
  i.config.inspect = false;
  interactiveHook(i, (e) => displayException(e));
  return interactiveLoop(i, mainDict(i), (e) => statement(i, e));
}

/** What becomes of an exception at the prompt: SystemExit ends the process, others are shown. */
function statement(i: Interp, e: unknown): number | undefined {
  if (e instanceof Interrupt) throw e;
  const status = uncaught(i, e);
  return e instanceof PyBaseException && isSubtype(e.cls, X.SystemExit) ? status : undefined;
}

/** A variable of the guest's environment, which the program may have changed. */
function variable(i: Interp, name: string): string | undefined {
  try {
    const v = i.host.env.get(name);
    return v === "" ? undefined : v;
  } catch {
    return undefined;
  }
}

/** Puts an entry first on sys.path. */
function pathEntry(i: Interp, entry: string): void {
  const path = i.sys.dict.getStr("path");
  if (path instanceof PyList) path.items.unshift(nameValue(entry));
  i.store.set("sys_path_0", entry);
}

/** sys.path[0] for a program that is no script. */
function firstFolder(i: Interp, program: Program): string | undefined {
  if (program.kind !== "module") return "";
  try {
    return i.host.files.getcwd();
  } catch {
    return undefined;
  }
}
/** sys.path[0] for a script: the folder of the file that its links lead to. */
function scriptFolder(i: Interp, path: string): string {
  let real = path;
  try {
    real = i.host.files.realpath(path);
  } catch {
    // it may not be looked at: the name must do
  }
  const at = real.lastIndexOf("/");
  return at < 0 ? "" : at === 0 ? "/" : real.slice(0, at);
}

function runProgram(i: Interp, program: Program): number {
  switch (program.kind) {
    case "script": {
      const path = absolute(i, program.path);
      if (hasImporter(i, path)) {
        pathEntry(i, path);
        runModule(i, "__main__", false);
        return 0;
      }
      if (!i.config.safePath) pathEntry(i, scriptFolder(i, path));
      const failure = runFile(i, path, path, true);
      if (failure === undefined) return 0;
      const hint = failure.hint === undefined ? "" : ` (${failure.hint})`;
      writeStderr(`gopy: can't open file '${path}': [Errno ${failure.errno}] ${failure.message}${hint}\n`);
      return 2;
    }
    case "command":
      runCommand(i, dedent(program.text) + "\n");
      return 0;
    case "module":
      runModule(i, program.name, true);
      return 0;
    case "stdin":
      mainDict(i).setStr("__file__", "<stdin>");
      runSource(i, readStdin(i), "<stdin>");
      return 0;
  }
}

/** Takes away the white space that all lines of a command begin with, as textwrap.dedent does. */
function dedent(text: string): string {
  const lines = text.split("\n");
  let margin: string | undefined;
  for (const line of lines) {
    const lead = /^[ \t]*/.exec(line)![0];
    if (lead.length === line.length) continue;
    if (margin === undefined) margin = lead;
    else {
      let k = 0;
      while (k < margin.length && margin[k] === lead[k]) k++;
      margin = margin.slice(0, k);
    }
  }
  if (margin === undefined || margin === "") return text;
  return lines.map((l) => /^[ \t]*$/.test(l) ? "" : l.slice(margin.length)).join("\n");
}

/** All that is left of standard input. */
function readStdin(i: Interp): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const b = new Uint8Array(65536);
    const n = hostCall(() => i.host.files.read(0, b));
    if (n === 0) break;
    parts.push(b.subarray(0, n));
    length += n;
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** Runs a file, source or .pyc, as `__main__`. What kept it from being read comes back. */
function runFile(i: Interp, path: string, shownPath: string, main = false): HostError | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readHostFile(i, path);
  } catch (e) {
    if (e instanceof HostError) return e;
    throw e;
  }
  const d = mainDict(i);
  const magic = magicBytes();
  const compiled = path.endsWith(".pyc") || bytes.length > 1 && bytes[0] === magic[0] && bytes[1] === magic[1];
  const fileSet = d.getStr("__file__") === undefined;
  if (fileSet) {
    d.setStr("__file__", nameValue(shownPath));
    d.setStr("__cached__", None);
  }
  if (main) {
    const loader = getAttr(
      i.importModule("_frozen_importlib_external"),
      compiled ? "SourcelessFileLoader" : "SourceFileLoader",
    );
    d.setStr("__loader__", call(loader, ["__main__", nameValue(path)]));
  }
  if (compiled) {
    // the header is read number by number
    if (bytes.length >= magic.length && magic.some((b, k) => bytes[k] !== b)) {
      throw runtimeError("Bad magic number in .pyc file");
    }
    if (bytes.length < HEADER_SIZE) throw eofError("EOF read where not expected");
    let code: Value | undefined;
    try {
      code = loads(bytes.subarray(HEADER_SIZE), i.options.marshal);
    } catch (e) {
      // whatever is wrong with the data: there is no code object
      if (!(e instanceof PyBaseException)) throw e;
    }
    if (!(code instanceof PyCode)) throw runtimeError("Bad code object in .pyc file");
    i.runCode(code, d);
  } else {
    // the line's end stays, so that the others keep their numbers
    const first = main && i.config.skipFirstLine ? bytes.indexOf(10) : 0;
    runSource(i, bytes.subarray(first < 0 ? bytes.length : first), shownPath);
  }
  if (fileSet && !main) {
    d.deleteStr("__file__");
    d.deleteStr("__cached__");
  }
  return undefined;
}

/** Can modules be imported from the path (a folder, a zip file)? */
function hasImporter(i: Interp, path: string): boolean {
  const hooks = i.sys.dict.getStr("path_hooks");
  if (!(hooks instanceof PyList)) return false;
  for (const h of hooks.items.slice()) {
    try {
      if (call1(h, nameValue(path)) !== None) return true;
    } catch (e) {
      if (!(e instanceof PyBaseException) || !isSubtype(e.cls, X.ImportError)) throw e;
    }
  }
  return false;
}

function runModule(i: Interp, name: string, setArgv0: boolean): void {
  const runpy = i.importModule("runpy");
  callMethod(runpy, "_run_module_as_main", nameValue(name), setArgv0);
}

/** The path from the root: what messages and `__file__` show. */
function absolute(i: Interp, path: string): string {
  if (path.startsWith("/")) return path;
  try {
    const cwd = i.host.files.getcwd();
    return `${cwd === "/" ? "" : cwd}/${path}`;
  } catch {
    return path;
  }
}

/** atexit, flush: what Py_FinalizeEx does. The exit status, 120 when stdout could not be flushed. */
export function finish(i: Interp, status: number): number {
  const threading = i.modules.getStr("threading");
  if (threading !== undefined) {
    try {
      callMethod(threading, "_shutdown");
    } catch (e) {
      if (e instanceof PyBaseException) displayException(e);
    }
  }
  const atexit = i.modules.getStr("atexit");
  if (atexit !== undefined) {
    try {
      callMethod(atexit, "_run_exitfuncs");
    } catch (e) {
      if (e instanceof PyBaseException) displayException(e);
    }
  }
  i.store.set("finalizing", true);
  finalizeAll();
  for (const name of ["stdout", "stderr"]) {
    const f = i.sys.dict.getStr(name);
    if (f === undefined || f === None) continue;
    try {
      const closed = lookupAttr(f, "closed");
      if (closed === true) continue;
      callMethod(f, "flush");
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      if (name === "stdout") {
        reportUnraisable(e, "Exception ignored while flushing sys.stdout", undefined);
        status = 120;
      }
    }
  }
  // files that were never closed
  flushAll();
  i.host.files.drain?.();
  return status;
}
