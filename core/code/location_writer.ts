// CPython 3.14: Python/assemble.c, Objects/codeobject.c (writing location tables)
//
// An entry covers up to eight code units and takes the shortest form that holds its source range.

import { ByteWriter } from "./bytewriter.ts";
import { parseLocations, TableError } from "./locations.ts";

/** A source range; -1 is what is not known. */
interface Loc {
  readonly lineno: number;
  readonly end_lineno: number;
  readonly col_offset: number;
  readonly end_col_offset: number;
}

const LONG = 14;
const NO_COLUMNS = 13;
const ONE_LINE0 = 10;
const NONE = 15;

/** Writes the entries of co_linetable. */
export class LocationWriter {
  readonly out: ByteWriter = new ByteWriter();
  #line: number;
  readonly #noColumns: boolean;

  constructor(firstlineno: number, noColumns = false) {
    this.#line = firstlineno;
    this.#noColumns = noColumns;
  }

  /** `size` code units that come from `loc`. */
  add(loc: Loc, size: number): void {
    for (; size > 8; size -= 8) this.#entry(loc, 8);
    if (size > 0) this.#entry(loc, size);
  }

  #entry(loc: Loc, size: number): void {
    const { lineno, end_lineno, col_offset, end_col_offset } = loc;
    if (lineno < 0) {
      this.#first(NONE, size);
      return;
    }
    const delta = lineno - this.#line;
    if (this.#noColumns || col_offset < 0 || end_col_offset < 0) {
      if (this.#noColumns || end_lineno === lineno || end_lineno < 0) {
        this.#first(NO_COLUMNS, size);
        this.#signed(delta);
        this.#line = lineno;
        return;
      }
    } else if (end_lineno === lineno) {
      const width = end_col_offset - col_offset;
      if (delta === 0 && col_offset < 80 && width < 16 && width >= 0) {
        this.#first(col_offset >> 3, size);
        this.out.u8(((col_offset & 7) << 4) | width);
        return;
      }
      if (
        delta >= 0 && delta < 3 && col_offset < 128 && end_col_offset < 128
      ) {
        this.#first(ONE_LINE0 + delta, size);
        this.out.u8(col_offset);
        this.out.u8(end_col_offset);
        this.#line = lineno;
        return;
      }
    }
    this.#first(LONG, size);
    this.#signed(delta);
    this.#varint(end_lineno - lineno);
    this.#varint(col_offset + 1);
    this.#varint(end_col_offset + 1);
    this.#line = lineno;
  }

  #first(code: number, size: number): void {
    this.out.u8(0x80 | (code << 3) | (size - 1));
  }

  #varint(v: number): void {
    while (v >= 64) {
      this.out.u8(0x40 | (v & 0x3f));
      v >>>= 6;
    }
    this.out.u8(v);
  }

  #signed(v: number): void {
    this.#varint(v < 0 ? ((-v << 1) | 1) >>> 0 : v << 1);
  }
}

/** The same, and a table that can't be read as it is: the verifier will say so. */
export function withoutColumns(linetable: Uint8Array, firstlineno: number): Uint8Array {
  try {
    return removeColumns(linetable, firstlineno);
  } catch (e) {
    if (e instanceof TableError) return linetable;
    throw e;
  }
}

/** The table with lines only (`-X no_debug_ranges`), its entries of the same sizes. */
function removeColumns(linetable: Uint8Array, firstlineno: number): Uint8Array {
  const writer = new LocationWriter(firstlineno, true);
  for (const { start, end, lineno } of parseLocations(linetable, firstlineno)) {
    const line = lineno ?? -1;
    writer.add({ lineno: line, end_lineno: line, col_offset: -1, end_col_offset: -1 }, end - start);
  }
  return writer.out.finish();
}
