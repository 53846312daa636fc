// CPython 3.14: Modules/_ctypes/ctypes.h (CDataObject's memory)
//
// The address space of ctypes. Memory is made of blocks, each an array of bytes of its own. A block
// gets an address when somebody asks for one: a made-up number, nothing of the host. An address
// leads to the block whose range it is in, for as long as something holds the block; any other
// address leads nowhere, and reading or writing there is a ValueError.

import { type Int, PyObject, type Value } from "../core/objects/object.ts";
import { valueError } from "../core/objects/errors.ts";
import { claim, interpStore } from "../core/objects/state.ts";
import { idOf } from "../core/objects/identity.ts";
import { memoryError } from "../core/objects/errors.ts";

/** What stands at the address of a function. */
export interface Code {
  /**
   * Calls it. Results are left in `result`; a Python object that is the result may be returned.
   * @param args where the arguments are
   */
  call(args: readonly Place[], result: Block): Value | undefined;
}

const FIRST = 0x600000000000;
const MOST = 2 ** 31;

/** A piece of memory. */
export class Block {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Its address; 0 while nobody has asked. */
  base: Int = 0;
  code: Code | undefined = undefined;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  /** ValueError unless `n` bytes at `off` are in the block. */
  check(off: number, n: number): void {
    if (off < 0 || n < 0 || off + n > this.bytes.length) {
      throw valueError(`no memory of ${n} byte${n === 1 ? "" : "s"} at address ${hex(addressAt(this, off))}`);
    }
  }
  /** The bytes themselves. */
  part(off: number, n: number): Uint8Array {
    this.check(off, n);
    return this.bytes.subarray(off, off + n);
  }
  put(off: number, from: Uint8Array): void {
    this.check(off, from.length);
    this.bytes.set(from, off);
  }
}

/** A block and an offset in it. */
export interface Place {
  block: Block;
  off: number;
}

function hex(a: Int): string {
  return "0x" + a.toString(16);
}

/** New memory, zeroed. */
export function allocate(n: number): Block {
  if (n > MOST) throw memoryError();
  claim(n);
  return new Block(new Uint8Array(n));
}

const lent = new WeakMap<Uint8Array, Block>();
/** The block of memory that another object owns, the same one each time. */
export function blockOf(bytes: Uint8Array): Block {
  let b = lent.get(bytes);
  if (b === undefined) lent.set(bytes, b = new Block(bytes));
  return b;
}

interface Range {
  base: number;
  end: number;
  ref: WeakRef<Block>;
}
/** The blocks that have an address, in the order of their addresses. */
class Space {
  ranges: Range[] = [];
  next = FIRST;
  sweepAt = 1024;
  /** What `py_object` points to, by id. */
  objects: Map<Int, WeakRef<PyObject> | Value> = new Map();
  objectsSweepAt = 1024;
}
const KEY = {};
function space(): Space {
  return interpStore(KEY, () => new Space());
}

/** The address of a place in a block. */
export function addressAt(block: Block, off: number): Int {
  if (block.base === 0) {
    const s = space();
    if (s.ranges.length >= s.sweepAt) {
      s.ranges = s.ranges.filter((r) => r.ref.deref() !== undefined);
      s.sweepAt = 2 * s.ranges.length + 1024;
    }
    const base = s.next, end = base + block.bytes.length;
    block.base = base;
    s.next = Math.ceil((end + 16) / 16) * 16;
    s.ranges.push({ base, end, ref: new WeakRef(block) });
  }
  if (typeof block.base === "number") return block.base + off;
  const a = BigInt.asUintN(64, block.base + BigInt(off));
  return a <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(a) : a;
}

/** Where an address leads; one that is not known leads to an empty block. */
export function placeAt(address: Int): Place {
  if (typeof address === "number") {
    const ranges = space().ranges;
    let lo = 0, hi = ranges.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (ranges[mid].base <= address) lo = mid + 1;
      else hi = mid;
    }
    const r = ranges[lo - 1];
    if (r !== undefined && address <= r.end) {
      const block = r.ref.deref();
      if (block !== undefined) return { block, off: address - r.base };
    }
  }
  const block = new Block(new Uint8Array(0));
  block.base = address;
  return { block, off: 0 };
}

/** The address that is stored at a place. */
export function getPointer(p: Place): Int {
  p.block.check(p.off, 8);
  const lo = p.block.view.getUint32(p.off, true), hi = p.block.view.getUint32(p.off + 4, true);
  return hi < 0x200000 ? hi * 0x100000000 + lo : p.block.view.getBigUint64(p.off, true);
}
/** Stores an address (its low 64 bits). */
export function setPointer(p: Place, address: Int): void {
  p.block.check(p.off, 8);
  p.block.view.setBigUint64(p.off, BigInt.asUintN(64, BigInt(address)), true);
}

/** Number of bytes or wide characters up to a null. */
export function lengthTo0(p: Place, width: 1 | 4): number {
  const { block, off } = p;
  if (width === 1) {
    const end = off < 0 ? -1 : block.bytes.indexOf(0, off);
    if (end < 0) block.check(off, block.bytes.length - off + 1);
    return end - off;
  }
  for (let n = 0;; n++) {
    block.check(off + 4 * n, 4);
    if (block.view.getUint32(off + 4 * n, true) === 0) return n;
  }
}

/** The address of an object, which `objectAt` finds again while the object lives. */
export function objectAddress(v: Value): Int {
  const id = idOf(v), s = space();
  if (!s.objects.has(id)) {
    if (s.objects.size >= s.objectsSweepAt) {
      for (const [k, r] of s.objects) if (r instanceof WeakRef && r.deref() === undefined) s.objects.delete(k);
      s.objectsSweepAt = 2 * s.objects.size + 1024;
    }
    s.objects.set(id, typeof v === "object" ? new WeakRef(v) : v);
  }
  return id;
}
/** The object of an address that `objectAddress` gave; ValueError for any other. */
export function objectAt(address: Int): Value {
  const r = space().objects.get(address);
  const v = r instanceof WeakRef ? r.deref() : r;
  if (v === undefined) throw valueError(`no object at address ${hex(address)}`);
  return v;
}

/** Gives a function an address. */
export function codeBlock(code: Code): Block {
  const b = new Block(new Uint8Array(0));
  b.code = code;
  return b;
}
