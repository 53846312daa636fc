// CPython 3.14: Parser/tokenizer/helpers.c, string_tokenizer.c, utf8_tokenizer.c
//
// From what was given to compile to the text that the tokenizer reads: bytes are decoded
// by their byte order mark or encoding comment (PEP 263), line ends become newlines.

import { SourceError } from "./errors.ts";

/**
 * Decodes bytes by the codec of that name: the text, or what the codec says is wrong;
 * undefined when there is no such codec.
 */
export type DecodeFn = (
  encoding: string,
  bytes: Uint8Array,
) => string | { readonly error: string } | undefined;

/** "utf-8" and "iso-8859-1" for their many spellings; other names as they are. */
export function normalizeEncoding(name: string): string {
  const head = name.slice(0, 12).toLowerCase().replaceAll("_", "-");
  if (head === "utf-8" || head.startsWith("utf-8-")) return "utf-8";
  for (const latin of ["latin-1", "iso-8859-1", "iso-latin-1"]) {
    if (head === latin || head.startsWith(latin + "-")) return "iso-8859-1";
  }
  return name;
}

/** The encoding that a comment on the line bytes[start:end] declares, or null. */
function cookie(bytes: Uint8Array, start: number, end: number): string | null {
  let i = start;
  while (i < end && (bytes[i] === 32 || bytes[i] === 9 || bytes[i] === 12)) i++;
  if (bytes[i] !== 35) return null;
  let line = "";
  for (; i < end; i++) line += String.fromCharCode(bytes[i]);
  const found = /coding[:=][ \t]*([-\w.]+)/.exec(line);
  return found === null ? null : found[1];
}

/** Whether the line holds nothing but white space and a comment. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && (bytes[i] === 32 || bytes[i] === 9 || bytes[i] === 12)) i++;
  return i >= end || bytes[i] === 35 || bytes[i] === 10 || bytes[i] === 13;
}

function lineEnd(bytes: Uint8Array, start: number): number {
  let i = start;
  while (i < bytes.length && bytes[i] !== 10 && bytes[i] !== 13) i++;
  return i;
}

function initError(msg: string, filename: string): SourceError {
  return new SourceError("SyntaxError", msg, filename, 0, -1, null, undefined, undefined);
}

export interface DecodedSource {
  readonly text: string;
  /** The encoding found, as `normalizeEncoding` gives it. */
  readonly encoding: string;
}

interface Declared {
  /** As `normalizeEncoding` gives it. */
  readonly encoding: string;
  readonly bom: boolean;
  readonly body: Uint8Array;
  /** The declaring line is body[start:end]. */
  readonly start: number;
  readonly end: number;
}

/** What byte order mark and encoding comment say. */
function declaration(bytes: Uint8Array): Declared {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const end1 = lineEnd(body, 0);
  let start = 0, end = end1;
  let name = cookie(body, 0, end1);
  if (name === null && isBlank(body, 0, end1)) {
    start = end1 + 1;
    if (body[end1] === 13 && body[end1 + 1] === 10) start++;
    end = lineEnd(body, start);
    name = cookie(body, start, end);
  }
  const encoding = name === null ? "utf-8" : normalizeEncoding(name);
  return { encoding, bom, body, start, end };
}

/** The encoding of source bytes. */
export function encodingOf(bytes: Uint8Array): string {
  return declaration(bytes).encoding;
}

/** Decodes source bytes; those of a main program (`file`) are reported with their file's name. */
export function decodeSource(
  bytes: Uint8Array,
  filename: string,
  decode?: DecodeFn,
  file = false,
): DecodedSource {
  const { encoding, bom, body, start, end } = declaration(bytes);
  if (bom && encoding !== "utf-8") {
    const text = latin1(body.subarray(start, end));
    const lineno = start === 0 ? 1 : 2;
    throw new SourceError(
      "SyntaxError",
      `encoding problem: ${encoding} with BOM`,
      file ? filename : null,
      lineno,
      0,
      text,
      lineno,
      text.length,
    );
  }
  if (encoding === "utf-8") return { text: decodeUtf8(body, file ? filename : null), encoding };
  if (encoding === "iso-8859-1") return { text: latin1(body), encoding };
  const lines = bodyLines(body);
  const text = decode?.(encoding, lines) ?? decodeBuiltin(encoding, lines);
  if (text === undefined) {
    throw initError(`unknown encoding: ${encoding}`, filename);
  }
  if (typeof text !== "string") throw initError(text.error, filename);
  return { text, encoding };
}

/** Bytes with every line end a newline, the last line's too. */
function bodyLines(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 1);
  let n = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 13) {
      out[n++] = 10;
      if (bytes[i + 1] === 10) i++;
    } else out[n++] = bytes[i];
  }
  if (n > 0 && out[n - 1] !== 10) out[n++] = 10;
  return out.subarray(0, n);
}

function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  }
  return parts.join("");
}

