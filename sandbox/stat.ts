// CPython 3.14: Modules/posixmodule.c (fill_stat)

import type fs from "node:fs";
import type { HostStat } from "../vm/host.ts";

/** A host's stat result in the shape the interpreter uses. */
export function statOf(st: fs.BigIntStats): HostStat {
  return {
    mode: Number(st.mode),
    ino: st.ino,
    dev: st.dev,
    nlink: Number(st.nlink),
    uid: Number(st.uid),
    gid: Number(st.gid),
    rdev: st.rdev,
    size: Number(st.size),
    blksize: Number(st.blksize),
    blocks: Number(st.blocks),
    atimeNs: st.atimeNs,
    mtimeNs: st.mtimeNs,
    ctimeNs: st.ctimeNs,
  };
}
