// CPython 3.14: Modules/mmapmodule.c
//
// Maps of files. The host can't put a file into memory, so a map is a private copy of its part of
// the file, and what is written goes back to the file at flush, resize and close, before a child
// starts and at the program's end (the table of streams that hold unwritten data, io_registry.ts).
// `from` and `to` bound what was changed; while a writable buffer is lent, all counts as changed.
// A big map that can only be read is not copied: what is asked for is read from the file, until
// somebody borrows the whole of it.

import {
  type BufferView,
  builtinType,
  type KwNames,
  M_UNPACK,
  None,
  PyBytes,
  PyObject,
  PySlice,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { asIndex, asInt32, asSsize, hasIndex, isTrue } from "../core/objects/abstract.ts";
import { bufferError, indexError, memoryError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { getBuffer, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { newArray } from "../core/objects/bytes_methods.ts";
import { findBytes, rfindBytes } from "../core/objects/bytes_search.ts";
import { subscript } from "../core/objects/list.ts";
import { reclaimViews } from "../core/objects/memoryview.ts";
import { sliceAdjust, sliceUnpack } from "../core/objects/slice.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { HostError, S } from "../vm/host.ts";
import { parseKeywords } from "./getargs.ts";
import { dirtyStreams } from "./io_registry.ts";
import { guestFiles } from "./libmount.ts";
import { fromErrno, hostCall } from "./os_error.ts";

const EPERM = 1, EBADF = 9, EACCES = 13, ENODEV = 19, EINVAL = 22;
const PAGE = 4096;
const SHARED = 1, PRIVATE = 2, ANONYMOUS = 32;
const READ = 1, WRITE = 2;
const ACCESS = ["ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"];
const A_DEFAULT = 0, A_READ = 1, A_WRITE = 2, A_COPY = 3;
/** From this size on a map that can only be read is read piece by piece. */
const BIG = 1 << 25;
/** What JavaScript can hold in one array here. */
const MOST = 2 ** 32;

const MADVICE: Readonly<Record<string, number>> = {
  MADV_NORMAL: 0,
  MADV_RANDOM: 1,
  MADV_SEQUENTIAL: 2,
  MADV_WILLNEED: 3,
  MADV_DONTNEED: 4,
  MADV_FREE: 8,
  MADV_REMOVE: 9,
  MADV_DONTFORK: 10,
  MADV_DOFORK: 11,
  MADV_MERGEABLE: 12,
  MADV_UNMERGEABLE: 13,
  MADV_HUGEPAGE: 14,
  MADV_NOHUGEPAGE: 15,
  MADV_DONTDUMP: 16,
  MADV_DODUMP: 17,
  MADV_HWPOISON: 100,
};

const mmapType: PyType = builtinType("mmap.mmap");
mmapType.hasWeakref = true;
mmapType.flags |= TF_FROM_SPEC | TF_IMMUTABLE;

class PyMmap extends PyObject {
  /** The memory; undefined while it was not read. */
  #data: Uint8Array | undefined;
  closed = false;
  pos = 0;
  exports = 0;
  /** The writable buffers among those lent. */
  writers = 0;
  #from = Infinity;
  #to = 0;

  constructor(
    cls: PyType,
    /** A descriptor of its own, or -1. */
    readonly fd: number,
    readonly tracked: boolean,
    public size: number,
    readonly offset: number,
    readonly flags: number,
    readonly access: number,
  ) {
    super(cls);
    if (fd < 0) this.#data = room(size);
    else if (access !== A_READ || size < BIG) this.load();
  }

  check(): void {
    if (this.closed) throw valueError("mmap closed or invalid");
  }
  checkWritable(): void {
    if (this.access === A_READ) throw typeError("mmap can't modify a readonly memory map.");
  }
  load(): Uint8Array {
    return this.#data ??= this.#read(0, this.size);
  }
  /** The bytes of a part. They may be the map's own: who keeps them copies them. */
  part(start: number, end: number): Uint8Array {
    return this.#data?.subarray(start, end) ?? this.#read(start, end - start);
  }
  #read(start: number, n: number): Uint8Array {
    const out = room(n), files = guestFiles();
    hostCall(() => {
      for (let at = 0; at < n;) {
        const got = files.pread(this.fd, out.subarray(at), this.offset + start + at);
        if (got === 0) break;
        at += got;
      }
    });
    return out;
  }

  /** Notes that a part was changed. */
  changed(start: number, end: number): void {
    if (start >= end || this.fd < 0 || (this.flags & SHARED) === 0) return;
    this.#from = Math.min(this.#from, start);
    this.#to = Math.max(this.#to, end);
    dirtyStreams().add(this);
  }
  put(at: number, bytes: Uint8Array): void {
    this.load().set(bytes, at);
    this.changed(at, at + bytes.length);
  }
  /** Writes what was changed to the file. */
  store(): void {
    if (this.writers > 0) this.changed(0, this.size);
    else dirtyStreams().delete(this);
    const from = this.#from, to = this.#to, data = this.#data;
    this.#from = Infinity;
    this.#to = 0;
    if (data === undefined || from >= to) return;
    hostCall(() => {
      const files = guestFiles();
      // a map's memory past the end of its file does not lie in the file
      const end = Math.min(to, files.fstat(this.fd).size - this.offset);
      for (let at = from; at < end;) at += files.pwrite(this.fd, data.subarray(at, end), this.offset + at);
    });
  }

  lend(flags: number): BufferView {
    this.check();
    const readonly = this.access === A_READ;
    if (readonly && (flags & 1) !== 0) throw bufferError("Object is not writable.");
    this.exports++;
    if (!readonly) {
      this.writers++;
      this.changed(0, this.size);
    }
    return {
      obj: this,
      data: this.load(),
      offset: 0,
      len: this.size,
      itemsize: 1,
      format: "B",
      ndim: 1,
      shape: [this.size],
      strides: [1],
      readonly,
    };
  }
  giveBack(): void {
    this.exports--;
    if (this.access !== A_READ) this.writers--;
  }
  isLent(): boolean {
    if (this.exports > 0) reclaimViews(this);
    return this.exports > 0;
  }

  resize(size: number): void {
    this.store();
    if (this.fd >= 0) hostCall(() => guestFiles().ftruncate(this.fd, this.offset + size));
    if (size === 0) throw fromErrno(EINVAL);
    if (size < this.size) this.#data = this.load().slice(0, size);
    else {
      const data = room(size);
      data.set(this.load());
      this.#data = data;
    }
    this.size = size;
  }
  close(): void {
    if (this.isLent()) throw bufferError("cannot close exported pointers exist");
    if (this.closed) return;
    try {
      this.store();
    } finally {
      this.closed = true;
      this.#data = undefined;
      if (this.fd >= 0) hostCall(() => guestFiles().close(this.fd));
    }
  }
  /** Forgets what a private map was changed to. */
  forget(start: number, n: number): void {
    if ((this.flags & PRIVATE) === 0) return;
    this.load().set(this.fd < 0 ? new Uint8Array(n) : this.#read(start, n), start);
  }
}
function room(n: number): Uint8Array {
  if (n > MOST) throw memoryError();
  return newArray(n);
}

/** May the descriptor be used so? Asked with calls that move nothing. */
function may(what: (nothing: Uint8Array) => void): boolean {
  try {
    what(new Uint8Array(0));
    return true;
  } catch (e) {
    if (e instanceof HostError) return false;
    throw e;
  }
}

const NAMES = ["fileno", "length", "flags", "prot", "access", "offset", "trackfd"];

function mmapNew(cls: PyType, args: Value[], kw?: KwNames): Value {
  const a = parseKeywords(args, kw, NAMES, 2);
  const fd = asInt32(a[0]!);
  let length = asSize(a[1]!);
  let flags = a[2] === undefined ? SHARED : asInt32(a[2]);
  let prot = a[3] === undefined ? READ | WRITE : asInt32(a[3]);
  let access = a[4] === undefined ? A_DEFAULT : asInt32(a[4]);
  const offset = a[5] === undefined ? 0 : asSize(a[5]);
  const track = a[6] === undefined || isTrue(a[6]);
  if (length < 0) throw overflowError("memory mapped length must be positive");
  if (offset < 0) throw overflowError("memory mapped offset must be positive");
  if (access !== A_DEFAULT && (flags !== SHARED || prot !== (READ | WRITE))) {
    throw valueError("mmap can't specify both access and flags, prot.");
  }
  if (access === A_READ) prot = READ;
  else if (access === A_COPY) flags = PRIVATE;
  else if (access === A_DEFAULT) {
    if ((prot & WRITE) === 0) access = A_READ;
    else if ((prot & READ) === 0) access = A_WRITE;
  } else if (access !== A_WRITE) throw valueError("mmap invalid access parameter.");

  const files = guestFiles();
  let kind: number = S.IFREG;
  if (fd !== -1) {
    const st = hostCall(() => files.fstat(fd));
    kind = st.mode & S.IFMT;
    if (kind === S.IFREG) {
      if (length === 0) {
        if (st.size === 0) throw valueError("cannot mmap an empty file");
        if (offset >= st.size) throw valueError("mmap offset is greater than file size");
        length = st.size - offset;
      } else if (offset > st.size || st.size - offset < length) {
        throw valueError("mmap length is greater than file size");
      }
    }
  } else flags |= ANONYMOUS;
  if (length === 0 || offset % PAGE !== 0 || (flags & 3) === 0) throw fromErrno(EINVAL);
  if (fd === -1) return new PyMmap(cls, -1, track, length, offset, flags, access);

  const writes = (flags & SHARED) !== 0 && (prot & WRITE) !== 0;
  if (
    !may((b) => files.pread(fd, b, 0)) || writes && !may((b) => files.pwrite(fd, b, 0))
  ) throw fromErrno(EACCES);
  if (kind !== S.IFREG) throw fromErrno(ENODEV);
  return new PyMmap(cls, hostCall(() => files.dup(fd)), track, length, offset, flags, access);
}
/** A size as a number: ssize_t, of which beyond 2**53 nothing can be had. */
function asSize(v: Value): number {
  const n = asSsize(v);
  return typeof n === "bigint" ? (n < 0n ? -1 : Number.MAX_SAFE_INTEGER) : n;
}

function getItem(self: Value, k: Value): Value {
  const m = self as PyMmap;
  m.check();
  if (hasIndex(k)) {
    const i = itemAt(m, subscript(k));
    return m.part(i, i + 1)[0];
  }
  if (!(k instanceof PySlice)) throw typeError("mmap indices must be integers");
  const u = sliceUnpack(k);
  m.check();
  const n = sliceAdjust(u, m.size);
  if (n === 0) return new PyBytes(new Uint8Array(0));
  if (u.step === 1) return new PyBytes(m.part(u.start, u.start + n).slice());
  const out = newArray(n), last = u.start + (n - 1) * u.step, low = Math.min(u.start, last);
  const b = m.part(low, Math.max(u.start, last) + 1);
  for (let i = 0, at = u.start - low; i < n; i++, at += u.step) out[i] = b[at];
  return new PyBytes(out);
}
function itemAt(m: PyMmap, i: number): number {
  m.check();
  if (i < 0) i += m.size;
  if (i < 0 || i >= m.size) throw indexError("mmap index out of range");
  return i;
}

function setItem(self: Value, k: Value, v: Value | undefined): void {
  const m = self as PyMmap;
  m.check();
  m.checkWritable();
  if (hasIndex(k)) {
    const i = itemAt(m, subscript(k));
    if (v === undefined) throw typeError("mmap doesn't support item deletion");
    if (!hasIndex(v)) throw typeError("mmap item value must be an int");
    const c = asIndex(v);
    if (typeof c === "bigint" && BigInt.asIntN(64, c) !== c) {
      throw typeError(`cannot fit '${typeName(v)}' into an index-sized integer`);
    }
    if (c < 0 || c > 255) throw valueError("mmap item value must be in range(0, 256)");
    // __index__ may have closed the map or made it smaller
    m.check();
    if (i >= m.size) throw indexError("mmap index out of range");
    m.load()[i] = Number(c);
    m.changed(i, i + 1);
    return;
  }
  if (!(k instanceof PySlice)) throw typeError("mmap indices must be integer");
  const u = sliceUnpack(k);
  m.check();
  if (v === undefined) throw typeError("mmap object doesn't support slice deletion");
  const view = getBuffer(v);
  try {
    m.check();
    const n = sliceAdjust(u, m.size), from = viewBytes(view);
    if (from.length !== n) throw indexError("mmap slice assignment is wrong size");
    if (n === 0) return;
    if (u.step === 1) return m.put(u.start, from);
    const b = m.load(), last = u.start + (n - 1) * u.step;
    // the value may be a part of the map itself
    const values = from.slice();
    for (let i = 0, at = u.start; i < n; i++, at += u.step) b[at] = values[i];
    m.changed(Math.min(u.start, last), Math.max(u.start, last) + 1);
  } finally {
    releaseBuffer(view);
  }
}

function find(backwards: boolean) {
  return (m: PyMmap, what: Value, start: Value = None, end: Value = None): Value => {
    m.check();
    const view = getBuffer(what);
    try {
      const from = start === None ? m.pos : asSize(start), to = end === None ? m.size : asSize(end);
      m.check();
      const clip = (i: number) => Math.min(i < 0 ? Math.max(0, i + m.size) : i, m.size);
      const low = clip(from), high = clip(to);
      if (high < low) return -1;
      const hay = m.part(low, high), at = (backwards ? rfindBytes : findBytes)(hay, viewBytes(view), 0, hay.length);
      cur.tick(hay.length >> 4);
      return at < 0 ? -1 : low + at;
    } finally {
      releaseBuffer(view);
    }
  };
}

function read(m: PyMmap, n: Value = None): Value {
  m.check();
  if (n !== None && !hasIndex(n)) throw typeError(`argument should be integer or None, not '${typeName(n)}'`);
  const want = n === None ? -1 : asSize(n);
  m.check();
  const left = Math.max(0, m.size - m.pos), take = want < 0 || want > left ? left : want;
  const out = m.part(m.pos, m.pos + take).slice();
  m.pos += take;
  cur.tick(take >> 6);
  return new PyBytes(out);
}
function readLine(m: PyMmap): Value {
  m.check();
  const STEP = 8192;
  let end = m.pos;
  while (end < m.size) {
    const next = Math.min(m.size, end + STEP), at = m.part(end, next).indexOf(10);
    if (at >= 0) {
      end += at + 1;
      break;
    }
    end = next;
  }
  const start = Math.min(m.pos, end);
  m.pos = Math.max(m.pos, end);
  return new PyBytes(m.part(start, end).slice());
}
function write(m: PyMmap, v: Value): Value {
  m.check();
  const view = getBuffer(v);
  try {
    m.check();
    m.checkWritable();
    const b = viewBytes(view);
    if (m.pos > m.size || m.size - m.pos < b.length) throw valueError("data out of range");
    m.put(m.pos, b);
    m.pos += b.length;
    return b.length;
  } finally {
    releaseBuffer(view);
  }
}
function writeByte(m: PyMmap, v: Value): Value {
  m.check();
  const c = asIndex(v);
  if (c < 0) throw overflowError("unsigned byte integer is less than minimum");
  if (c > 255) throw overflowError("unsigned byte integer is greater than maximum");
  m.check();
  m.checkWritable();
  if (m.pos >= m.size) throw valueError("write byte out of range");
  m.load()[m.pos] = Number(c);
  m.changed(m.pos, ++m.pos);
  return None;
}

function seek(m: PyMmap, posv: Value, whencev: Value = 0): Value {
  m.check();
  const dist = asSize(posv), whence = asInt32(whencev);
  m.check();
  if (whence < 0 || whence > 2) throw valueError("unknown seek type");
  const to = dist + [0, m.pos, m.size][whence];
  if (to < 0 || to > m.size) throw valueError("seek out of range");
  return m.pos = to;
}
function move(m: PyMmap, destv: Value, srcv: Value, countv: Value): Value {
  m.check();
  const dest = asSize(destv), src = asSize(srcv), count = asSize(countv);
  m.check();
  m.checkWritable();
  if (dest < 0 || src < 0 || count < 0 || m.size - dest < count || m.size - src < count) {
    throw valueError("source, destination, or count out of range");
  }
  m.load().copyWithin(dest, src, src + count);
  m.changed(dest, dest + count);
  return None;
}
function flush(m: PyMmap, offsetv: Value = 0, sizev: Value = None): Value {
  m.check();
  const offset = asSize(offsetv), size = sizev === None ? m.size : asSize(sizev);
  if (size < 0 || offset < 0 || m.size - offset < size) throw valueError("flush values out of range");
  if (m.access === A_READ || m.access === A_COPY) return None;
  if (offset % PAGE !== 0) throw fromErrno(EINVAL);
  m.store();
  return None;
}
function resize(m: PyMmap, sizev: Value): Value {
  m.check();
  const size = asSize(sizev);
  if (m.isLent()) throw bufferError("mmap can't resize with extant buffers exported.");
  if (!m.tracked) throw valueError("mmap can't resize with trackfd=False.");
  if (m.access !== A_WRITE && m.access !== A_DEFAULT) {
    throw typeError("mmap can't resize a readonly or copy-on-write memory map.");
  }
  m.check();
  if (size < 0 || size > Number.MAX_SAFE_INTEGER - m.offset) throw valueError("new size out of range");
  if (m.fd < 0 && (m.flags & PRIVATE) === 0 && size > m.size) {
    throw valueError("mmap: can't expand a shared anonymous mapping");
  }
  m.resize(size);
  return None;
}
function madvise(m: PyMmap, optionv: Value, startv: Value = 0, lengthv: Value = None): Value {
  m.check();
  const option = asInt32(optionv), start = asSize(startv);
  let length = lengthv === None ? m.size : asSize(lengthv);
  m.check();
  if (start < 0 || start >= m.size) throw valueError("madvise start out of bounds");
  if (length < 0) throw valueError("madvise length invalid");
  if (length > Number.MAX_SAFE_INTEGER - start) throw overflowError("madvise length too large");
  length = Math.min(length, m.size - start);
  if (option === MADVICE.MADV_HWPOISON) throw fromErrno(EPERM);
  if (start % PAGE !== 0 || !Object.values(MADVICE).includes(option)) throw fromErrno(EINVAL);
  if (option === MADVICE.MADV_DONTNEED) m.forget(start, length);
  return None;
}

setSpec(mmapType, {
  doc: "mmap(fileno, length[, flags[, prot[, access[, offset[, trackfd]]]]])\n\n" +
    "Maps length bytes of the file with this descriptor, from offset on, and returns the map. Length 0 means\n" +
    "all that the file has when it is mapped. With MAP_PRIVATE changes stay in the map; with MAP_SHARED, the\n" +
    "default, they go to the file. With -1 as the descriptor the map is memory without a file.",
  slots: {
    tp_new: mmapNew,
    tp_repr: (self) => {
      const m = self as PyMmap, name = typeName(m);
      if (m.closed) return `<${name} closed=True>`;
      return `<${name} closed=False, access=${ACCESS[m.access]}, length=${m.size}, pos=${m.pos}, offset=${m.offset}>`;
    },
    sq_item: (self, i) => {
      const m = self as PyMmap;
      m.check();
      if (i < 0 || i >= m.size) throw indexError("mmap index out of range");
      return new PyBytes(m.part(i, i + 1).slice());
    },
    mp_length: (self) => {
      (self as PyMmap).check();
      return (self as PyMmap).size;
    },
    mp_subscript: getItem,
    mp_ass_subscript: setItem,
    bf_getbuffer: (self, flags) => (self as PyMmap).lend(flags),
    bf_releasebuffer: (self) => (self as PyMmap).giveBack(),
  },
  methods: {
    close: ["", "", (m: PyMmap) => {
      m.close();
      return None;
    }],
    find: ["view, start=None, end=None, /", "", find(false), M_UNPACK],
    rfind: ["view, start=None, end=None, /", "", find(true), M_UNPACK],
    flush: ["offset=0, size=None, /", "", flush, M_UNPACK],
    madvise: ["option, start=0, length=None, /", "", madvise, M_UNPACK],
    move: ["dest, src, count, /", "", move, M_UNPACK],
    read: ["n=None, /", "", read, M_UNPACK],
    read_byte: ["", "", (m: PyMmap) => {
      m.check();
      if (m.pos >= m.size) throw valueError("read byte out of range");
      return m.part(m.pos, ++m.pos)[0];
    }],
    readline: ["", "", readLine],
    resize: ["newsize, /", "", resize],
    seek: ["pos, whence=0, /", "", seek, M_UNPACK],
    seekable: ["", "", () => true],
    size: ["", "", (m: PyMmap) => {
      m.check();
      if (m.fd < 0 || !m.tracked) throw fromErrno(EBADF);
      return hostCall(() => guestFiles().fstat(m.fd)).size;
    }],
    tell: ["", "", (m: PyMmap) => {
      m.check();
      return m.pos;
    }],
    write: ["bytes, /", "", write],
    write_byte: ["byte, /", "", writeByte],
    __enter__: ["", "", (m: PyMmap) => {
      m.check();
      return m;
    }],
    __exit__: ["exc_type, exc_value, traceback, /", "", (m: PyMmap) => {
      m.close();
      return None;
    }, M_UNPACK],
  },
  getset: { closed: [(m: PyMmap) => m.closed] },
});

export const spec: ModuleSpec = {
  name: "mmap",
  types: { mmap: mmapType },
  constants: {
    error: () => X.OSError,
    PROT_EXEC: 4,
    PROT_READ: READ,
    PROT_WRITE: WRITE,
    MAP_SHARED: SHARED,
    MAP_PRIVATE: PRIVATE,
    MAP_DENYWRITE: 2048,
    MAP_EXECUTABLE: 4096,
    MAP_ANON: ANONYMOUS,
    MAP_ANONYMOUS: ANONYMOUS,
    MAP_POPULATE: 32768,
    MAP_STACK: 131072,
    MAP_NORESERVE: 16384,
    MAP_32BIT: 64,
    PAGESIZE: PAGE,
    ALLOCATIONGRANULARITY: PAGE,
    ACCESS_DEFAULT: A_DEFAULT,
    ACCESS_READ: A_READ,
    ACCESS_WRITE: A_WRITE,
    ACCESS_COPY: A_COPY,
    ...MADVICE,
  },
};
