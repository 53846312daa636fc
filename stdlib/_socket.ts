// CPython 3.14: Modules/socketmodule.c
//
// Constants, errors, address helpers, and sockets as far as they need no network: a pair made by
// `socketpair` is two buffers in memory (what an event loop wakes itself with). Such a socket has a
// descriptor of its own numbers, above those of files. Connecting, binding and name look-ups are not
// there yet and say so.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, osError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { asDouble, asIndex, asInt32, isInt, isStr, isTrue, strValue } from "../core/objects/abstract.ts";
import { bytesOf, getBuffer, releaseBuffer } from "../core/objects/buffer.ts";
import { interpStore } from "../core/objects/state.ts";
import { utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { type Steps, steps, Wait } from "./io_steps.ts";
import { interp } from "../vm/interpreter.ts";
import { SOCKET_CONSTANTS } from "./socket_consts.ts";
import { hostCall } from "./os_error.ts";

const FIRST_FD = 1 << 20;
const KEY = {};
/** Open sockets of this Interpreter by descriptor. */
export function openSockets(): Map<number, PySocket> {
  return interpStore(KEY, () => new Map());
}

const socketType = builtinType("_socket.socket");
const gaierror = builtinType("socket.gaierror", X.OSError, false, false);
const herror = builtinType("socket.herror", X.OSError, false, false);

/** One end. */
export class PySocket extends PyObject {
  fd = -1;
  family = 2;
  type = 1;
  proto = 0;
  /** Seconds; -1: blocking. */
  timeout = -1;
  peer: PySocket | undefined = undefined;
  incoming: Uint8Array[] = [];
  ended = false;
  get readable(): boolean {
    return this.incoming.length > 0 || this.ended;
  }
}

function notYet(name: string): (...a: unknown[]) => never {
  return () => {
    // an OSError: programs that look for a feature by trying it catch that
    throw newErrorArgs(X.OSError, [38, `Function not implemented: socket.${name}`]);
  };
}
function alive(s: PySocket): void {
  if (s.fd < 0) throw osError(9, "Bad file descriptor");
}
function newFd(s: PySocket): void {
  const open = openSockets();
  let fd = FIRST_FD;
  while (open.has(fd)) fd++;
  open.set(fd, s);
  s.fd = fd;
}
function close(s: PySocket): void {
  if (s.fd < 0) return;
  openSockets().delete(s.fd);
  s.fd = -1;
  if (s.peer !== undefined) s.peer.ended = true;
}

function* receive(s: PySocket, n: number): Steps<Uint8Array> {
  alive(s);
  if (!s.readable) {
    if (s.timeout === 0) throw osError(11, "Resource temporarily unavailable");
    if (s.peer === undefined) throw osError(107, "Transport endpoint is not connected");
    const threads = interp().scheduler?.threads.length ?? 0;
    if (s.timeout < 0 && threads === 0) throw osError(35, "Resource deadlock avoided");
    const until = s.timeout < 0 ? Infinity : performance.now() + s.timeout * 1000;
    yield new Wait(() => s.readable || s.fd < 0, true, until);
    alive(s);
    if (!s.readable) throw newErrorArgs(X.TimeoutError, ["timed out"]);
  }
  if (s.incoming.length === 0) return new Uint8Array(0);
  const first = s.incoming[0];
  if (first.length <= n) {
    s.incoming.shift();
    return first;
  }
  s.incoming[0] = first.subarray(n);
  return first.subarray(0, n);
}
function send(s: PySocket, data: Value): number {
  alive(s);
  const b = bytesOf(data);
  if (s.peer === undefined) throw osError(32, "Broken pipe");
  if (s.peer.fd < 0) throw osError(32, "Broken pipe");
  if (b.length > 0) s.peer.incoming.push(b.slice());
  return b.length;
}

function setTimeout_(s: PySocket, v: Value): Value {
  if (v === None) s.timeout = -1;
  else {
    const t = asDouble(v);
    if (t < 0) throw valueError("Timeout value out of range");
    s.timeout = t;
  }
  return None;
}

setSpec(socketType, {
  doc: "A socket: one endpoint of a connection.",
  slots: {
    tp_new: (t) => new PySocket(t),
    tp_init: (self, args: Value[], kw?: KwNames) => {
      const names = ["family", "type", "proto", "fileno"];
      const n = args.length - (kw?.length ?? 0);
      const v: (Value | undefined)[] = args.slice(0, n);
      kw?.forEach((k, i) => v[names.indexOf(k)] = args[n + i]);
      const s = self as PySocket;
      const num = (x: Value | undefined, d: number) =>
        x === undefined || x === None ? d : (asInt32(x) === -1 ? d : asInt32(x));
      s.family = num(v[0], 2);
      s.type = num(v[1], 1);
      s.proto = num(v[2], 0);
      const fd = v[3];
      if (fd !== undefined && fd !== None) {
        const old = openSockets().get(asInt32(fd));
        if (old === undefined) throw osError(9, "Bad file descriptor");
        s.fd = asInt32(fd);
        s.peer = old.peer;
        s.incoming = old.incoming;
        s.ended = old.ended;
        if (s.peer !== undefined) s.peer.peer = s;
        openSockets().set(s.fd, s);
      } else newFd(s);
    },
    tp_repr: (self) => {
      const s = self as PySocket;
      return `<socket object, fd=${s.fd}, family=${s.family}, type=${s.type}, proto=${s.proto}>`;
    },
  },
  methods: {
    close: ["", "Close the socket.", (s: PySocket) => {
      close(s);
      return None;
    }],
    detach: ["", "Close the socket object without closing the underlying file descriptor.", (s: PySocket) => {
      const fd = s.fd;
      s.fd = -1;
      return fd;
    }],
    fileno: ["", "Return the integer file descriptor of the socket.", (s: PySocket) => s.fd],
    setblocking: [
      "flag, /",
      "Set the socket to blocking (flag is true) or non-blocking (false).",
      (s: PySocket, v: Value) => {
        s.timeout = isTrue(v) ? -1 : 0;
        return None;
      },
    ],
    getblocking: [
      "",
      "Returns True if socket is in blocking mode, or False if it is in non-blocking mode.",
      (s: PySocket) => s.timeout !== 0,
    ],
    settimeout: ["timeout, /", "Set a timeout on socket operations.", setTimeout_],
    gettimeout: [
      "",
      "Returns the timeout in seconds (float) associated with socket operations.",
      (s: PySocket) => s.timeout < 0 ? None : new PyFloat(s.timeout),
    ],
    recv: [
      "buffersize, flags=0, /",
      "Receive up to buffersize bytes from the socket.",
      steps(function* (s: PySocket, n: Value) {
        const k = asInt32(n);
        if (k < 0) throw valueError("negative buffersize in recv");
        return new PyBytes((yield* receive(s, k)).slice());
      }),
    ],
    recv_into: [
      "buffer, nbytes=0, flags=0, /",
      "A version of recv() that stores its data into a buffer.",
      steps(function* (s: PySocket, b: Value, n: Value = 0) {
        const view = getBuffer(b, true);
        try {
          const k = asInt32(n);
          const got = yield* receive(s, k === 0 ? view.len : Math.min(k, view.len));
          view.data.set(got, view.offset);
          return got.length;
        } finally {
          releaseBuffer(view);
        }
      }),
    ],
    send: ["data, flags=0, /", "Send a data string to the socket.", send],
    sendall: ["data, flags=0, /", "Send a data string to the socket.", (s: PySocket, d: Value) => {
      send(s, d);
      return None;
    }],
    shutdown: [
      "how, /",
      "Shut down the reading side of the socket, the writing side, or both ends.",
      (s: PySocket, how: Value) => {
        alive(s);
        if (asInt32(how) > 0 && s.peer !== undefined) s.peer.ended = true;
        return None;
      },
    ],
    getsockopt: ["level, option[, buffersize], /", "Get a socket option.", (s: PySocket) => {
      alive(s);
      return 0;
    }, 8],
    setsockopt: ["level, option, value, optlen=None, /", "Set a socket option.", (s: PySocket) => {
      alive(s);
      return None;
    }],
    getsockname: ["", "Return the address of the local endpoint.", () => ""],
    getpeername: ["", "Return the address of the remote endpoint.", (s: PySocket) => {
      if (s.peer === undefined) throw osError(107, "Transport endpoint is not connected");
      return "";
    }],
    ...Object.fromEntries(
      [
        "_accept",
        "bind",
        "connect",
        "connect_ex",
        "listen",
        "recvfrom",
        "recvfrom_into",
        "recvmsg",
        "recvmsg_into",
        "sendmsg",
        "sendto",
      ]
        .map((
          n,
        ) => [
          n,
          ["*args", `socket.${n}: not available yet.`, notYet(n)] as [string, string, (...a: unknown[]) => never],
        ]),
    ),
  },
  members: {
    family: (s) => s.family,
    type: (s) => s.type,
    proto: (s) => s.proto,
  },
  getset: {
    timeout: [(s: PySocket) => s.timeout < 0 ? None : new PyFloat(s.timeout)],
  },
});

// ---- address helpers ------------------------------------------------------------------------

function ipv4(text: string, loose: boolean): Uint8Array | undefined {
  const parts = text.trim().split(".");
  if (!loose && parts.length !== 4 || parts.length > 4) return undefined;
  const nums: number[] = [];
  for (const p of parts) {
    if (loose ? !/^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.test(p) : !/^(0|[1-9]\d{0,2})$/.test(p)) return undefined;
    nums.push(/^0[0-7]+$/.test(p) ? parseInt(p, 8) : Number(p));
  }
  const last = nums.pop()!;
  let value = last;
  nums.forEach((n, i) => value += n * 256 ** (3 - i));
  if (nums.some((n) => n > 255) || last >= 256 ** (4 - nums.length)) return undefined;
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value).map((x) => x & 255);
}
function ipv6(text: string): Uint8Array | undefined {
  let t = text;
  const v4 = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(t);
  if (v4 !== null) {
    const b = ipv4(v4[2], false);
    if (b === undefined) return undefined;
    t = v4[1] + (b[0] * 256 + b[1]).toString(16) + ":" + (b[2] * 256 + b[3]).toString(16);
  }
  const halves = t.split("::");
  if (halves.length > 2) return undefined;
  const groups = (s: string) => s === "" ? [] : s.split(":");
  const head = groups(halves[0]), tail = halves.length === 2 ? groups(halves[1]) : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...new Array(halves.length === 2 ? missing : 0).fill("0"), ...tail];
  const out = new Uint8Array(16);
  for (let i = 0; i < 8; i++) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(all[i])) return undefined;
    const n = parseInt(all[i], 16);
    out[2 * i] = n >> 8;
    out[2 * i + 1] = n & 255;
  }
  return out;
}
function ipv6Text(b: Uint8Array): string {
  const g: number[] = [];
  for (let i = 0; i < 16; i += 2) g.push(b[i] * 256 + b[i + 1]);
  let best = -1, bestLen = 1;
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (i + n < 8 && g[i + n] === 0) n++;
    if (n > bestLen) {
      best = i;
      bestLen = n;
    }
  }
  if (best < 0) return g.map((x) => x.toString(16)).join(":");
  return g.slice(0, best).map((x) => x.toString(16)).join(":") + "::" +
    g.slice(best + bestLen).map((x) => x.toString(16)).join(":");
}
function textArg(v: Value, f: string): string {
  if (!isStr(v)) throw typeError(`${f}() argument 1 must be str, not ${argTypeName(v)}`);
  return utf16(strValue(v));
}
function swap(bits: 16 | 32) {
  const name = bits === 16 ? "s" : "l";
  return (_m: Value, v: Value): Value => {
    if (!isInt(v)) throw typeError(`expected int, ${typeName(v)} found`);
    const n = asIndex(v);
    if (n < 0) throw overflowError(`hton${name}: can't convert negative Python int to C ${bits}-bit unsigned integer`);
    if (n >= 2 ** bits) {
      throw overflowError(`hton${name}: Python int too large to convert to C ${bits}-bit unsigned integer`);
    }
    const x = Number(n);
    if (bits === 16) return (x & 255) << 8 | x >> 8;
    return ((x & 255) * 2 ** 24) + ((x >>> 8 & 255) << 16) + ((x >>> 16 & 255) << 8) + (x >>> 24);
  };
}

