// CPython 3.14: Python/pylifecycle.c (init_importlib, init_interp_main), Python/import.c
//
// The start-up code: importlib, codecs, standard streams, site. It runs once, before the first
// program of an Interpreter.

import { None, PyList, PyModule, type Value } from "../../core/objects/object.ts";
import { runtimeError } from "../../core/objects/errors.ts";
import { callMethod, getAttr, setAttr } from "../../core/objects/abstract.ts";
import { newModule } from "../../core/objects/module.ts";
import { frozenInfo, loadFrozen } from "./frozen.ts";
import { stdPrinter } from "./stderr_printer.ts";
import type { Interp } from "../interpreter.ts";

/** Runs a frozen module under a name, without the import system. */
export function runFrozen(i: Interp, name: string): PyModule {
  const f = frozenInfo(i, name);
  if (f === undefined) throw runtimeError(`no frozen module ${name}`);
  const have = i.modules.getStr(name);
  const m = have instanceof PyModule ? have : newModule(name);
  if (f.isPackage) m.dict.setStr("__path__", new PyList([]));
  m.dict.setStr("__builtins__", i.builtins);
  i.modules.setStr(name, m);
  i.runCode(loadFrozen(i, f), m.dict);
  m.dict.setStr("__origname__", f.origin ?? None);
  return m;
}

/** Writes lines to standard error where -v asks for them; there is a sys.stderr for them then. */
function verboseLines(i: Interp): (line: string) => void {
  if (i.config.verbose === 0) return () => {};
  const printer = stdPrinter(2);
  i.sys.dict.setStr("stderr", printer);
  i.sys.dict.setStr("__stderr__", printer);
  return (line) => callMethod(printer, "write", `${line}\n`);
}

/** Sets importlib up. */
export function bootImportlib(i: Interp): void {
  const say = verboseLines(i);
  const boot = runFrozen(i, "_frozen_importlib");
  say("import _frozen_importlib # frozen");
  i.store.set("importlib", boot);
  const imp = i.makeNative("_imp")!;
  i.modules.setStr("_imp", imp);
  say("import _imp # builtin");
  callMethod(boot, "_install", i.sys, imp);
  callMethod(boot, "_install_external_importers");
  // zip files on sys.path come before folders
  say("# installing zipimport hook");
  const zipimport = i.importModule("zipimport");
  (i.sys.dict.getStr("path_hooks") as PyList).items.unshift(getAttr(zipimport, "zipimporter"));
  say("# installed zipimport hook");
}

/** Runs the whole start-up code. */
export function boot(i: Interp): void {
  if (i.booted) return;
  i.booted = true;
  bootImportlib(i);
  i.importModule("encodings");
  // the codec of file names and streams
  i.importModule("encodings.utf_8");
  i.importModule("_signal");
  const main = newModule("__main__");
  main.dict.setStr("__builtins__", i.builtins);
  i.modules.setStr("__main__", main);
  const importlib = i.store.get("importlib") as Value;
  main.dict.setStr("__loader__", getAttr(importlib, "BuiltinImporter"));
  openStreams(i);
  if (i.config.faulthandler) callMethod(i.importModule("faulthandler"), "enable");
  if (i.config.warnOptions.length > 0) i.importModule("warnings");
  if (!i.config.noSite) i.importModule("site");
  i.life.begun = true;
}

/** Makes sys.stdin, stdout and stderr, and builtins.open. */
function openStreams(i: Interp): void {
  const io = i.importModule("_io");
  i.builtins.dict.setStr("open", getAttr(io, "open"));
  const streams = new Set<Value>();
  i.store.set("streams", streams);
  const stream = (
    fd: number,
    mode: string,
    name: string,
    errors: string,
    lineBuffered: boolean,
    writeThrough: boolean,
  ): Value => {
    let tty = false;
    try {
      i.host.files.fstat(fd);
      tty = i.host.files.isatty(fd);
    } catch {
      return None;
    }
    const unbuffered = i.config.unbuffered && mode === "wb";
    const raw = callMethod(io, "open", fd, mode, unbuffered ? 0 : -1, None, None, None, false);
    const rawFile = unbuffered ? raw : getAttr(raw, "raw");
    rawFile instanceof Object && callSetName(rawFile, name);
    const text = callMethod(
      io,
      "TextIOWrapper",
      raw,
      encoding,
      name === "<stderr>" ? "backslashreplace" : handler ?? errors,
      "\n",
      lineBuffered || tty,
      writeThrough || unbuffered,
    );
    callSetMode(text, mode === "rb" ? "r" : "w");
    streams.add(text).add(raw).add(rawFile);
    return text;
  };
  const [encoding, handler] = streamEncoding(i);
  const sys = i.sys.dict;
  const put = (n: string, v: Value) => {
    sys.setStr(n, v);
    sys.setStr(`__${n}__`, v);
  };
  // stderr first: what goes wrong later can be shown
  put("stderr", stream(2, "wb", "<stderr>", "backslashreplace", true, false));
  put("stdin", stream(0, "rb", "<stdin>", streamErrors(i), false, false));
  put("stdout", stream(1, "wb", "<stdout>", streamErrors(i), false, false));
}
/** Encoding and error handler that PYTHONIOENCODING asks for. */
function streamEncoding(i: Interp): [string, string | undefined] {
  const [encoding, errors] = (i.config.ioEncoding ?? "").split(":");
  return [encoding || "utf-8", errors || (encoding ? "strict" : undefined)];
}
/** Error handler of stdin and stdout: strict but for the C and POSIX locales. */
function streamErrors(i: Interp): string {
  return i.config.utf8Mode || i.config.posixLocale ? "surrogateescape" : "strict";
}
function callSetName(raw: Value, name: string): void {
  setAttr(raw, "name", name);
}
function callSetMode(text: Value, mode: string): void {
  setAttr(text, "mode", mode);
}
