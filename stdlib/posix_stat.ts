// CPython 3.14: Modules/posixmodule.c (stat_result, statvfs_result and their makers)

import { type Int, type KwNames, None, PyFloat, type PyType, type Value } from "../core/objects/object.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { type PyStructSeq, structSeq, structSeqType } from "../core/objects/structseq.ts";
import type { HostStat, HostStatVfs } from "../vm/host.ts";

/** os.stat_result */
export const statResultType: PyType = structSeqType({
  name: "os.stat_result",
  doc: "Result of stat, fstat and lstat: a tuple of ten ints, and attributes with more.",
  fields: [
    ["st_mode", "protection bits"],
    ["st_ino", "inode"],
    ["st_dev", "device"],
    ["st_nlink", "number of hard links"],
    ["st_uid", "user ID of owner"],
    ["st_gid", "group ID of owner"],
    ["st_size", "total size, in bytes"],
    "",
    "",
    "",
    ["st_atime", "time of last access"],
    ["st_mtime", "time of last modification"],
    ["st_ctime", "time of last change"],
    ["st_atime_ns", "time of last access in nanoseconds"],
    ["st_mtime_ns", "time of last modification in nanoseconds"],
    ["st_ctime_ns", "time of last change in nanoseconds"],
    ["st_blksize", "blocksize for filesystem I/O"],
    ["st_blocks", "number of blocks allocated"],
    ["st_rdev", "device type (if inode device)"],
  ],
  visible: 10,
});
// The float times default to the int ones.
const plainNew = statResultType.spec!.slots!.tp_new!;
statResultType.spec!.slots!.tp_new = (t: PyType, args: Value[], kw?: KwNames): Value => {
  const r = plainNew(t, args, kw) as PyStructSeq;
  for (let i = 0; i < 3; i++) if (r.hidden[i] === None) r.hidden[i] = r.items[7 + i];
  return r;
};

/** os.statvfs_result */
export const statvfsResultType: PyType = structSeqType({
  name: "os.statvfs_result",
  doc: "Result of statvfs and fstatvfs.",
  fields: [
    "f_bsize",
    "f_frsize",
    "f_blocks",
    "f_bfree",
    "f_bavail",
    "f_files",
    "f_ffree",
    "f_favail",
    "f_flag",
    "f_namemax",
    "f_fsid",
  ],
  visible: 10,
});

const BILLION = 1_000_000_000n;
function seconds(ns: bigint): [whole: Int, float: PyFloat] {
  let s = ns / BILLION, rest = ns % BILLION;
  if (rest < 0n) {
    rest += BILLION;
    s -= 1n;
  }
  return [normInt(s), new PyFloat(Number(s) + 1e-9 * Number(rest))];
}

/** A stat_result. */
export function statResult(s: HostStat): Value {
  const [a, af] = seconds(s.atimeNs), [m, mf] = seconds(s.mtimeNs), [c, cf] = seconds(s.ctimeNs);
  return structSeq(
    statResultType,
    [
      s.mode,
      normInt(s.ino),
      normInt(s.dev),
      s.nlink,
      s.uid,
      s.gid,
      s.size,
      a,
      m,
      c,
      af,
      mf,
      cf,
      normInt(s.atimeNs),
      normInt(s.mtimeNs),
      normInt(s.ctimeNs),
      s.blksize,
      s.blocks,
      normInt(s.rdev),
    ],
    10,
  );
}

/** A statvfs_result. */
export function statvfsResult(s: HostStatVfs): Value {
  return structSeq(
    statvfsResultType,
    [s.bsize, s.frsize, s.blocks, s.bfree, s.bavail, s.files, s.ffree, s.favail, s.flag, s.namemax, 0],
    10,
  );
}