export const spec: ModuleSpec = {
  name: "_socket",
  doc: "Implementation module for socket operations.",
  functions: {
    socketpair: [
      "family=AF_UNIX, type=SOCK_STREAM, proto=0, /",
      "Create a pair of socket objects from the sockets returned by the platform socketpair() function.",
      (_m: Value, family: Value = 1, type: Value = 1, proto: Value = 0) => {
        const make = () => {
          const s = new PySocket(socketType);
          s.family = asInt32(family);
          s.type = asInt32(type);
          s.proto = asInt32(proto);
          newFd(s);
          return s;
        };
        const a = make(), b = make();
        a.peer = b;
        b.peer = a;
        return new PyTuple([a, b]);
      },
      8,
    ],
    close: ["integer, /", "Close an integer socket file descriptor.", (_m: Value, fd: Value) => {
      const s = openSockets().get(asInt32(fd));
      if (s === undefined) throw osError(9, "Bad file descriptor");
      close(s);
      return None;
    }],
    gethostname: ["", "Return the current host name.", () => hostCall(() => interp().host.process.hostname())],
    htons: ["integer, /", "Convert a 16-bit unsigned integer from host to network byte order.", swap(16)],
    ntohs: ["integer, /", "Convert a 16-bit unsigned integer from network to host byte order.", swap(16)],
    htonl: ["integer, /", "Convert a 32-bit integer from host to network byte order.", swap(32)],
    ntohl: ["integer, /", "Convert a 32-bit integer from network to host byte order.", swap(32)],
    inet_aton: [
      "ip_addr, /",
      "Convert an IP address in string format to the 32-bit packed binary format used in low-level network functions.",
      (_m: Value, v: Value) => {
        const b = ipv4(textArg(v, "inet_aton"), true);
        if (b === undefined) throw newErrorArgs(X.OSError, ["illegal IP address string passed to inet_aton"]);
        return new PyBytes(b);
      },
    ],
    inet_ntoa: [
      "packed_ip, /",
      "Convert an IP address from 32-bit packed binary format to string format.",
      (_m: Value, v: Value) => {
        const b = bytesOf(v);
        if (b.length !== 4) throw newErrorArgs(X.OSError, ["packed IP wrong length"]);
        return [...b].join(".");
      },
    ],
    inet_pton: [
      "address_family, ip_string, /",
      "Convert an IP address from string format to a packed string suitable for use with low-level network functions.",
      (_m: Value, af: Value, v: Value) => {
        const f = asInt32(af);
        const t = textArg(v, "inet_pton");
        if (f !== 2 && f !== 10) throw osError(97, "Address family not supported by protocol");
        const b = f === 2 ? ipv4(t, false) : ipv6(t);
        if (b === undefined) throw newErrorArgs(X.OSError, ["illegal IP address string passed to inet_pton"]);
        return new PyBytes(b);
      },
    ],
    inet_ntop: [
      "address_family, packed_ip, /",
      "Convert a packed IP address of the given family to string format.",
      (_m: Value, af: Value, v: Value) => {
        const f = asInt32(af), b = bytesOf(v);
        if (f !== 2 && f !== 10) throw valueError(`unknown address family ${f}`);
        if (b.length !== (f === 2 ? 4 : 16)) throw valueError("invalid length of packed IP address string");
        return f === 2 ? [...b].join(".") : ipv6Text(b);
      },
    ],
    getdefaulttimeout: ["", "Returns the default timeout in seconds (float) for new socket objects.", () => None],
    setdefaulttimeout: [
      "timeout, /",
      "Set the default timeout in seconds (float) for new socket objects.",
      (_m: Value, v: Value) => {
        if (v !== None) notYet("setdefaulttimeout")();
        return None;
      },
    ],
    if_nameindex: [
      "",
      "Returns a list of network interface information (index, name) tuples.",
      () => new PyList([new PyTuple([1, "lo"])]),
    ],
    CMSG_LEN: [
      "length, /",
      "Return the total length of an ancillary data item with data of the given length.",
      (_m: Value, n: Value) => 16 + asInt32(n),
    ],
    CMSG_SPACE: [
      "length, /",
      "Return the buffer size needed for an ancillary data item with data of the given length.",
      (_m: Value, n: Value) => 16 + Math.ceil(asInt32(n) / 8) * 8,
    ],
    ...Object.fromEntries(
      [
        "dup",
        "getaddrinfo",
        "gethostbyaddr",
        "gethostbyname",
        "gethostbyname_ex",
        "getnameinfo",
        "getprotobyname",
        "getservbyname",
        "getservbyport",
        "if_indextoname",
        "if_nametoindex",
        "sethostname",
      ]
        .map((
          n,
        ) => [
          n,
          ["*args, **kwargs", `${n}: not available yet.`, notYet(n)] as [string, string, (...a: unknown[]) => never],
        ]),
    ),
  },
  types: { socket: socketType, SocketType: socketType, gaierror, herror },
  constants: { ...SOCKET_CONSTANTS, has_ipv6: true, error: () => X.OSError, timeout: () => X.TimeoutError },
};
