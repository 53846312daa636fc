// CPython 3.14: Parser/Python.asdl, Python/Python-ast.c
//
// The nodes of the syntax tree. A node is an object of the class named as in the
// ASDL (`Expr` the statement is the class `ExprStmt`, since `Expr` is the union of
// all expressions here, and `arguments` is `arguments_`, a reserved word in
// modules); `kind` holds the ASDL name and discriminates the unions.
//
// - A sequence is an array, an absent optional is `null`, an identifier a JS string.
// - Operators and contexts carry nothing, so they are string literals ("Add").
// - `Constant.value` is a Python value; the field that CPython calls `kind`
//   (`"u"` or absent) is `constKind`.
// - Columns count bytes of the line's UTF-8, as in CPython.
//
// Everything that works over all nodes (the `ast` module, visitors, validation)
// derives from NODE_TABLE, which repeats the ASDL.

type Value = unknown;

export type ExprContext = "Load" | "Store" | "Del";
export type BoolOperator = "And" | "Or";
export type Operator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type CompareOperator =
  | "Eq"
  | "NotEq"
  | "Lt"
  | "LtE"
  | "Gt"
  | "GtE"
  | "Is"
  | "IsNot"
  | "In"
  | "NotIn";

export type Mod = Module | Interactive | Expression | FunctionType;
export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;
export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | Set
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;
export type ExceptHandlerNode = ExceptHandler;
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;
export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;
export type Node =
  | Mod
  | Stmt
  | Expr
  | ExceptHandlerNode
  | Pattern
  | TypeParam
  | TypeIgnore
  | comprehension
  | arguments_
  | arg
  | keyword
  | alias
  | withitem
  | match_case;

export class Module {
  readonly kind = "Module" as const;
  constructor(public body: Stmt[], public type_ignores: TypeIgnore[]) {}
}

export class Interactive {
  readonly kind = "Interactive" as const;
  constructor(public body: Stmt[]) {}
}

export class Expression {
  readonly kind = "Expression" as const;
  constructor(public body: Expr) {}
}

export class FunctionType {
  readonly kind = "FunctionType" as const;
  constructor(public argtypes: Expr[], public returns: Expr) {}
}

