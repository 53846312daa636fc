// CPython 3.14: Parser/pegen_errors.c, Objects/exceptions.c (SyntaxError's attributes)
//
// What the tokenizer, the parser, the symbol table and the code generator throw when
// the source is wrong. It is no Python exception yet: the boundary that was asked to
// compile makes one of it, with these fields as `args`.

export type SourceErrorType =
  | "SyntaxError"
  | "IndentationError"
  | "TabError"
  /** `compile(..., PyCF_ALLOW_INCOMPLETE_INPUT)` on a source that only needs more. */
  | "_IncompleteInputError"
  /** The source nests too deeply; only `msg` counts. */
  | "MemoryError";

export class SourceError {
  constructor(
    public type: SourceErrorType,
    public msg: string,
    /** Null where bytes are wrong before anything is known of them: `args` has no name then, the attribute has. */
    public filename: string | null,
    /** 1-based line; -1 where the exception has its message as only argument. */
    public lineno: number,
    /** 1-based column in characters (code points) of `text`, 0 where CPython gives 0. */
    public offset: number,
    /** The source line with its newline, or null where there is none to show. */
    public text: string | null,
    /** Null in the errors of `_tokenize` that have no end; undefined where `args` has no place for one. */
    public end_lineno: number | null | undefined,
    /** As `offset`. */
    public end_offset: number | null | undefined,
    /** `_metadata`: line and column of the last statement, and the source. */
    public metadata: [number, number, string] | null = null,
    /** `args` of the exception holds the message only (the position is in the attributes). */
    public bareArgs = false,
  ) {}
}
