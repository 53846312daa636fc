// GNU Readline: readline.c, display.c, complete.c, isearch.c
//
// Editing a line on a terminal in raw mode. A key, or a sequence of keys, is looked up in the state's
// bindings; commands change the line, and after each the prompt and the line are drawn anew from the
// row in which they begin. Hooks and the completer are Python functions; what they raise is dropped.

import { None, PyBaseException, PyList, type Value } from "../core/objects/object.ts";
import { asInt32, call, isStr, strValue } from "../core/objects/abstract.ts";
import * as X from "../core/objects/exceptions.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import { HostError, type HostFiles } from "../vm/host.ts";
import { type HookName, type ReadlineState, readlineState } from "./readline_state.ts";
import { interp } from "../vm/interpreter.ts";

const encoder = { made: undefined as TextEncoder | undefined };
function write(files: HostFiles, text: string): void {
  const bytes = (encoder.made ??= new TextEncoder()).encode(text);
  for (let at = 0; at < bytes.length;) at += files.write(1, bytes.subarray(at));
}

/** Columns that a character takes. */
function width(c: string): number {
  const n = c.codePointAt(0)!;
  if (n < 0x20 || n === 0x7f) return 2; // shown as ^X
  if (n < 0x300) return 1;
  if (/\p{M}/u.test(c)) return 0;
  return n >= 0x1100 &&
        /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ||
      n >= 0x1f300 && n < 0x1faff || n >= 0x20000 && n < 0x40000
    ? 2
    : 1;
}
function shown(c: string): string {
  const n = c.charCodeAt(0);
  return n === 0x7f ? "^?" : n < 0x20 ? "^" + String.fromCharCode(n + 64) : c;
}
const isWord = (c: string): boolean => /[\p{L}\p{N}]/u.test(c);

/** Calls a hook; its answer as an int, 0 where it has none. */
export function callHook(s: ReadlineState, name: HookName, args: Value[]): number {
  const f = s.hooks.get(name);
  if (f === undefined) return 0;
  try {
    const r = call(f, args);
    return r === None ? 0 : asInt32(r);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return 0;
  }
}

class Editor {
  readonly s: ReadlineState;
  readonly #files: HostFiles;
  readonly #prompt: string;
  readonly #decoder = new TextDecoder();
  readonly #buffer = new Uint8Array(4096);
  /** Lines of the history as they were changed on the way, by place; the last is the new line. */
  readonly #edited: Map<number, string[]> = new Map();
  #place: number;
  /** The row of the cursor below the one in which the prompt begins. */
  #row = 0;
  #last = "";
  #ended = false;
  #search = "";

  constructor(s: ReadlineState, files: HostFiles, prompt: string) {
    this.s = s;
    this.#files = files;
    this.#prompt = prompt;
    this.#place = s.history.length;
  }

  /** The next key; undefined at the end of the input. */
  #key(): string | undefined {
    const { typed } = this.s;
    while (typed.length === 0) {
      let n: number;
      try {
        n = this.#files.read(0, this.#buffer);
      } catch (e) {
        if (!(e instanceof HostError)) throw e;
        if (e.code !== "EINTR") return undefined;
        cur.vm.poll();
        continue;
      }
      if (n === 0) return undefined;
      typed.push(...this.#decoder.decode(this.#buffer.subarray(0, n), { stream: true }));
    }
    return typed.shift();
  }

