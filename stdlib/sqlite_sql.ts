// CPython 3.14: Modules/_sqlite/statement.c; SQLite: src/tokenize.c, src/complete.c
//
// What must be known of an SQL text and node:sqlite does not tell: where its first statement ends, which
// parameters it has, whether it changes data. One pass over the tokens.

/** A statement's text and parameters. */
export interface SqlStatement {
  /** Up to and with the semicolon. */
  readonly text: string;
  /** Where the next statement begins. */
  readonly end: number;
  /** Names of the parameters by index, with their prefix; undefined for `?`. */
  readonly params: (string | undefined)[];
  /** INSERT, UPDATE, DELETE or REPLACE. */
  readonly isDml: boolean;
  /** No token but blanks and comments. */
  readonly empty: boolean;
  readonly complete: boolean;
}

const SPACE = /[ \t\n\f\r]+|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$)/y;
const TOKEN =
  /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)|[?][0-9]*|[:@$#](?:[A-Za-z0-9_$\u0080-\uffff]|::|\([^)]*\))+|[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*|[0-9][0-9A-Za-z_.]*|[^]/y;

/** Skips blanks and comments. */
export function skipBlanks(sql: string, at: number): number {
  for (;;) {
    SPACE.lastIndex = at;
    if (!SPACE.test(sql)) return at;
    at = SPACE.lastIndex;
  }
}

/** The statement that begins at `from`. A trigger's body holds semicolons: it ends with `; END`. */
export function parseStatement(sql: string, from = 0): SqlStatement {
  const params: (string | undefined)[] = [];
  let at = skipBlanks(sql, from), words = 0, first = "", trigger = false, complete = false;
  let last = "", beforeLast = "", tokens = 0;
  while (at < sql.length) {
    TOKEN.lastIndex = at;
    TOKEN.test(sql);
    const token = sql.slice(at, TOKEN.lastIndex), c = token[0];
    at = TOKEN.lastIndex;
    if (token === ";") {
      // An empty statement before the first token is passed over.
      if (tokens === 0) {
        at = skipBlanks(sql, at);
        continue;
      }
      if (!trigger || (last === "end" && beforeLast === ";")) {
        complete = true;
        break;
      }
      beforeLast = last;
      last = ";";
      continue;
    }
    tokens++;
    if (c === "?") {
      if (token === "?") params.push(undefined);
      else addNumbered(params, token);
    } else if (c === ":" || c === "@" || (c === "$" && token.length > 1)) {
      if (token.length > 1 && !params.includes(token)) params.push(token);
    }
    const word = token.toLowerCase();
    if (/^[a-z]/.test(word)) {
      if (words === 0) first = word;
      if (word === "trigger" && first === "create" && words <= 2) trigger = true;
      words++;
    }
    beforeLast = last;
    last = word;
    at = skipBlanks(sql, at);
  }
  return {
    text: sql.slice(from, at),
    end: at,
    params,
    isDml: /^(?:insert|update|delete|replace)$/.test(first),
    empty: tokens === 0,
    complete,
  };
}
function addNumbered(params: (string | undefined)[], token: string): void {
  const n = Number(token.slice(1));
  if (n < 1 || n > 32766) return;
  while (params.length < n) params.push(undefined);
  params[n - 1] = token;
}

/** `sqlite3_complete`: does the text end with a statement's semicolon? */
export function isComplete(sql: string): boolean {
  let at = 0, ended = false;
  while (skipBlanks(sql, at) < sql.length) {
    const s = parseStatement(sql, at);
    if (s.empty) {
      ended = ended || sql.slice(at).includes(";");
      break;
    }
    ended = s.complete;
    at = s.end;
  }
  return ended;
}
