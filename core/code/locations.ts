// CPython 3.14: Objects/codeobject.c (location table), Python/ceval.c (exception table)
//
// Readers of the two compressed tables of a code object.
//
// Location table: entries start with a byte 1 cccc lll; `c` is the form, `l`
// the number of code units less one. Forms 0-9 are short (one more byte:
// columns on the same line), 10-12 one line ahead by 0-2 (two bytes of columns),
// 13 a line without columns, 14 everything as varints, 15 no location.
// Varints have 6 bits a byte, least significant first, 0x40 for "more".
//
// Exception table: four varints an entry (start, length, target, depth and
// lasti), most significant first; 0x80 marks the first byte of an entry.
//
// Offsets here are in code units (as everywhere inside gopy).

/** One run of code units with the same location; lines and columns are null where absent. */
export interface Position {
  start: number;
  end: number;
  lineno: number | null;
  endLineno: number | null;
  col: number | null;
  endCol: number | null;
}

/** One row of the exception table. */
export interface ExceptionEntry {
  start: number;
  end: number;
  target: number;
  depth: number;
  lasti: boolean;
}

/** A table that ends in the middle of an entry, or has a byte out of place. */
export class TableError extends Error {}

class VarintReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    if (this.at >= this.bytes.length) {
      throw new TableError("table ends in the middle of an entry");
    }
    return this.bytes[this.at++];
  }

  varint(): number {
    let b = this.byte();
    let value = b & 0x3f;
    for (let shift = 6; b & 0x40; shift += 6) {
      if (shift > 30) throw new TableError("number too large");
      b = this.byte();
      value |= (b & 0x3f) << shift;
    }
    return value >>> 0;
  }

  signed(): number {
    const v = this.varint();
    return v & 1 ? -(v >>> 1) : v >>> 1;
  }
}

/** The entries of a location table. */
export function parseLocations(
  linetable: Uint8Array,
  firstlineno: number,
): Position[] {
  const out: Position[] = [];
  const r = new VarintReader(linetable);
  let line = firstlineno;
  let start = 0;
  while (r.at < linetable.length) {
    const first = r.byte();
    if ((first & 0x80) === 0) {
      throw new TableError("entry of the location table does not start here");
    }
    const code = (first >> 3) & 15;
    const end = start + (first & 7) + 1;
    let lineno: number | null = null, endLineno: number | null = null;
    let col: number | null = null, endCol: number | null = null;
    if (code === 15) {
      // nothing known
    } else if (code === 14) {
      line += r.signed();
      lineno = line;
      endLineno = line + r.varint();
      col = r.varint() - 1;
      endCol = r.varint() - 1;
    } else if (code === 13) {
      line += r.signed();
      lineno = endLineno = line;
    } else if (code >= 10) {
      line += code - 10;
      lineno = endLineno = line;
      col = r.byte();
      endCol = r.byte();
    } else {
      const second = r.byte();
      lineno = endLineno = line;
      col = code << 3 | second >> 4;
      endCol = col + (second & 15);
    }
    if (col !== null && col < 0) col = null;
    if (endCol !== null && endCol < 0) endCol = null;
    out.push({ start, end, lineno, endLineno, col, endCol });
    start = end;
  }
  return out;
}

/** `co_lines()`: runs of the same line as `[start, end, line]`, in code units. */
export function coLines(
  linetable: Uint8Array,
  firstlineno: number,
): [start: number, end: number, line: number | null][] {
  const out: [number, number, number | null][] = [];
  for (const { start, end, lineno } of parseLocations(linetable, firstlineno)) {
    const last = out[out.length - 1];
    if (last !== undefined && last[2] === lineno) last[1] = end;
    else out.push([start, end, lineno]);
  }
  return out;
}

/** `co_positions()`: one row a code unit. */
export function coPositions(
  linetable: Uint8Array,
  firstlineno: number,
): [
  lineno: number | null,
  endLineno: number | null,
  col: number | null,
  endCol: number | null,
][] {
  const out: [number | null, number | null, number | null, number | null][] = [];
  for (const p of parseLocations(linetable, firstlineno)) {
    for (let i = p.start; i < p.end; i++) {
      out.push([p.lineno, p.endLineno, p.col, p.endCol]);
    }
  }
  return out;
}

/** The line of each code unit (-1: none), for frames and tracing. */
export function lineTable(
  linetable: Uint8Array,
  firstlineno: number,
  units: number,
): Int32Array {
  const lines = new Int32Array(units).fill(-1);
  for (const p of parseLocations(linetable, firstlineno)) {
    if (p.lineno !== null) lines.fill(p.lineno, p.start, p.end);
  }
  return lines;
}

/** The line of one code unit (PyCode_Addr2Line), or null. */
export function lineAt(
  linetable: Uint8Array,
  firstlineno: number,
  unit: number,
): number | null {
  for (const p of parseLocations(linetable, firstlineno)) {
    if (unit < p.end) return p.lineno;
  }
  return null;
}

/** The rows of an exception table. */
export function parseExceptionTable(table: Uint8Array): ExceptionEntry[] {
  const out: ExceptionEntry[] = [];
  let at = 0;
  const item = (first: boolean): number => {
    let value = 0;
    for (let lead = first;; lead = false) {
      if (at >= table.length) {
        throw new TableError("table ends in the middle of an entry");
      }
      const b = table[at++];
      if (((b & 0x80) !== 0) !== lead) {
        throw new TableError("entry of the exception table out of place");
      }
      if (value > 0xffffff) throw new TableError("number too large");
      value = value * 64 + (b & 0x3f);
      if ((b & 0x40) === 0) return value;
    }
  };
  while (at < table.length) {
    const start = item(true);
    const length = item(false);
    const target = item(false);
    const depthLasti = item(false);
    out.push({
      start,
      end: start + length,
      target,
      depth: depthLasti >> 1,
      lasti: (depthLasti & 1) === 1,
    });
  }
  return out;
}
