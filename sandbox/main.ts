// CPython 3.14: Modules/main.c, Python/pylifecycle.c (Py_FinalizeEx), Python/pythonrun.c
//
// Running the main program of a process: script, command, module or standard input; then atexit
// functions, flushing, the exit code.

import { None, PyBaseException, PyBytes, type PyDictBase, type PyModule, type Value } from "../core/objects/object.ts";
import { nameValue, utf16 } from "../core/objects/names.ts";
import { call, call1, callMethod, getAttr, intValue, isInt, lookupAttr, strOf } from "../core/objects/abstract.ts";
import { isSubtype } from "../core/objects/object.ts";
import * as X from "../core/objects/exceptions.ts";
import { compileSource } from "../vm/compile_source.ts";
import type { Interp } from "../vm/interpreter.ts";
import { boot } from "../vm/import/boot.ts";
import { readHostFile } from "../vm/import/frozen.ts";
import { HostError } from "../vm/host.ts";
import { Interrupt } from "../vm/interp/thread.ts";
import { displayException, writeStderr } from "../stdlib/sys_hooks.ts";
import { flushAll } from "../stdlib/io_registry.ts";
import type { PySystemExit } from "../core/objects/exceptions_base.ts";

/** What to run. */
export type Program =
  | { kind: "script"; path: string }
  | { kind: "command"; text: string }
  | { kind: "module"; name: string }
  | { kind: "stdin" }
  | { kind: "none" };

/** Exit status of a SystemExit, printing its message. */
function exitStatus(e: PyBaseException): number {
  const code = (e as PySystemExit).code ?? None;
  if (code === None) return 0;
  if (isInt(code)) return Number(BigInt.asUintN(8, BigInt(intValue(code))));
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
  return isSubtype(e.cls, X.KeyboardInterrupt) ? 130 : 1;
}

function mainDict(i: Interp): PyDictBase {
  return (i.modules.getStr("__main__") as PyModule).dict;
}

/** Reads the script, or explains why it can't be. */
function readScript(i: Interp, path: string): Uint8Array | string {
  try {
    return readHostFile(i, path);
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return `${i.config.executable || "gopy"}: can't open file '${path}': [Errno ${e.errno}] ${e.message}${
      e.hint === undefined ? "" : ` (${e.hint})`
    }\n`;
  }
}

function runSource(i: Interp, source: string | Uint8Array, filename: string, mode: "exec" | "single" = "exec"): void {
  const code = compileSource(source, { mode, filename: nameValue(filename), optimize: i.config.optimize });
  i.runCode(code, mainDict(i));
}

/** Runs the text of -c, whose lines tracebacks show. */
function runCommand(i: Interp, text: string): void {
  const code = compileSource(text, { mode: "exec", filename: "<string>", optimize: i.config.optimize });
  callMethod(i.importModule("linecache"), "_register_code", code, X.textValue(text), "<string>");
  i.runCode(code, mainDict(i));
}

/** Runs the program; the exit status. The streams are flushed and atexit functions run. */
export function runMain(i: Interp, program: Program): number {
  return i.enter(() => {
    let status = 0;
    try {
      boot(i);
      status = runProgram(i, program);
    } catch (e) {
      status = uncaught(i, e);
    }
    return finish(i, status);
  });
}

function runProgram(i: Interp, program: Program): number {
  const d = mainDict(i);
  switch (program.kind) {
    case "script": {
      const importer = pathImporter(i, program.path);
      if (importer) {
        runModule(i, "__main__", false);
        return 0;
      }
      const source = readScript(i, program.path);
      if (typeof source === "string") {
        writeStderr(source);
        return 2;
      }
      d.setStr("__file__", nameValue(absolute(i, program.path)));
      d.setStr("__cached__", None);
      const ext = i.importModule("_frozen_importlib_external");
      d.setStr(
        "__loader__",
        call(getAttr(ext, program.path.endsWith(".pyc") ? "SourcelessFileLoader" : "SourceFileLoader"), [
          "__main__",
          nameValue(program.path),
        ]),
      );
      if (program.path.endsWith(".pyc") || (source[2] === 0x0d && source[3] === 0x0a)) {
        const code = callMethod(
          getAttr(i.importModule("importlib._bootstrap_external"), "_compile_bytecode") as Value,
          "__call__",
          new PyBytes(source.subarray(16)),
        );
        i.runCode(code as Parameters<Interp["runCode"]>[0], d);
      } else runSource(i, source, program.path);
      return 0;
    }
    case "command":
      runCommand(i, program.text.endsWith("\n") ? program.text : program.text + "\n");
      return 0;
    case "module":
      runModule(i, program.name, true);
      return 0;
    case "stdin": {
      const stdin = i.sys.dict.getStr("stdin")!;
      if (stdin === None) return 0;
      const bytes = callMethod(getAttr(stdin, "buffer"), "read");
      runSource(i, (bytes as PyBytes).b, "<stdin>");
      return 0;
    }
    default:
      return 0;
  }
}

/** Is the path a directory or zip file with a `__main__`? Then it goes on sys.path. */
function pathImporter(i: Interp, path: string): boolean {
  const pkgutil = i.importModule("_frozen_importlib_external");
  void pkgutil;
  const hooks = i.sys.dict.getStr("path_hooks")!;
  for (const h of (hooks as unknown as { items: Value[] }).items) {
    try {
      const imp = call1(h, nameValue(path));
      if (imp === None) continue;
      if (lookupAttr(imp, "path") !== undefined || lookupAttr(imp, "archive") !== undefined) {
        const p = i.sys.dict.getStr("path")! as unknown as { items: Value[] };
        if (i.config.safePath) p.items.unshift(nameValue(path));
        else p.items[0] = nameValue(path);
        return true;
      }
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

function absolute(i: Interp, path: string): string {
  if (path.startsWith("/")) return path;
  try {
    const cwd = i.host.files.getcwd();
    return `${cwd === "/" ? "" : cwd}/${path.replace(/^(\.\/)+/, "")}`;
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
        const hook = i.store.get("unraisable") as ((e: PyBaseException, w: string, o: Value) => void) | undefined;
        hook?.(e, "Exception ignored while flushing sys.stdout", f);
        status = 120;
      }
    }
  }
  // files that were never closed
  flushAll();
  return status;
}
