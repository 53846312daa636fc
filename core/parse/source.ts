// CPython 3.14: Parser/tokenizer/helpers.c, string_tokenizer.c, utf8_tokenizer.c
//
// From what was given to compile to the text that the tokenizer reads: bytes are decoded
// by their byte order mark or encoding comment (PEP 263), line ends become newlines.

import { SourceError } from "./errors.ts";

/** Decodes bytes by a codec of that name; undefined when there is none; may throw. */
export type DecodeFn = (
  encoding: string,
  bytes: Uint8Array,
) => string | undefined;

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
  return new SourceError("SyntaxError", msg, filename, 0, -1, null, 0, -1);
}

export interface DecodedSource {
  readonly text: string;
  /** The encoding found, as `normalizeEncoding` gives it. */
  readonly encoding: string;
}

/** Decodes source bytes. */
export function decodeSource(
  bytes: Uint8Array,
  filename: string,
  decode?: DecodeFn,
): DecodedSource {
  let body = bytes, bom = false;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    bom = true;
    body = bytes.subarray(3);
  }
  let name: string | null = null;
  const end1 = lineEnd(body, 0);
  name = cookie(body, 0, end1);
  if (name === null && isBlank(body, 0, end1)) {
    let start2 = end1 + 1;
    if (body[end1] === 13 && body[end1 + 1] === 10) start2++;
    name = cookie(body, start2, lineEnd(body, start2));
  }
  const encoding = name === null ? "utf-8" : normalizeEncoding(name);
  if (bom && encoding !== "utf-8") {
    throw initError(`encoding problem: ${name} with BOM`, filename);
  }
  if (encoding === "utf-8") {
    return { text: decodeUtf8(body, filename, name !== null), encoding };
  }
  if (encoding === "iso-8859-1") {
    const parts: string[] = [];
    for (let i = 0; i < body.length; i += 8192) {
      parts.push(String.fromCharCode(...body.subarray(i, i + 8192)));
    }
    return { text: parts.join(""), encoding };
  }
  const text = decode?.(encoding, body);
  if (text === undefined) {
    throw initError(`unknown encoding: ${encoding}`, filename);
  }
  return { text, encoding };
}

function decodeUtf8(
  bytes: Uint8Array,
  filename: string,
  declared: boolean,
): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    throw utf8Error(bytes, filename, declared);
  }
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

function utf8Error(
  bytes: Uint8Array,
  filename: string,
  declared: boolean,
): SourceError {
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
  const hex = bytes[i].toString(16).padStart(2, "0");
  if (declared) {
    return initError(
      `(unicode error) 'utf-8' codec can't decode byte 0x${hex} in position ${i}: invalid start byte`,
      filename,
    );
  }
  const end = lineEnd(bytes, lineStart);
  const text = new TextDecoder().decode(bytes.subarray(lineStart, end));
  const col =
    [...new TextDecoder().decode(bytes.subarray(lineStart, i + 1))].length;
  return new SourceError(
    "SyntaxError",
    `Non-UTF-8 code starting with '\\x${hex}' in file ${filename} on line ${lineno}, ` +
      "but no encoding declared; see https://peps.python.org/pep-0263/ for details",
    filename,
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
