// CPython 3.14: PC/config.c (the inittab)
//
// All C modules by name.

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { spec as builtins } from "./builtins.ts";
import { spec as _sysconfig } from "./_sysconfig.ts";
import { spec as _tokenize } from "./_tokenize.ts";
import { spec as _opcode } from "./_opcode.ts";
import { spec as _socket } from "./_socket.ts";
import { spec as sys } from "./sys.ts";
import { spec as _ast } from "./_ast.ts";
import { spec as _codecs } from "./_codecs.ts";
import { spec as _decimal } from "./_decimal.ts";
import { spec as _locale } from "./_locale.ts";
import { spec as _signal } from "./_signal.ts";
import { spec as _struct } from "./_struct.ts";
import { spec as _suggestions } from "./_suggestions.ts";
import { spec as _tracemalloc } from "./_tracemalloc.ts";
import { spec as _warnings } from "./_warnings.ts";
import { spec as atexit } from "./atexit.ts";
import { spec as binascii } from "./binascii.ts";
import { spec as faulthandler } from "./faulthandler.ts";
import { spec as gc } from "./gc.ts";
import { spec as marshal } from "./marshal.ts";
import { spec as _symtable } from "./_symtable.ts";
import { spec as _testcapi } from "./_testcapi.ts";
import { spec as _testinternalcapi } from "./_testinternalcapi.ts";
import { spec as _testlimitedcapi } from "./_testlimitedcapi.ts";
import { spec as _testmultiphase } from "./_testmultiphase.ts";
import { spec as _thread } from "./_thread.ts";
import { spec as _imp } from "./_imp.ts";
import { spec as _abc } from "./_abc.ts";
import { spec as _bisect } from "./_bisect.ts";
import { spec as _collections } from "./_collections.ts";
import { spec as _contextvars } from "./_contextvars.ts";
import { spec as _ctypes } from "./_ctypes.ts";
import { spec as _csv } from "./_csv.ts";
import { spec as _datetime } from "./_datetime.ts";
import { spec as _functools } from "./_functools.ts";
import { spec as _heapq } from "./_heapq.ts";
import { spec as _operator } from "./_operator.ts";
import { spec as _io } from "./_io.ts";
import { spec as _json } from "./_json.ts";
import { spec as _lsprof } from "./_lsprof.ts";
import { spec as _queue } from "./_queue.ts";
import { spec as _random } from "./_random.ts";
import { spec as _remoteDebugging } from "./_remote_debugging.ts";
import { spec as _sre } from "./_sre.ts";
import { spec as _stat } from "./_stat.ts";
import { spec as _statistics } from "./_statistics.ts";
import { spec as _string } from "./_string.ts";
import { spec as _types } from "./_types.ts";
import { spec as _typing } from "./_typing.ts";
import { spec as _weakref } from "./_weakref.ts";
import { spec as _uuid } from "./_uuid.ts";
import { spec as _zoneinfo } from "./_zoneinfo.ts";
import { spec as array } from "./array.ts";
import { spec as cmath } from "./cmath.ts";
import { spec as errno } from "./errno.ts";
import { spec as itertools } from "./itertools.ts";
import { spec as math } from "./math.ts";
import { spec as mmap } from "./mmap.ts";
import { spec as _pickle } from "./_pickle.ts";
import { spec as _posixsubprocess } from "./_posixsubprocess.ts";
import { spec as fcntl } from "./fcntl.ts";
import { spec as grp } from "./grp.ts";
import { spec as pwd } from "./pwd.ts";
import { spec as resource } from "./resource.ts";
import { spec as select } from "./select.ts";
import { spec as posix } from "./posix.ts";
import { spec as pyexpat } from "./pyexpat.ts";
import { spec as readline } from "./readline.ts";
import { spec as elementtree } from "./_elementtree.ts";
import { spec as time } from "./time.ts";
import { spec as unicodedata } from "./unicodedata.ts";
import { spec as zlib } from "./zlib.ts";
import { spec as _md5 } from "./_md5.ts";
import { spec as _sha1 } from "./_sha1.ts";
import { spec as _sha2 } from "./_sha2.ts";
import { spec as _sha3 } from "./_sha3.ts";
import { spec as _blake2 } from "./_blake2.ts";
import { spec as _hmac } from "./_hmac.ts";
import { spec as _hashlib } from "./_hashlib.ts";
import { spec as _bz2 } from "./_bz2.ts";
import { spec as _sqlite3 } from "./_sqlite3.ts";
import { spec as _lzma } from "./_lzma.ts";
import { spec as _zstd } from "./_zstd.ts";
import { spec as termios } from "./termios.ts";
import { codecModules, spec as _multibytecodec } from "./_multibytecodec.ts";

const SPECS: readonly ModuleSpec[] = [
  builtins,
  _socket,
  _opcode,
  _sysconfig,
  _tokenize,
  _codecs,
  _decimal,
  _locale,
  _signal,
  _struct,
  _suggestions,
  _tracemalloc,
  _warnings,
  atexit,
  binascii,
  faulthandler,
  gc,
  marshal,
  _symtable,
  _testcapi,
  _testinternalcapi,
  _testlimitedcapi,
  _testmultiphase,
  _thread,
  _imp,
  _abc,
  _bisect,
  _collections,
  sys,
  _ast,
  _contextvars,
  _ctypes,
  _csv,
  _datetime,
  _functools,
  _heapq,
  _operator,
  _io,
  _json,
  _lsprof,
  _queue,
  _random,
  _remoteDebugging,
  _sre,
  _stat,
  _statistics,
  _string,
  _types,
  _typing,
  _weakref,
  _uuid,
  _zoneinfo,
  array,
  cmath,
  errno,
  itertools,
  math,
  mmap,
  _pickle,
  _posixsubprocess,
  fcntl,
  grp,
  pwd,
  resource,
  select,
  posix,
  pyexpat,
  readline,
  elementtree,
  time,
  unicodedata,
  zlib,
  termios,
  _md5,
  _sha1,
  _sha2,
  _sha3,
  _blake2,
  _hmac,
  _hashlib,
  _bz2,
  _sqlite3,
  _lzma,
  _zstd,
  _multibytecodec,
  ...codecModules,
];
let byName: Map<string, ModuleSpec> | undefined;

/** The spec of a C module, or undefined. */
export function nativeSpec(name: string): ModuleSpec | undefined {
  byName ??= new Map(SPECS.map((s) => [s.name, s]));
  return byName.get(name);
}
/** Names of all C modules. */
export function nativeNames(): string[] {
  return SPECS.map((s) => s.name).sort();
}
