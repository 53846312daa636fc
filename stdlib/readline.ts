// CPython 3.14: Modules/readline.c
//
// The module: history, completion and hooks of the line editor in readline_edit.ts. Making it puts the
// editor in the place of plain reading for the prompt and for input(), where they have a terminal.

import { None, PyBytes, type PyModule, type Value } from "../core/objects/object.ts";
import { asInt32, isCallable, isStr, isTrue, strValue } from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { decodeBytes } from "../core/objects/codecs.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { utf16 } from "../core/objects/names.ts";
import { surrogateescapeEncode } from "../core/text/codec_errors.ts";
import { encodeUtf8 } from "../core/text/codec_utf8.ts";
import { sharedFsDecode } from "./fsconvert.ts";
import { fromErrno, hostCall } from "./os_error.ts";
import { canEdit, readLine } from "./readline_edit.ts";
import { type HookName, type ReadlineState, readlineState } from "./readline_state.ts";
import { interp } from "../vm/interpreter.ts";

const O_RDONLY = 0, O_WRONLY = 1, O_CREAT = 64, O_TRUNC = 512, O_APPEND = 1024, ENOENT = 2;

/** A str for the C library. */
function text(v: Value): string {
  if (!isStr(v)) throw typeError("bad argument type for built-in operation");
  const s = utf16(strValue(v));
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}
function encode(lines: string[]): Uint8Array {
  const all = lines.map((l) => l + "\n").join("");
  return encodeUtf8(strValue(X.textValue(all)), surrogateescapeEncode);
}
function readAll(path: string): string {
  const { files } = interp().host, fd = hostCall(() => files.open(path, O_RDONLY, 0));
  const parts: number[] = [], chunk = new Uint8Array(65536);
  try {
    for (;;) {
      const n = hostCall(() => files.read(fd, chunk));
      if (n === 0) break;
      for (let i = 0; i < n; i++) parts.push(chunk[i]);
    }
  } finally {
    files.close(fd);
  }
  const bytes = Uint8Array.from(parts);
  return utf16(strValue(decodeBytes(bytes, new PyBytes(bytes), "utf-8", "surrogateescape")));
}
function writeAll(path: string, flags: number, bytes: Uint8Array): void {
  const { files } = interp().host, fd = hostCall(() => files.open(path, flags, 0o600));
  try {
    for (let at = 0; at < bytes.length;) at += hostCall(() => files.write(fd, bytes.subarray(at)));
  } finally {
    files.close(fd);
  }
}
/** Keeps the last lines of a history file only. */
function truncate(path: string, keep: number): void {
  const lines = readAll(path).split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > keep) writeAll(path, O_WRONLY | O_TRUNC, encode(keep === 0 ? [] : lines.slice(-keep)));
}
/** The file that is meant; None: the one in the home folder with the library's own name for it. */
function file(v: Value, name = ".history"): string {
  if (v !== None) return utf16(sharedFsDecode(v));
  return `${interp().host.env.get("HOME") ?? "."}/${name}`;
}

function readHistory(_m: Value, filename: Value = None): Value {
  // what no line end follows is no line
  for (const line of readAll(file(filename)).split("\n").slice(0, -1)) {
    const l = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (l !== "") readlineState().history.push(l);
  }
  return None;
}
function writeHistory(_m: Value, filename: Value = None): Value {
  const s = readlineState(), path = file(filename);
  writeAll(path, O_WRONLY | O_CREAT | O_TRUNC, encode(s.history));
  if (s.historyLength >= 0) truncate(path, s.historyLength);
  return None;
}
function appendHistory(_m: Value, count: Value, filename: Value = None): Value {
  const n = asInt32(count), s = readlineState(), path = file(filename);
  if (n < 0) throw valueError("nelements must be non-negative");
  if (!interp().host.files.access(path, 0)) throw fromErrno(ENOENT);
  // more lines than there are: none
  if (n <= s.history.length) {
    writeAll(path, O_WRONLY | O_APPEND, encode(n === 0 ? [] : s.history.slice(-n)));
  }
  if (s.historyLength >= 0) truncate(path, s.historyLength);
  return None;
}
function readInit(_m: Value, filename: Value = None): Value {
  const s = readlineState();
  for (const line of readAll(file(filename, ".inputrc")).split("\n")) s.configure(line);
  return None;
}

