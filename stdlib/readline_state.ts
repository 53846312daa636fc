// CPython 3.14: Modules/readline.c, GNU Readline (history, key bindings)
//
// What the readline module and the line editor share: one state an Interpreter. The line is there as
// code points, so that positions are those of Python; history lines are strings.

import type { Value } from "../core/objects/object.ts";
import { interpStore } from "../core/objects/state.ts";

/** What Python code may want to be called for. */
export type HookName = "startup" | "preInput" | "display";

export class ReadlineState {
  history: string[] = [];
  /** How many lines a history file keeps; negative: all. */
  historyLength = -1;
  autoHistory = true;
  completer: Value | undefined;
  delims = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?";
  readonly hooks: Map<HookName, Value> = new Map();
  /** The line that is edited, or was edited last. */
  line: string[] = [];
  point = 0;
  /** The word that is completed. */
  begin = 0;
  end = 0;
  /** The key that asked for completion, or "?" for a list of the possibilities. */
  completionType = 0;
  readonly variables: Map<string, string> = new Map();
  /** What keys do: the name of a command, or text (with a quote in front) that is inserted. */
  readonly keys: Map<string, string>;
  /** Typed, and not used yet. */
  readonly typed: string[] = [];
  killed: string[] = [];
  /** Shows the line anew, while one is edited. */
  redisplay: (() => void) | undefined;

  constructor() {
    this.keys = new Map(defaultKeys().map(([keys, command]) => [keys, command]));
  }
  text(): string {
    return this.line.join("");
  }
  insert(text: string): void {
    const chars = [...text];
    this.line.splice(this.point, 0, ...chars);
    this.point += chars.length;
  }
  /** Takes a line of an init file: `set variable value`, or `keys: command`. */
  configure(line: string): void {
    const text = line.trim();
    if (text === "" || text.startsWith("#") || text.startsWith("$")) return;
    const set = /^set\s+(\S+)(?:\s+(.*))?$/i.exec(text);
    if (set !== null) {
      this.variables.set(set[1].toLowerCase(), (set[2] ?? "").trim());
      return;
    }
    const quoted = /^"((?:\\.|[^"\\])*)"\s*:\s*(.+)$/.exec(text), named = /^([^\s:"]+)\s*:\s*(.+)$/.exec(text);
    const keys = quoted !== null ? unescape(quoted[1]) : named !== null ? namedKey(named[1]) : undefined;
    const what = (quoted ?? named)?.[2].trim();
    if (keys === undefined || what === undefined) return;
    const macro = /^["'](.*)["']$/.exec(what);
    if (macro !== null) this.keys.set(keys, '"' + unescape(macro[1]));
    else this.keys.set(keys, what.toLowerCase());
  }
}

const STATE = {};
export function readlineState(): ReadlineState {
  return interpStore(STATE, () => new ReadlineState());
}

const ESC = "\x1b";
const control = (c: string): string => c === "?" ? "\x7f" : String.fromCharCode(c.toUpperCase().charCodeAt(0) & 31);
/** The keys of a quoted sequence: `\C-x`, `\M-x`, `\e` and the escapes of C. */
function unescape(text: string): string {
  const simple: Record<string, string> = { e: ESC, n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", d: "\x7f" };
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "\\") {
      out += text[i];
      continue;
    }
    const c = text[++i] ?? "", lower = c.toLowerCase();
    if (text[i + 1] === "-" && (lower === "c" || lower === "m")) {
      const key = text[i + 2] ?? "";
      out += lower === "c" ? control(key) : ESC + key;
      i += 2;
    } else out += Object.hasOwn(simple, c) ? simple[c] : c;
  }
  return out;
}
/** The keys of a name like `tab`, `Control-x`, `Meta-Rubout`. */
function namedKey(name: string): string | undefined {
  const m = /^(?:(control|ctrl|c|meta|m)-)?(.+)$/i.exec(name)!, modifier = m[1]?.toLowerCase();
  const names = new Map([
    ["tab", "\t"],
    ["esc", ESC],
    ["escape", ESC],
    ["ret", "\r"],
    ["return", "\r"],
    ["newline", "\n"],
    [
      "lfd",
      "\n",
    ],
    ["spc", " "],
    ["space", " "],
    ["del", "\x7f"],
    ["rubout", "\x7f"],
  ]);
  const key = names.get(m[2].toLowerCase()) ?? m[2][0];
  if (modifier === undefined) return m[2].length > 1 && !names.has(m[2].toLowerCase()) ? undefined : key;
  return modifier.startsWith("c") ? control(key) : ESC + key;
}

/** The bindings of Emacs mode; Tab inserts itself until somebody binds it to `complete`. */
const defaultKeys = (): readonly (readonly [string, string])[] => [
  ["\x01", "beginning-of-line"],
  ["\x02", "backward-char"],
  ["\x04", "end-of-file"],
  ["\x05", "end-of-line"],
  ["\x06", "forward-char"],
  ["\x07", "abort"],
  ["\b", "backward-delete-char"],
  ["\x7f", "backward-delete-char"],
  ["\t", "self-insert"],
  ["\n", "accept-line"],
  ["\r", "accept-line"],
  ["\x0b", "kill-line"],
  ["\x0c", "clear-screen"],
  ["\x0e", "next-history"],
  ["\x10", "previous-history"],
  ["\x11", "quoted-insert"],
  ["\x12", "reverse-search-history"],
  ["\x14", "transpose-chars"],
  ["\x15", "unix-line-discard"],
  ["\x16", "quoted-insert"],
  ["\x17", "unix-word-rubout"],
  ["\x19", "yank"],
  [ESC + "b", "backward-word"],
  [ESC + "f", "forward-word"],
  [ESC + "d", "kill-word"],
  [ESC + "\x7f", "backward-kill-word"],
  [ESC + "\b", "backward-kill-word"],
  [ESC + "<", "beginning-of-history"],
  [ESC + ">", "end-of-history"],
  [ESC + "u", "upcase-word"],
  [ESC + "l", "downcase-word"],
  [ESC + "c", "capitalize-word"],
  [ESC + "\t", "complete"],
  [ESC + ESC, "complete"],
  [ESC + "?", "possible-completions"],
  ...["[", "O"].flatMap((kind): (readonly [string, string])[] => [
    [ESC + kind + "A", "previous-history"],
    [ESC + kind + "B", "next-history"],
    [ESC + kind + "C", "forward-char"],
    [ESC + kind + "D", "backward-char"],
    [ESC + kind + "H", "beginning-of-line"],
    [ESC + kind + "F", "end-of-line"],
  ]),
  [ESC + "[1~", "beginning-of-line"],
  [ESC + "[7~", "beginning-of-line"],
  [ESC + "[4~", "end-of-line"],
  [ESC + "[8~", "end-of-line"],
  [ESC + "[3~", "delete-char"],
  [ESC + "[1;5C", "forward-word"],
  [ESC + "[1;5D", "backward-word"],
  [ESC + "[200~", "ignore"],
  [ESC + "[201~", "ignore"],
];