export class FunctionDef {
  readonly kind = "FunctionDef" as const;
  constructor(
    public name: string,
    public args: arguments_,
    public body: Stmt[],
    public decorator_list: Expr[],
    public returns: Expr | null,
    public type_comment: string | null,
    public type_params: TypeParam[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class AsyncFunctionDef {
  readonly kind = "AsyncFunctionDef" as const;
  constructor(
    public name: string,
    public args: arguments_,
    public body: Stmt[],
    public decorator_list: Expr[],
    public returns: Expr | null,
    public type_comment: string | null,
    public type_params: TypeParam[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class ClassDef {
  readonly kind = "ClassDef" as const;
  constructor(
    public name: string,
    public bases: Expr[],
    public keywords: keyword[],
    public body: Stmt[],
    public decorator_list: Expr[],
    public type_params: TypeParam[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Return {
  readonly kind = "Return" as const;
  constructor(
    public value: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Delete {
  readonly kind = "Delete" as const;
  constructor(
    public targets: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Assign {
  readonly kind = "Assign" as const;
  constructor(
    public targets: Expr[],
    public value: Expr,
    public type_comment: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class TypeAlias {
  readonly kind = "TypeAlias" as const;
  constructor(
    public name: Expr,
    public type_params: TypeParam[],
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class AugAssign {
  readonly kind = "AugAssign" as const;
  constructor(
    public target: Expr,
    public op: Operator,
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class AnnAssign {
  readonly kind = "AnnAssign" as const;
  constructor(
    public target: Expr,
    public annotation: Expr,
    public value: Expr | null,
    public simple: number,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class For {
  readonly kind = "For" as const;
  constructor(
    public target: Expr,
    public iter: Expr,
    public body: Stmt[],
    public orelse: Stmt[],
    public type_comment: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class AsyncFor {
  readonly kind = "AsyncFor" as const;
  constructor(
    public target: Expr,
    public iter: Expr,
    public body: Stmt[],
    public orelse: Stmt[],
    public type_comment: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class While {
  readonly kind = "While" as const;
  constructor(
    public test: Expr,
    public body: Stmt[],
    public orelse: Stmt[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class If {
  readonly kind = "If" as const;
  constructor(
    public test: Expr,
    public body: Stmt[],
    public orelse: Stmt[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class With {
  readonly kind = "With" as const;
  constructor(
    public items: withitem[],
    public body: Stmt[],
    public type_comment: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class AsyncWith {
  readonly kind = "AsyncWith" as const;
  constructor(
    public items: withitem[],
    public body: Stmt[],
    public type_comment: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Match {
  readonly kind = "Match" as const;
  constructor(
    public subject: Expr,
    public cases: match_case[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Raise {
  readonly kind = "Raise" as const;
  constructor(
    public exc: Expr | null,
    public cause: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Try {
  readonly kind = "Try" as const;
  constructor(
    public body: Stmt[],
    public handlers: ExceptHandlerNode[],
    public orelse: Stmt[],
    public finalbody: Stmt[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class TryStar {
  readonly kind = "TryStar" as const;
  constructor(
    public body: Stmt[],
    public handlers: ExceptHandlerNode[],
    public orelse: Stmt[],
    public finalbody: Stmt[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Assert {
  readonly kind = "Assert" as const;
  constructor(
    public test: Expr,
    public msg: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Import {
  readonly kind = "Import" as const;
  constructor(
    public names: alias[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class ImportFrom {
  readonly kind = "ImportFrom" as const;
  constructor(
    public module: string | null,
    public names: alias[],
    public level: number | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Global {
  readonly kind = "Global" as const;
  constructor(
    public names: string[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Nonlocal {
  readonly kind = "Nonlocal" as const;
  constructor(
    public names: string[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class ExprStmt {
  readonly kind = "Expr" as const;
  constructor(
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Pass {
  readonly kind = "Pass" as const;
  constructor(
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Break {
  readonly kind = "Break" as const;
  constructor(
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Continue {
  readonly kind = "Continue" as const;
  constructor(
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class BoolOp {
  readonly kind = "BoolOp" as const;
  constructor(
    public op: BoolOperator,
    public values: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class NamedExpr {
  readonly kind = "NamedExpr" as const;
  constructor(
    public target: Expr,
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class BinOp {
  readonly kind = "BinOp" as const;
  constructor(
    public left: Expr,
    public op: Operator,
    public right: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class UnaryOp {
  readonly kind = "UnaryOp" as const;
  constructor(
    public op: UnaryOperator,
    public operand: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Lambda {
  readonly kind = "Lambda" as const;
  constructor(
    public args: arguments_,
    public body: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class IfExp {
  readonly kind = "IfExp" as const;
  constructor(
    public test: Expr,
    public body: Expr,
    public orelse: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Dict {
  readonly kind = "Dict" as const;
  constructor(
    public keys: (Expr | null)[],
    public values: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Set {
  readonly kind = "Set" as const;
  constructor(
    public elts: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class ListComp {
  readonly kind = "ListComp" as const;
  constructor(
    public elt: Expr,
    public generators: comprehension[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class SetComp {
  readonly kind = "SetComp" as const;
  constructor(
    public elt: Expr,
    public generators: comprehension[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class DictComp {
  readonly kind = "DictComp" as const;
  constructor(
    public key: Expr,
    public value: Expr,
    public generators: comprehension[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class GeneratorExp {
  readonly kind = "GeneratorExp" as const;
  constructor(
    public elt: Expr,
    public generators: comprehension[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Await {
  readonly kind = "Await" as const;
  constructor(
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Yield {
  readonly kind = "Yield" as const;
  constructor(
    public value: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class YieldFrom {
  readonly kind = "YieldFrom" as const;
  constructor(
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Compare {
  readonly kind = "Compare" as const;
  constructor(
    public left: Expr,
    public ops: CompareOperator[],
    public comparators: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Call {
  readonly kind = "Call" as const;
  constructor(
    public func: Expr,
    public args: Expr[],
    public keywords: keyword[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class FormattedValue {
  readonly kind = "FormattedValue" as const;
  constructor(
    public value: Expr,
    public conversion: number,
    public format_spec: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Interpolation {
  readonly kind = "Interpolation" as const;
  constructor(
    public value: Expr,
    public str: Value,
    public conversion: number,
    public format_spec: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class JoinedStr {
  readonly kind = "JoinedStr" as const;
  constructor(
    public values: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class TemplateStr {
  readonly kind = "TemplateStr" as const;
  constructor(
    public values: Expr[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Constant {
  readonly kind = "Constant" as const;
  constructor(
    public value: Value,
    public constKind: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Attribute {
  readonly kind = "Attribute" as const;
  constructor(
    public value: Expr,
    public attr: string,
    public ctx: ExprContext,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Subscript {
  readonly kind = "Subscript" as const;
  constructor(
    public value: Expr,
    public slice: Expr,
    public ctx: ExprContext,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Starred {
  readonly kind = "Starred" as const;
  constructor(
    public value: Expr,
    public ctx: ExprContext,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Name {
  readonly kind = "Name" as const;
  constructor(
    public id: string,
    public ctx: ExprContext,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class List {
  readonly kind = "List" as const;
  constructor(
    public elts: Expr[],
    public ctx: ExprContext,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Tuple {
  readonly kind = "Tuple" as const;
  constructor(
    public elts: Expr[],
    public ctx: ExprContext,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class Slice {
  readonly kind = "Slice" as const;
  constructor(
    public lower: Expr | null,
    public upper: Expr | null,
    public step: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class comprehension {
  readonly kind = "comprehension" as const;
  constructor(
    public target: Expr,
    public iter: Expr,
    public ifs: Expr[],
    public is_async: number,
  ) {}
}

export class ExceptHandler {
  readonly kind = "ExceptHandler" as const;
  constructor(
    public type: Expr | null,
    public name: string | null,
    public body: Stmt[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class arguments_ {
  readonly kind = "arguments" as const;
  constructor(
    public posonlyargs: arg[],
    public args: arg[],
    public vararg: arg | null,
    public kwonlyargs: arg[],
    public kw_defaults: (Expr | null)[],
    public kwarg: arg | null,
    public defaults: Expr[],
  ) {}
}

export class arg {
  readonly kind = "arg" as const;
  constructor(
    public arg: string,
    public annotation: Expr | null,
    public type_comment: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class keyword {
  readonly kind = "keyword" as const;
  constructor(
    public arg: string | null,
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class alias {
  readonly kind = "alias" as const;
  constructor(
    public name: string,
    public asname: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class withitem {
  readonly kind = "withitem" as const;
  constructor(public context_expr: Expr, public optional_vars: Expr | null) {}
}

export class match_case {
  readonly kind = "match_case" as const;
  constructor(
    public pattern: Pattern,
    public guard: Expr | null,
    public body: Stmt[],
  ) {}
}

export class MatchValue {
  readonly kind = "MatchValue" as const;
  constructor(
    public value: Expr,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchSingleton {
  readonly kind = "MatchSingleton" as const;
  constructor(
    public value: Value,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchSequence {
  readonly kind = "MatchSequence" as const;
  constructor(
    public patterns: Pattern[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchMapping {
  readonly kind = "MatchMapping" as const;
  constructor(
    public keys: Expr[],
    public patterns: Pattern[],
    public rest: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchClass {
  readonly kind = "MatchClass" as const;
  constructor(
    public cls: Expr,
    public patterns: Pattern[],
    public kwd_attrs: string[],
    public kwd_patterns: Pattern[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchStar {
  readonly kind = "MatchStar" as const;
  constructor(
    public name: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchAs {
  readonly kind = "MatchAs" as const;
  constructor(
    public pattern: Pattern | null,
    public name: string | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class MatchOr {
  readonly kind = "MatchOr" as const;
  constructor(
    public patterns: Pattern[],
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class TypeIgnore {
  readonly kind = "TypeIgnore" as const;
  constructor(public lineno: number, public tag: string) {}
}

export class TypeVar {
  readonly kind = "TypeVar" as const;
  constructor(
    public name: string,
    public bound: Expr | null,
    public default_value: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class ParamSpec {
  readonly kind = "ParamSpec" as const;
  constructor(
    public name: string,
    public default_value: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

export class TypeVarTuple {
  readonly kind = "TypeVarTuple" as const;
  constructor(
    public name: string,
    public default_value: Expr | null,
    public lineno: number,
    public col_offset: number,
    public end_lineno: number,
    public end_col_offset: number,
  ) {}
}

/** How often a field occurs: once, at most once, any number, any number with holes. */
export type Quantifier = "" | "?" | "*" | "?*";

export interface FieldInfo {
  /** The name in Python; `Constant.kind` is the one field stored under another name. */
  readonly name: string;
  /** The name of the property that holds it. */
  readonly key: string;
  /** The ASDL type: a sum type, a product type, or identifier, int, string, constant. */
  readonly type: string;
  readonly quantifier: Quantifier;
}

export interface NodeRow {
  /** The sum type it belongs to ("expr"), or "" for a product type. */
  readonly base: string;
  /** Its fields as the ASDL writes them: "expr left, operator op, expr right". */
  readonly signature: string;
  /** Whether it has lineno, col_offset, end_lineno and end_col_offset. */
  readonly attributes: boolean;
}

function row(base: string, signature: string, attributes = true): NodeRow {
  return { base, signature, attributes };
}

/** All nodes that are objects, in the order of the ASDL. */
export const NODE_TABLE: Readonly<Record<string, NodeRow>> = {
  Module: row("mod", "stmt* body, type_ignore* type_ignores", false),
  Interactive: row("mod", "stmt* body", false),
  Expression: row("mod", "expr body", false),
  FunctionType: row("mod", "expr* argtypes, expr returns", false),
  FunctionDef: row(
    "stmt",
    "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params",
  ),
  AsyncFunctionDef: row(
    "stmt",
    "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params",
  ),
  ClassDef: row(
    "stmt",
    "identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params",
  ),
  Return: row("stmt", "expr? value"),
  Delete: row("stmt", "expr* targets"),
  Assign: row("stmt", "expr* targets, expr value, string? type_comment"),
  TypeAlias: row("stmt", "expr name, type_param* type_params, expr value"),
  AugAssign: row("stmt", "expr target, operator op, expr value"),
  AnnAssign: row(
    "stmt",
    "expr target, expr annotation, expr? value, int simple",
  ),
  For: row(
    "stmt",
    "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment",
  ),
  AsyncFor: row(
    "stmt",
    "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment",
  ),
  While: row("stmt", "expr test, stmt* body, stmt* orelse"),
  If: row("stmt", "expr test, stmt* body, stmt* orelse"),
  With: row("stmt", "withitem* items, stmt* body, string? type_comment"),
  AsyncWith: row("stmt", "withitem* items, stmt* body, string? type_comment"),
  Match: row("stmt", "expr subject, match_case* cases"),
  Raise: row("stmt", "expr? exc, expr? cause"),
  Try: row(
    "stmt",
    "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody",
  ),
  TryStar: row(
    "stmt",
    "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody",
  ),
  Assert: row("stmt", "expr test, expr? msg"),
  Import: row("stmt", "alias* names"),
  ImportFrom: row("stmt", "identifier? module, alias* names, int? level"),
  Global: row("stmt", "identifier* names"),
  Nonlocal: row("stmt", "identifier* names"),
  Expr: row("stmt", "expr value"),
  Pass: row("stmt", ""),
  Break: row("stmt", ""),
  Continue: row("stmt", ""),
  BoolOp: row("expr", "boolop op, expr* values"),
  NamedExpr: row("expr", "expr target, expr value"),
  BinOp: row("expr", "expr left, operator op, expr right"),
  UnaryOp: row("expr", "unaryop op, expr operand"),
  Lambda: row("expr", "arguments args, expr body"),
  IfExp: row("expr", "expr test, expr body, expr orelse"),
  Dict: row("expr", "expr?* keys, expr* values"),
  Set: row("expr", "expr* elts"),
  ListComp: row("expr", "expr elt, comprehension* generators"),
  SetComp: row("expr", "expr elt, comprehension* generators"),
  DictComp: row("expr", "expr key, expr value, comprehension* generators"),
  GeneratorExp: row("expr", "expr elt, comprehension* generators"),
  Await: row("expr", "expr value"),
  Yield: row("expr", "expr? value"),
  YieldFrom: row("expr", "expr value"),
  Compare: row("expr", "expr left, cmpop* ops, expr* comparators"),
  Call: row("expr", "expr func, expr* args, keyword* keywords"),
  FormattedValue: row("expr", "expr value, int conversion, expr? format_spec"),
  Interpolation: row(
    "expr",
    "expr value, constant str, int conversion, expr? format_spec",
  ),
  JoinedStr: row("expr", "expr* values"),
  TemplateStr: row("expr", "expr* values"),
  Constant: row("expr", "constant value, string? kind"),
  Attribute: row("expr", "expr value, identifier attr, expr_context ctx"),
  Subscript: row("expr", "expr value, expr slice, expr_context ctx"),
  Starred: row("expr", "expr value, expr_context ctx"),
  Name: row("expr", "identifier id, expr_context ctx"),
  List: row("expr", "expr* elts, expr_context ctx"),
  Tuple: row("expr", "expr* elts, expr_context ctx"),
  Slice: row("expr", "expr? lower, expr? upper, expr? step"),
  comprehension: row(
    "",
    "expr target, expr iter, expr* ifs, int is_async",
    false,
  ),
  ExceptHandler: row(
    "excepthandler",
    "expr? type, identifier? name, stmt* body",
  ),
  arguments: row(
    "",
    "arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults",
    false,
  ),
  arg: row("", "identifier arg, expr? annotation, string? type_comment"),
  keyword: row("", "identifier? arg, expr value"),
  alias: row("", "identifier name, identifier? asname"),
  withitem: row("", "expr context_expr, expr? optional_vars", false),
  match_case: row("", "pattern pattern, expr? guard, stmt* body", false),
  MatchValue: row("pattern", "expr value"),
  MatchSingleton: row("pattern", "constant value"),
  MatchSequence: row("pattern", "pattern* patterns"),
  MatchMapping: row(
    "pattern",
    "expr* keys, pattern* patterns, identifier? rest",
  ),
  MatchClass: row(
    "pattern",
    "expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns",
  ),
  MatchStar: row("pattern", "identifier? name"),
  MatchAs: row("pattern", "pattern? pattern, identifier? name"),
  MatchOr: row("pattern", "pattern* patterns"),
  TypeIgnore: row("type_ignore", "int lineno, string tag", false),
  TypeVar: row(
    "type_param",
    "identifier name, expr? bound, expr? default_value",
  ),
  ParamSpec: row("type_param", "identifier name, expr? default_value"),
  TypeVarTuple: row("type_param", "identifier name, expr? default_value"),
};

/** The sum types whose members carry nothing and are string literals here. */
export const LITERAL_SUMS: Readonly<Record<string, readonly string[]>> = {
  expr_context: ["Load", "Store", "Del"],
  boolop: ["And", "Or"],
  operator: [
    "Add",
    "Sub",
    "Mult",
    "MatMult",
    "Div",
    "Mod",
    "Pow",
    "LShift",
    "RShift",
    "BitOr",
    "BitXor",
    "BitAnd",
    "FloorDiv",
  ],
  unaryop: ["Invert", "Not", "UAdd", "USub"],
  cmpop: [
    "Eq",
    "NotEq",
    "Lt",
    "LtE",
    "Gt",
    "GtE",
    "Is",
    "IsNot",
    "In",
    "NotIn",
  ],
};

/** The sum types that have lineno, col_offset, end_lineno and end_col_offset. */
export const LOCATED_SUMS: readonly string[] = [
  "stmt",
  "expr",
  "excepthandler",
  "pattern",
  "type_param",
];

let fieldCache: Map<string, readonly FieldInfo[]> | undefined;

/** The fields of the node called `kind`, in order. */
export function nodeFields(kind: string): readonly FieldInfo[] {
  fieldCache ??= new Map();
  let fields = fieldCache.get(kind);
  if (fields === undefined) {
    const signature = NODE_TABLE[kind].signature;
    fields = signature === "" ? [] : signature.split(", ").map((text) => {
      const space = text.indexOf(" ");
      let end = 0;
      while (end < space && text[end] !== "?" && text[end] !== "*") end++;
      const name = text.slice(space + 1);
      return {
        name,
        key: kind === "Constant" && name === "kind" ? "constKind" : name,
        type: text.slice(0, end),
        quantifier: text.slice(end, space) as Quantifier,
      };
    });
    fieldCache.set(kind, fields);
  }
  return fields;
}
