// CPython 3.14: Modules/_functoolsmodule.c (lru_cache)
//
// The wrapper that lru_cache makes. `cache` maps a key to the result, or, when the size is bounded,
// to a link: links form a ring through `root`, the least recently used first. A call with one exact
// str or int has that as its key; any other a tuple of everything that was passed.
//
// The call of the wrapped function pushes a frame (push_call.ts), so a recursive cached function is
// limited by the recursion limit only.

import {
  builtinType,
  type KwNames,
  None,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_METHOD_DESCRIPTOR,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { asSsize, call, getAttr, hash, hasIndex, isTrue } from "../core/objects/abstract.ts";
import { getDictAttr } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import { typeError } from "../core/objects/errors.ts";
import { PyMethod } from "../core/objects/function.ts";
import { nameValue } from "../core/objects/names.ts";
import { callPushing, PyPushCallable } from "../core/objects/push_call.ts";
import { CallRequest, cur, NativeState } from "../core/objects/state.ts";
import { newFrom, setDict } from "./native_new.ts";

export const lruType: PyType = builtinType(
  "functools._lru_cache_wrapper",
  undefined,
  true,
);
const linkType: PyType = builtinType(
  "functools._lru_list_elem",
  undefined,
  true,
);
const markType: PyType = builtinType("object");

/** One cached result in the ring. */
class Link extends PyObject {
  prev: Link = this;
  next: Link = this;
  key: Value = None;
  lo = 0;
  hi = 0;
  result: Value = None;
  constructor() {
    super(linkType);
  }
}
function unlink(l: Link): void {
  l.prev.next = l.next;
  l.next.prev = l.prev;
}

/** Stands between the positional and the keyword arguments of a key. */
const KWD_MARK: PyObject = new PyObject(markType);

/** No bound, in `maxsize`. */
const UNBOUNDED = -1;

class PyLru extends PyPushCallable {
  readonly root = new Link();
  readonly cache = new PyDict();
  hits = 0;
  misses = 0;
  readonly func: Value;
  readonly maxsize: number;
  readonly typed: boolean;
  readonly infoType: Value;
  constructor(
    cls: PyType,
    func: Value,
    maxsize: number,
    typed: boolean,
    infoType: Value,
  ) {
    super(cls);
    this.func = func;
    this.maxsize = maxsize;
    this.typed = typed;
    this.infoType = infoType;
  }

  override pushCall(
    args: Value[],
    kwnames: KwNames | undefined,
  ): Value | CallRequest {
    if (this.maxsize === 0) {
      this.misses++;
      return new CallRequest(this.func, args, kwnames);
    }
    const key = makeKey(args, kwnames, this.typed);
    const cache = this.cache;
    let lo = 0, hi = 0, i: number;
    if (typeof key !== "object") i = cache.find(key);
    else {
      lo = hash(key);
      hi = cur.hashHi;
      i = cache.findKnown(key, lo, hi);
    }
    if (i >= 0) {
      this.hits++;
      const v = cache.vals[i] as Value;
      if (this.maxsize === UNBOUNDED) return v;
      const link = v as Link;
      unlink(link);
      this.append(link);
      return link.result;
    }
    this.misses++;
    const state = this.maxsize === UNBOUNDED ? new StoreResult(this, key, lo, hi) : new LinkResult(this, key, lo, hi);
    return new CallRequest(this.func, args, kwnames, state);
  }

  /** Puts a link at the end of the ring: most recently used. */
  append(l: Link): void {
    const root = this.root, last = root.prev;
    last.next = root.prev = l;
    l.prev = last;
    l.next = root;
  }
  find(key: Value, lo: number, hi: number): number {
    return typeof key !== "object" ? this.cache.find(key) : this.cache.findKnown(key, lo, hi);
  }
  put(key: Value, lo: number, hi: number, v: Value): void {
    if (typeof key !== "object") this.cache.set(key, v);
    else this.cache.setKnown(key, lo, hi, v);
  }
  clear(): void {
    this.hits = this.misses = 0;
    this.root.prev = this.root.next = this.root;
    this.cache.clear();
  }
}

function makeKey(
  args: Value[],
  kwnames: KwNames | undefined,
  typed: boolean,
): Value {
  if (!typed && (kwnames === undefined || kwnames.length === 0)) {
    if (args.length === 1) {
      const k = args[0], t = typeof k;
      if (t === "string" || t === "number" || t === "bigint") return k;
    }
    return new PyTuple(args.slice());
  }
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const n = args.length - nkw;
  const out = args.slice(0, n);
  if (nkw > 0) {
    out.push(KWD_MARK);
    for (let i = 0; i < nkw; i++) out.push(nameValue(kwnames![i]), args[n + i]);
  }
  if (typed) {
    for (let i = 0; i < args.length; i++) {
      out.push(typeOf(args[i]));
    }
  }
  return new PyTuple(out);
}

/** Waits for the result of an unbounded cache's function. */
class StoreResult extends NativeState {
  constructor(
    readonly lru: PyLru,
    readonly key: Value,
    readonly lo: number,
    readonly hi: number,
  ) {
    super();
  }
  override resume(result: Value): Value {
    this.lru.put(this.key, this.lo, this.hi, result);
    return result;
  }
}
/** Waits for the result of a bounded cache's function. */
class LinkResult extends StoreResult {
  override resume(result: Value): Value {
    const { lru, key, lo, hi } = this;
    // the call may have cached this key itself
    if (lru.find(key, lo, hi) >= 0) return result;
    let link: Link;
    if (lru.cache.size < lru.maxsize || lru.root.next === lru.root) {
      link = new Link();
    } else {
      link = lru.root.next;
      unlink(link);
      const i = lru.find(link.key, link.lo, link.hi);
      if (i < 0) return result;
      lru.cache.removeAt(i);
    }
    link.key = key;
    link.lo = lo;
    link.hi = hi;
    link.result = result;
    lru.put(key, lo, hi, link);
    lru.append(link);
    return result;
  }
}

lruType.flags |= TF_METHOD_DESCRIPTOR;
lruType.hasDict = lruType.hasWeakref = true;
setSpec(lruType, {
  doc: "Create a cached callable that wraps another function.\n\n" +
    "user_function:      the function being cached\n\n" +
    "maxsize:  0         for no caching\n" +
    "          None      for unlimited cache size\n" +
    "          n         for a bounded cache\n\n" +
    "typed:    False     cache f(3) and f(3.0) as identical calls\n" +
    "          True      cache f(3) and f(3.0) as distinct calls\n\n" +
    "cache_info_type:    namedtuple class with the fields:\n" +
    "                        hits misses currsize maxsize\n",
  slots: {
    tp_new: newFrom(
      "lru_cache",
      "user_function, maxsize, typed, cache_info_type",
      (type, func: Value, maxsize: Value, typed: Value, info: Value) => {
        if (typeOf(func).tp_call === undefined) {
          throw typeError("the first argument must be callable");
        }
        let n = UNBOUNDED;
        if (hasIndex(maxsize)) n = Math.max(0, asSsize(maxsize));
        else if (maxsize !== None) {
          throw typeError("maxsize should be integer or None");
        }
        return new PyLru(type, func, n, isTrue(typed), info);
      },
    ),
    tp_call: callPushing,
    tp_descr_get: (self, obj) => obj === undefined || obj === None ? self : new PyMethod(self, obj),
  },
  methods: {
    cache_info: [
      "",
      "Report cache statistics",
      (l: PyLru) =>
        call(l.infoType, [
          l.hits,
          l.misses,
          l.maxsize === UNBOUNDED ? None : l.maxsize,
          l.cache.size,
        ]),
    ],
    cache_clear: ["", "Clear the cache and cache statistics", (l: PyLru) => {
      l.clear();
      return None;
    }],
    __reduce__: [
      "",
      "State for pickling.",
      (l: PyLru) => getAttr(l, "__qualname__"),
    ],
    __copy__: ["", "", (l: PyLru) => l, 8],
    __deepcopy__: ["memo, /", "", (l: PyLru) => l, 8],
  },
  getset: { __dict__: [getDictAttr, setDict] },
});
setSpec(linkType, {});
setSpec(markType, {});