function place(s: ReadlineState, v: Value): number {
  const n = asInt32(v);
  if (n < 0) throw valueError("History index cannot be negative");
  if (n >= s.history.length) throw valueError(`No history item at position ${n}`);
  return n;
}
function setHook(fn: string, name: HookName) {
  return (_m: Value, f: Value = None): Value => {
    const { hooks } = readlineState();
    if (f === None) hooks.delete(name);
    else if (!isCallable(f)) throw typeError(`set_${fn}(func): argument not callable`);
    else hooks.set(name, f);
    return None;
  };
}

export const spec: ModuleSpec = {
  name: "readline",
  doc: "Importing this module enables command line editing using GNU readline.",
  functions: {
    parse_and_bind: ["string, /", "Execute the init line provided in the string argument.", (_m: Value, v: Value) => {
      readlineState().configure(text(v));
      return None;
    }],
    read_init_file: ["filename=None, /", "Takes the lines of an init file.", readInit],
    read_history_file: ["filename=None, /", "Adds the lines of a file to the history.", readHistory],
    write_history_file: ["filename=None, /", "Writes the history to a file.", writeHistory],
    append_history_file: ["nelements, filename=None, /", "Appends the last lines to a file.", appendHistory],
    get_history_length: ["", "How many lines a history file keeps.", () => readlineState().historyLength],
    set_history_length: ["length, /", "Says how many lines a history file keeps.", (_m: Value, v: Value) => {
      readlineState().historyLength = asInt32(v);
      return None;
    }],
    get_current_history_length: ["", "How many lines the history has.", () => readlineState().history.length],
    get_history_item: ["index, /", "A line of the history; the first has the number 1.", (_m: Value, v: Value) => {
      const l = readlineState().history[asInt32(v) - 1];
      return l === undefined ? None : X.textValue(l);
    }],
    remove_history_item: ["pos, /", "Removes a line; the first has the number 0.", (_m: Value, v: Value) => {
      const s = readlineState();
      s.history.splice(place(s, v), 1);
      return None;
    }],
    replace_history_item: ["pos, line, /", "Replaces a line; the first has the number 0.", (
      _m: Value,
      v: Value,
      line: Value,
    ) => {
      const s = readlineState(), n = asInt32(v), l = text(line);
      s.history[place(s, n)] = l;
      return None;
    }],
    add_history: ["string, /", "Adds a line to the history.", (_m: Value, v: Value) => {
      readlineState().history.push(text(v));
      return None;
    }],
    clear_history: ["", "Clears the history.", () => {
      readlineState().history = [];
      return None;
    }],
    set_auto_history: ["enabled, /", "Says whether lines are added as they are read.", (_m: Value, v: Value) => {
      readlineState().autoHistory = isTrue(v);
      return None;
    }],
    set_completer: ["function=None, /", "Sets what completes words.", (_m: Value, f: Value = None) => {
      if (f !== None && !isCallable(f)) throw typeError("set_completer(func): argument not callable");
      readlineState().completer = f === None ? undefined : f;
      return None;
    }],
    get_completer: ["", "What completes words, or None.", () => readlineState().completer ?? None],
    get_completion_type: ["", "What kind of completion is tried.", () => readlineState().completionType],
    get_begidx: ["", "Where the word that is completed begins.", () => readlineState().begin],
    get_endidx: ["", "Where the word that is completed ends.", () => readlineState().end],
    set_completer_delims: ["string, /", "Sets the characters between words.", (_m: Value, v: Value) => {
      readlineState().delims = text(v);
      return None;
    }],
    get_completer_delims: ["", "The characters between words.", () => X.textValue(readlineState().delims)],
    get_line_buffer: ["", "The line that is edited.", () => X.textValue(readlineState().text())],
    insert_text: ["string, /", "Inserts text where the cursor is.", (_m: Value, v: Value) => {
      readlineState().insert(text(v));
      return None;
    }],
    redisplay: ["", "Shows the line anew.", () => {
      readlineState().redisplay?.();
      return None;
    }],
    set_startup_hook: [
      "function=None, /",
      "Sets what is called before the prompt is shown.",
      setHook("startup_hook", "startup"),
    ],
    set_pre_input_hook: [
      "function=None, /",
      "Sets what is called once the prompt is shown.",
      setHook("pre_input_hook", "preInput"),
    ],
    set_completion_display_matches_hook: [
      "function=None, /",
      "Sets what shows the possible completions.",
      setHook("completion_display_matches_hook", "display"),
    ],
  },
  constants: {
    _READLINE_VERSION: 0x803,
    _READLINE_RUNTIME_VERSION: 0x803,
    _READLINE_LIBRARY_VERSION: "8.3",
    backend: "readline",
  },
  exec(_m: PyModule) {
    interp().readLine = (prompt) => canEdit() ? readLine(prompt) : null;
  },
};