  /** Reads a line; undefined at the end of the input. */
  run(): string | undefined {
    const { s } = this;
    s.line = [];
    s.point = 0;
    callHook(s, "startup", []);
    s.redisplay = () => this.#draw();
    this.#draw();
    callHook(s, "preInput", []);
    try {
      for (;;) {
        const done = this.#step();
        if (done !== undefined) {
          s.point = s.line.length;
          this.#draw();
          write(this.#files, "\r\n");
          return done ? s.text() : undefined;
        }
        // what was typed ahead is shown at once
        if (s.typed.length === 0) this.#draw();
      }
    } finally {
      s.redisplay = undefined;
    }
  }
  /** Takes a key, or a sequence: true when the line is done, false at the end of the input. */
  #step(): boolean | undefined {
    const { s } = this;
    let keys = "", command: string | undefined;
    for (;;) {
      const k = this.#key();
      if (k === undefined) {
        this.#ended = true;
        return s.line.length > 0;
      }
      keys += k;
      command = s.keys.get(keys);
      if (command !== undefined) break;
      let longer = false;
      for (const known of s.keys.keys()) if (known.startsWith(keys)) longer = true;
      // sequences of function keys that nobody bound are swallowed whole
      // deno-lint-ignore no-control-regex
      if (!longer && !/^\x1b(\[[0-9;]*|O)?$/.test(keys)) break;
    }
    if (command === undefined) {
      if (keys.length === 1 && keys >= " " || [...keys].length === 1 && keys > "\x7f") command = "self-insert";
      else return undefined;
    }
    if (command.startsWith('"')) {
      s.typed.unshift(...command.slice(1));
      return undefined;
    }
    const done = this.#command(command, keys);
    this.#last = command;
    return done;
  }

  #command(command: string, keys: string): boolean | undefined {
    const { s } = this, { line } = s;
    switch (command) {
      case "self-insert":
        s.insert(keys);
        break;
      case "accept-line":
        return true;
      case "end-of-file":
        if (line.length === 0) return false;
        line.splice(s.point, 1);
        break;
      case "beginning-of-line":
        s.point = 0;
        break;
      case "end-of-line":
        s.point = line.length;
        break;
      case "backward-char":
        s.point = Math.max(0, s.point - 1);
        break;
      case "forward-char":
        s.point = Math.min(line.length, s.point + 1);
        break;
      case "backward-word":
        s.point = this.#wordStart();
        break;
      case "forward-word":
        s.point = this.#wordEnd();
        break;
      case "backward-delete-char":
        if (s.point > 0) line.splice(--s.point, 1);
        break;
      case "delete-char":
        line.splice(s.point, 1);
        break;
      case "kill-line":
        this.#kill(s.point, line.length, false);
        break;
      case "unix-line-discard":
        this.#kill(0, s.point, true);
        break;
      case "kill-word":
        this.#kill(s.point, this.#wordEnd(), false);
        break;
      case "backward-kill-word":
        this.#kill(this.#wordStart(), s.point, true);
        break;
      case "unix-word-rubout": {
        let i = s.point;
        while (i > 0 && line[i - 1] === " ") i--;
        while (i > 0 && line[i - 1] !== " ") i--;
        this.#kill(i, s.point, true);
        break;
      }
      case "yank":
        s.insert(s.killed.join(""));
        break;
      case "transpose-chars":
        if (s.point > 0 && line.length > 1) {
          if (s.point === line.length) s.point--;
          [line[s.point - 1], line[s.point]] = [line[s.point], line[s.point - 1]];
          s.point++;
        }
        break;
      case "upcase-word":
      case "downcase-word":
      case "capitalize-word":
        this.#changeCase(command);
        break;
      case "previous-history":
        this.#history(this.#place - 1);
        break;
      case "next-history":
        this.#history(this.#place + 1);
        break;
      case "beginning-of-history":
        this.#history(0);
        break;
      case "end-of-history":
        this.#history(s.history.length);
        break;
      case "reverse-search-history":
        return this.#reverseSearch();
      case "clear-screen":
        write(this.#files, "\x1b[H\x1b[2J");
        this.#row = 0;
        break;
      case "quoted-insert": {
        const k = this.#key();
        if (k !== undefined) s.insert(k);
        break;
      }
      case "complete":
        this.#complete(keys.codePointAt(keys.length - 1)!);
        break;
      case "possible-completions":
        this.#complete(63, true);
    }
    return undefined;
  }

  #wordStart(): number {
    const { line, point } = this.s;
    let i = point;
    while (i > 0 && !isWord(line[i - 1])) i--;
    while (i > 0 && isWord(line[i - 1])) i--;
    return i;
  }
  #wordEnd(): number {
    const { line, point } = this.s;
    let i = point;
    while (i < line.length && !isWord(line[i])) i++;
    while (i < line.length && isWord(line[i])) i++;
    return i;
  }
  #changeCase(how: string): void {
    const { s } = this, end = this.#wordEnd();
    let first = true;
    for (; s.point < end; s.point++) {
      const c = s.line[s.point];
      if (!isWord(c)) continue;
      const upper = how === "upcase-word" || how === "capitalize-word" && first;
      s.line[s.point] = upper ? c.toUpperCase() : c.toLowerCase();
      first = false;
    }
  }
  /** Kills text; what is killed right after a kill is added to it. */
  #kill(from: number, to: number, before: boolean): void {
    const { s } = this, text = s.line.splice(from, to - from);
    if (!/kill|discard|rubout/.test(this.#last)) s.killed = text;
    else s.killed = before ? [...text, ...s.killed] : [...s.killed, ...text];
    s.point = from;
  }
  #history(to: number): void {
    const { s } = this, n = s.history.length;
    if (to < 0 || to > n || to === this.#place) return;
    this.#edited.set(this.#place, s.line);
    this.#place = to;
    s.line = this.#edited.get(to) ?? [...s.history[to] ?? ""];
    s.point = s.line.length;
  }

  #reverseSearch(): boolean | undefined {
    const { s } = this, start = { line: s.line, point: s.point, place: this.#place };
    let text = "", from = s.history.length, failed = false;
    const search = (at: number) => {
      for (let i = at; i >= 0; i--) {
        const found = s.history[i].lastIndexOf(text);
        if (found < 0) continue;
        from = i;
        this.#history(i);
        s.point = [...s.history[i].slice(0, found)].length;
        failed = false;
        return;
      }
      failed = true;
    };
    try {
      for (;;) {
        this.#search = `(${failed ? "failed " : ""}reverse-i-search)\`${text}': `;
        this.#draw();
        const k = this.#key();
        if (k === undefined) return false;
        if (k === "\x12") search(from - 1);
        else if (k === "\x7f" || k === "\b") {
          text = [...text].slice(0, -1).join("");
          search(s.history.length - 1);
        } else if (k === "\x07") {
          s.line = start.line;
          s.point = start.point;
          this.#place = start.place;
          return undefined;
        } else if (k < " ") {
          // any other key ends the search and does what it does
          s.typed.unshift(k);
          return undefined;
        } else {
          text += k;
          search(Math.min(from, s.history.length - 1));
        }
      }
    } finally {
      this.#search = "";
    }
  }

  // ---- completion ---------------------------------------------------------------------------

  #matches(word: string): string[] {
    const { s } = this, found: string[] = [];
    if (s.completer === undefined) return found;
    for (let i = 0;; i++) {
      let v: Value;
      try {
        v = call(s.completer, [X.textValue(word), i]);
      } catch (e) {
        if (!(e instanceof PyBaseException)) throw e;
        return found;
      }
      if (!isStr(v)) return found;
      found.push(utf16(strValue(v)));
    }
  }
  #complete(type: number, list = false): void {
    const { s } = this;
    if (s.variables.get("disable-completion") === "on") return s.insert("\t");
    let begin = s.point;
    while (begin > 0 && !s.delims.includes(s.line[begin - 1])) begin--;
    s.begin = begin;
    s.end = s.point;
    const again = this.#last === "complete" || s.variables.get("show-all-if-ambiguous") === "on";
    s.completionType = list || this.#last === "complete" ? 63 : type;
    const before = s.line.slice(begin, s.point), word = before.join("");
    const all = [...new Set(this.#matches(word))].sort();
    if (all.length === 0) return write(this.#files, "\x07");
    let common = [...all[0]];
    for (const m of all) {
      const chars = [...m];
      let n = 0;
      while (n < common.length && common[n] === chars[n]) n++;
      common = common.slice(0, n);
    }
    // what the completer has put into the line itself stays
    const end = Math.min(s.end, s.line.length);
    if (!list && common.join("") !== word && (all.length === 1 || common.length > 0)) {
      s.line.splice(begin, end - begin, ...common);
      s.point += common.length - (end - begin);
    }
    if (all.length > 1 && (list || again)) this.#list(word, all);
    else if (all.length > 1) write(this.#files, "\x07");
  }
  #list(word: string, all: string[]): void {
    const { s } = this, longest = Math.max(...all.map((m) => [...m].length));
    if (s.hooks.has("display")) {
      callHook(s, "display", [X.textValue(word), new PyList(all.map((m) => X.textValue(m))), longest]);
      this.#row = 0;
      return;
    }
    const wide = longest + 2, columns = Math.max(1, Math.floor(this.#columns() / wide));
    const rows = Math.ceil(all.length / columns);
    let out = "\r\n";
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const m = all[c * rows + r];
        if (m !== undefined) out += all[(c + 1) * rows + r] === undefined ? m : m.padEnd(wide);
      }
      out += "\r\n";
    }
    write(this.#files, out);
    this.#row = 0;
  }

  // ---- display ------------------------------------------------------------------------------

  #columns(): number {
    try {
      const columns = interp().host.process.terminalSize(1)[0];
      return columns > 1 ? columns : 80;
    } catch {
      return 80;
    }
  }
  #draw(): void {
    const { s } = this, columns = this.#columns();
    // what is between \1 and \2 takes no room
    const prompt = this.#search !== "" ? this.#search : this.#prompt;
    // deno-lint-ignore no-control-regex
    const visible = prompt.replace(/\x01[^\x02]*\x02/g, "");
    let out = this.#row > 0 ? `\x1b[${this.#row}A\r\x1b[J` : "\r\x1b[J";
    // deno-lint-ignore no-control-regex
    out += prompt.replace(/[\x01\x02]/g, "").replaceAll("\n", "\r\n");
    let row = 0, column = 0, atRow = 0, atColumn = 0;
    const advance = (c: string) => {
      if (c === "\n") {
        row++;
        column = 0;
        return;
      }
      const w = width(c);
      if (column + w > columns) {
        row++;
        column = 0;
      }
      column += w;
    };
    for (const c of visible) advance(c);
    s.line.forEach((c, i) => {
      if (i === s.point) [atRow, atColumn] = [row, column];
      advance(c);
      out += shown(c);
    });
    if (s.point >= s.line.length) [atRow, atColumn] = [row, column];
    if (column === columns) { // the terminal goes to the next row only with the next character
      out += "\r\n";
      row++;
      column = 0;
    }
    if (atColumn === columns) [atRow, atColumn] = [atRow + 1, 0];
    if (row > atRow) out += `\x1b[${row - atRow}A`;
    out += "\r" + (atColumn > 0 ? `\x1b[${atColumn}C` : "");
    write(this.#files, out);
    this.#row = atRow;
  }
}

/** Reads a line from the terminal; undefined at the end of the input. KeyboardInterrupt comes out. */
export function readLine(prompt: string): string | undefined {
  const { files } = interp().host, s = readlineState();
  files.setRaw!(0, true);
  let line: string | undefined;
  try {
    line = new Editor(s, files, prompt).run();
  } catch (e) {
    write(files, "^C");
    throw e;
  } finally {
    files.setRaw!(0, false);
  }
  if (line !== undefined && line !== "" && s.autoHistory && s.history.at(-1) !== line) s.history.push(line);
  return line;
}
/** Can lines be edited: is there a terminal on both sides, and can it be put into raw mode? */
export function canEdit(): boolean {
  const { files } = interp().host;
  return files.setRaw !== undefined && files.isatty(0) && files.isatty(1);
}
