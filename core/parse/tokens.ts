// CPython 3.14: Grammar/Tokens, Parser/token.c
//
// Token types have CPython's numbers; keywords are types of their own from KEYWORD_BASE
// up, so that the parser compares one number.

export const ENDMARKER = 0, NAME = 1, NUMBER = 2, STRING = 3, NEWLINE = 4;
export const INDENT = 5, DEDENT = 6, LPAR = 7, RPAR = 8, LSQB = 9, RSQB = 10;
export const COLON = 11, COMMA = 12, SEMI = 13, PLUS = 14, MINUS = 15;
export const STAR = 16, SLASH = 17, VBAR = 18, AMPER = 19, LESS = 20;
export const GREATER = 21, EQUAL = 22, DOT = 23, PERCENT = 24, LBRACE = 25;
export const RBRACE = 26, EQEQUAL = 27, NOTEQUAL = 28, LESSEQUAL = 29;
export const GREATEREQUAL = 30, TILDE = 31, CIRCUMFLEX = 32, LEFTSHIFT = 33;
export const RIGHTSHIFT = 34, DOUBLESTAR = 35, PLUSEQUAL = 36, MINEQUAL = 37;
export const STAREQUAL = 38, SLASHEQUAL = 39, PERCENTEQUAL = 40;
export const AMPEREQUAL = 41, VBAREQUAL = 42, CIRCUMFLEXEQUAL = 43;
export const LEFTSHIFTEQUAL = 44, RIGHTSHIFTEQUAL = 45, DOUBLESTAREQUAL = 46;
export const DOUBLESLASH = 47, DOUBLESLASHEQUAL = 48, AT = 49, ATEQUAL = 50;
export const RARROW = 51, ELLIPSIS = 52, COLONEQUAL = 53, EXCLAMATION = 54;
export const OP = 55, TYPE_IGNORE = 56, TYPE_COMMENT = 57, SOFT_KEYWORD = 58;
export const FSTRING_START = 59, FSTRING_MIDDLE = 60, FSTRING_END = 61;
export const TSTRING_START = 62, TSTRING_MIDDLE = 63, TSTRING_END = 64;
export const COMMENT = 65, NL = 66, ERRORTOKEN = 67, ENCODING = 68;

/** The names by number, as in `token.tok_name`. */
export const TOKEN_NAMES: readonly string[] = [
  "ENDMARKER",
  "NAME",
  "NUMBER",
  "STRING",
  "NEWLINE",
  "INDENT",
  "DEDENT",
  "LPAR",
  "RPAR",
  "LSQB",
  "RSQB",
  "COLON",
  "COMMA",
  "SEMI",
  "PLUS",
  "MINUS",
  "STAR",
  "SLASH",
  "VBAR",
  "AMPER",
  "LESS",
  "GREATER",
  "EQUAL",
  "DOT",
  "PERCENT",
  "LBRACE",
  "RBRACE",
  "EQEQUAL",
  "NOTEQUAL",
  "LESSEQUAL",
  "GREATEREQUAL",
  "TILDE",
  "CIRCUMFLEX",
  "LEFTSHIFT",
  "RIGHTSHIFT",
  "DOUBLESTAR",
  "PLUSEQUAL",
  "MINEQUAL",
  "STAREQUAL",
  "SLASHEQUAL",
  "PERCENTEQUAL",
  "AMPEREQUAL",
  "VBAREQUAL",
  "CIRCUMFLEXEQUAL",
  "LEFTSHIFTEQUAL",
  "RIGHTSHIFTEQUAL",
  "DOUBLESTAREQUAL",
  "DOUBLESLASH",
  "DOUBLESLASHEQUAL",
  "AT",
  "ATEQUAL",
  "RARROW",
  "ELLIPSIS",
  "COLONEQUAL",
  "EXCLAMATION",
  "OP",
  "TYPE_IGNORE",
  "TYPE_COMMENT",
  "SOFT_KEYWORD",
  "FSTRING_START",
  "FSTRING_MIDDLE",
  "FSTRING_END",
  "TSTRING_START",
  "TSTRING_MIDDLE",
  "TSTRING_END",
  "COMMENT",
  "NL",
  "ERRORTOKEN",
  "ENCODING",
];

/** Operators by their text; the generator and the tokenizer read it. */
export const OPERATORS: Readonly<Record<string, number>> = {
  "(": LPAR,
  ")": RPAR,
  "[": LSQB,
  "]": RSQB,
  ":": COLON,
  ",": COMMA,
  ";": SEMI,
  "+": PLUS,
  "-": MINUS,
  "*": STAR,
  "/": SLASH,
  "|": VBAR,
  "&": AMPER,
  "<": LESS,
  ">": GREATER,
  "=": EQUAL,
  ".": DOT,
  "%": PERCENT,
  "{": LBRACE,
  "}": RBRACE,
  "==": EQEQUAL,
  "!=": NOTEQUAL,
  "<=": LESSEQUAL,
  ">=": GREATEREQUAL,
  "~": TILDE,
  "^": CIRCUMFLEX,
  "<<": LEFTSHIFT,
  ">>": RIGHTSHIFT,
  "**": DOUBLESTAR,
  "+=": PLUSEQUAL,
  "-=": MINEQUAL,
  "*=": STAREQUAL,
  "/=": SLASHEQUAL,
  "%=": PERCENTEQUAL,
  "&=": AMPEREQUAL,
  "|=": VBAREQUAL,
  "^=": CIRCUMFLEXEQUAL,
  "<<=": LEFTSHIFTEQUAL,
  ">>=": RIGHTSHIFTEQUAL,
  "**=": DOUBLESTAREQUAL,
  "//": DOUBLESLASH,
  "//=": DOUBLESLASHEQUAL,
  "@": AT,
  "@=": ATEQUAL,
  "->": RARROW,
  "...": ELLIPSIS,
  ":=": COLONEQUAL,
  "!": EXCLAMATION,
};

export const KEYWORD_BASE = 70;

/** The reserved words; the type of KEYWORDS[i] is KEYWORD_BASE + i. */
export const KEYWORDS: readonly string[] = [
  "False",
  "None",
  "True",
  "and",
  "as",
  "assert",
  "async",
  "await",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "else",
  "except",
  "finally",
  "for",
  "from",
  "global",
  "if",
  "import",
  "in",
  "is",
  "lambda",
  "nonlocal",
  "not",
  "or",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
  "yield",
];

export const SOFT_KEYWORDS: readonly string[] = ["_", "case", "match", "type"];
