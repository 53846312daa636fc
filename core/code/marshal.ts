// CPython 3.14: Python/marshal.c
//
// Reading and writing values in marshal's binary format, versions 0 to 5.
//
// From version 3 on an object that occurs again is written as a reference to
// its first occurrence, which carries a flag and so has a number. CPython flags
// every object that has a second owner at the time of writing. Owners are not
// counted here: a first pass counts occurrences, and what CPython always shares
// (small ints, interned strs, empty tuples) is flagged as well. Ints and strs
// are the same object if they are equal, constants inside code if they have the
// same key. A str counts as interned if it names something in a code object or
// looks like an identifier.
//
// What needs the object model (dicts, sets, buffers, exceptions) goes through
// a MarshalHost; marshal_host.ts is the real one.

import type { Value } from "../objects/object.ts";

export { dumps } from "./marshal_write.ts";
export { BytesSource, load, loads, type MarshalSource } from "./marshal_read.ts";

/** The version that is written unless another one is asked for. */
export const MARSHAL_VERSION = 5;

/** Deepest nesting. */
export const MAX_DEPTH = 2000;
/** In a type byte: the object is numbered. */
export const FLAG_REF = 0x80;

/** What marshal needs of the object model. */
export interface MarshalHost {
  /** An exception to throw. */
  error(
    type: "ValueError" | "EOFError" | "TypeError" | "SystemError",
    message: string,
  ): unknown;
  /** UnicodeDecodeError. */
  decodeError(
    bytes: Uint8Array,
    start: number,
    end: number,
    reason: string,
  ): unknown;
  /** The StopIteration type (it has a type code of its own). */
  readonly stopIteration: Value;
  newDict(): Value;
  dictSet(dict: Value, key: Value, value: Value): void;
  /** Keys and values of an exact dict in order; undefined for anything else. */
  dictEntries(v: Value): Iterable<[Value, Value]> | undefined;
  newSet(frozen: boolean): Value;
  setAdd(set: Value, item: Value): void;
  /** Kind and elements of an exact set or frozenset; undefined for anything else. */
  setEntries(
    v: Value,
  ): { frozen: boolean; items: readonly Value[] } | undefined;
  /** The bytes of an object with a buffer. */
  buffer(v: Value): Uint8Array | undefined;
  /** Code that is read loses the columns of its location table. */
  readonly noColumns?: boolean;
  /** Code that is read needs no verifying before it is run. */
  readonly trusted?: boolean;
}

/** Options of dumps. */
export interface DumpOptions {
  version?: number;
  allowCode?: boolean;
}
