// CPython 3.14: Modules/posixmodule.c (fill_stat)
//
// Deno tells times in whole milliseconds.

import type { HostStat } from "../vm/host.ts";

function ns(date: Date | null): bigint {
  return date === null ? 0n : BigInt(date.getTime()) * 1_000_000n;
}

/** Deno's file information in the shape the interpreter uses. */
export function statOf(info: Deno.FileInfo): HostStat {
  return {
    mode: info.mode ?? 0,
    ino: BigInt(info.ino ?? 0),
    dev: BigInt(info.dev),
    nlink: info.nlink ?? 1,
    uid: info.uid ?? 0,
    gid: info.gid ?? 0,
    rdev: BigInt(info.rdev ?? 0),
    size: info.size,
    blksize: info.blksize ?? 4096,
    blocks: info.blocks ?? 0,
    atimeNs: ns(info.atime),
    mtimeNs: ns(info.mtime),
    ctimeNs: ns(info.ctime),
  };
}
