// CPython 3.14: Modules/_stat.c

import type { MethodDef, Value } from "../core/objects/object.ts";
import { overflowError } from "../core/objects/errors.ts";
import { asIndex } from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

const IFMT = 0o170000;
const CONSTANTS: Record<string, number> = {
  S_IFDIR: 0o040000,
  S_IFCHR: 0o020000,
  S_IFBLK: 0o060000,
  S_IFREG: 0o100000,
  S_IFIFO: 0o010000,
  S_IFLNK: 0o120000,
  S_IFSOCK: 0o140000,
  S_IFDOOR: 0,
  S_IFPORT: 0,
  S_IFWHT: 0,
  S_ISUID: 0o4000,
  S_ISGID: 0o2000,
  S_ISVTX: 0o1000,
  S_ENFMT: 0o2000,
  S_IREAD: 0o400,
  S_IWRITE: 0o200,
  S_IEXEC: 0o100,
  S_IRWXU: 0o700,
  S_IRUSR: 0o400,
  S_IWUSR: 0o200,
  S_IXUSR: 0o100,
  S_IRWXG: 0o070,
  S_IRGRP: 0o040,
  S_IWGRP: 0o020,
  S_IXGRP: 0o010,
  S_IRWXO: 0o007,
  S_IROTH: 0o004,
  S_IWOTH: 0o002,
  S_IXOTH: 0o001,
  UF_SETTABLE: 0x0000ffff,
  UF_NODUMP: 0x00000001,
  UF_IMMUTABLE: 0x00000002,
  UF_APPEND: 0x00000004,
  UF_OPAQUE: 0x00000008,
  UF_NOUNLINK: 0x00000010,
  UF_COMPRESSED: 0x00000020,
  UF_TRACKED: 0x00000040,
  UF_DATAVAULT: 0x00000080,
  UF_HIDDEN: 0x00008000,
  SF_SETTABLE: 0xffff0000,
  SF_ARCHIVED: 0x00010000,
  SF_IMMUTABLE: 0x00020000,
  SF_APPEND: 0x00040000,
  SF_NOUNLINK: 0x00100000,
  SF_SNAPSHOT: 0x00200000,
  SF_FIRMLINK: 0x00800000,
  SF_DATALESS: 0x40000000,
  ST_MODE: 0,
  ST_INO: 1,
  ST_DEV: 2,
  ST_NLINK: 3,
  ST_UID: 4,
  ST_GID: 5,
  ST_SIZE: 6,
  ST_ATIME: 7,
  ST_MTIME: 8,
  ST_CTIME: 9,
};

/** A mode_t argument. */
function modeOf(v: Value): number {
  const n = asIndex(v);
  if (n < 0) throw overflowError("can't convert negative value to unsigned int");
  if (n > 0xffffffffffffffffn) throw overflowError("Python int too large to convert to C unsigned long");
  if (n > 0xffffffff) throw overflowError("mode out of range");
  return n as number;
}

function kindTest(kind: number, what: string): MethodDef {
  return ["object, /", `Whether the mode is that of ${what}.`, (_m: Value, v: Value) => (modeOf(v) & IFMT) === kind];
}
function neverTest(what: string): MethodDef {
  return [
    "object, /",
    `Whether the mode is that of ${what}, which this system does not have.`,
    (_m: Value, v: Value) => {
      modeOf(v);
      return false;
    },
  ];
}

const KIND_LETTERS: Record<number, string> = {
  [0o100000]: "-",
  [0o040000]: "d",
  [0o120000]: "l",
  [0o060000]: "b",
  [0o020000]: "c",
  [0o010000]: "p",
  [0o140000]: "s",
};

/** "-rwxr-xr-x" */
export function fileMode(mode: number): string {
  const bit = (b: number, c: string) => (mode & b) !== 0 ? c : "-";
  const exec = (b: number, special: number, c: string) =>
    (mode & special) !== 0 ? ((mode & b) !== 0 ? c : c.toUpperCase()) : bit(b, "x");
  return (KIND_LETTERS[mode & IFMT] ?? "?") +
    bit(0o400, "r") + bit(0o200, "w") + exec(0o100, 0o4000, "s") +
    bit(0o040, "r") + bit(0o020, "w") + exec(0o010, 0o2000, "s") +
    bit(0o004, "r") + bit(0o002, "w") + exec(0o001, 0o1000, "t");
}

export const spec: ModuleSpec = {
  name: "_stat",
  doc: "Constants and functions to take st_mode apart; the stat module shows them.",
  functions: {
    S_ISDIR: kindTest(0o040000, "a directory"),
    S_ISCHR: kindTest(0o020000, "a character device"),
    S_ISBLK: kindTest(0o060000, "a block device"),
    S_ISREG: kindTest(0o100000, "a regular file"),
    S_ISFIFO: kindTest(0o010000, "a FIFO"),
    S_ISLNK: kindTest(0o120000, "a symbolic link"),
    S_ISSOCK: kindTest(0o140000, "a socket"),
    S_ISDOOR: neverTest("a door"),
    S_ISPORT: neverTest("an event port"),
    S_ISWHT: neverTest("a whiteout"),
    S_IMODE: ["object, /", "The permission bits of a mode.", (_m: Value, v: Value) => modeOf(v) & 0o7777],
    S_IFMT: ["object, /", "The bits of a mode that tell the kind of file.", (_m: Value, v: Value) => modeOf(v) & IFMT],
    filemode: [
      "object, /",
      "A mode as ls shows it, such as '-rwxrwxrwx'.",
      (_m: Value, v: Value) => fileMode(modeOf(v)),
    ],
  },
  constants: CONSTANTS,
};