/** Other names of the codecs that need no table, for a caller without codecs. */
function decodeBuiltin(
  encoding: string,
  bytes: Uint8Array,
): string | { readonly error: string } | undefined {
  switch (encoding.toLowerCase().replaceAll("_", "-")) {
    case "utf8":
    case "u8":
      try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
          .decode(bytes);
      } catch {
        return { error: utf8CodecError(bytes) };
      }
    case "latin1":
    case "l1":
      return latin1(bytes);
    case "ascii":
    case "us-ascii": {
      const bad = bytes.findIndex((b) => b >= 0x80);
      if (bad < 0) return latin1(bytes);
      const hex = bytes[bad].toString(16);
      return {
        error: `'ascii' codec can't decode byte 0x${hex} in position ${bad}: ordinal not in range(128)`,
      };
    }
  }
  return undefined;
}

function decodeUtf8(bytes: Uint8Array, file: string | null): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    throw utf8Error(bytes, file);
  }
}

/** What the utf-8 codec says of bytes that are not UTF-8. */
function utf8CodecError(b: Uint8Array): string {
  let i = 0;
  for (let n = 0; i < b.length && (n = validSequence(b, i)) > 0; i += n);
  const c = b[i], hex = c.toString(16).padStart(2, "0");
  const size = c < 0xc2 || c > 0xf4 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (size === 1) {
    return `'utf-8' codec can't decode byte 0x${hex} in position ${i}: invalid start byte`;
  }
  let good = 1;
  while (good < size && i + good < b.length) {
    const d = b[i + good];
    if (d < 0x80 || d > 0xbf) break;
    if (good === 1) {
      if (
        (c === 0xe0 && d < 0xa0) || (c === 0xed && d > 0x9f) ||
        (c === 0xf0 && d < 0x90) || (c === 0xf4 && d > 0x8f)
      ) break;
    }
    good++;
  }
  const reason = i + good >= b.length ? "unexpected end of data" : "invalid continuation byte";
  return good === 1
    ? `'utf-8' codec can't decode byte 0x${hex} in position ${i}: ${reason}`
    : `'utf-8' codec can't decode bytes in position ${i}-${i + good - 1}: ${reason}`;
}

/** The length of the valid UTF-8 sequence at `i`, or 0. */
function validSequence(b: Uint8Array, i: number): number {
  const c = b[i];
  if (c < 0x80) return 1;
  let n: number;
  if (c < 0xc2) return 0;
  else if (c < 0xe0) n = 2;
  else if (c < 0xf0) {
    if ((c === 0xe0 && b[i + 1] < 0xa0) || (c === 0xed && b[i + 1] >= 0xa0)) {
      return 0;
    }
    n = 3;
  } else if (c < 0xf5) {
    if (b[i + 1] < 0x90 ? c === 0xf0 : c === 0xf4) return 0;
    n = 4;
  } else return 0;
  for (let k = 1; k < n; k++) {
    if (!(b[i + k] >= 0x80 && b[i + k] < 0xc0)) return 0;
  }
  return n;
}

/** The error for a null character in a file, which is read line by line. */
export function nullError(text: string, nul: number, filename: string): SourceError {
  const before = text.slice(0, nul).split(/\r\n?|\n/);
  const lineno = before.length, line = before[lineno - 1];
  return new SourceError("SyntaxError", "source code cannot contain null bytes", filename, lineno, 0, line, lineno, 0);
}

function utf8Error(bytes: Uint8Array, file: string | null): SourceError {
  let i = 0, lineno = 1, lineStart = 0;
  for (
    let n = 0;
    i < bytes.length && (n = validSequence(bytes, i)) > 0;
    i += n
  ) {
    if (bytes[i] === 10) {
      lineno++;
      lineStart = i + 1;
    }
  }
  const nul = bytes.indexOf(0);
  if (file !== null && nul >= 0 && nul < i) return nullError(latin1(bytes), nul, file);
  const hex = bytes[i].toString(16).padStart(2, "0");
  const end = lineEnd(bytes, lineStart);
  const text = new TextDecoder().decode(bytes.subarray(lineStart, end)).replace(/\0.*/s, "");
  const col = [...new TextDecoder().decode(bytes.subarray(lineStart, i + 1))].length;
  // after a first line of code, which ends the search for an encoding, the file tokenizer is one line behind
  if (file !== null && lineno === 2 && !isBlank(bytes, 0, lineEnd(bytes, 0))) lineno = 1;
  return new SourceError(
    "SyntaxError",
    `Non-UTF-8 code starting with '\\x${hex}'${file === null ? "" : ` in file ${file}`} on line ${lineno}, ` +
      "but no encoding declared; see https://peps.python.org/pep-0263/ for details",
    file,
    lineno,
    col,
    text,
    lineno,
    col,
  );
}

/** Makes every line end a newline, and ends the last line where `exec` asks for it. */
export function translateNewlines(text: string, exec: boolean): string {
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  if (exec && text !== "" && !text.endsWith("\n")) text += "\n";
  return text;
}
