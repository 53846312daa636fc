// CPython 3.14: Modules/_posixsubprocess.c
//
// fork_exec over the host's way to run programs (posix_child.ts tells when that is). What goes
// wrong before the program runs is written to the error pipe, as the forked child would do it.

import { None, PyList, PyTuple, type Value } from "../core/objects/object.ts";
import { notImplementedError, typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { HostError, S } from "../vm/host.ts";
import { guestFiles } from "./libmount.ts";
import { hostCall } from "./os_error.ts";
import { fsConverted } from "./posix_path.ts";
import { addChild } from "./posix_child.ts";

/** Why a file can't be run, as an errno; 0 when it can. */
function obstacle(file: string): number {
  const files = guestFiles();
  try {
    if ((files.stat(file).mode & S.IFMT) === S.IFDIR) return 13;
    return files.access(file, 1) ? 0 : 13;
  } catch (e) {
    if (e instanceof HostError) return e.errno;
    throw e;
  }
}

function forkExec(
  _m: Value,
  argv: Value,
  executables: Value,
  _close: Value,
  passFds: Value,
  cwd: Value,
  env: Value,
  p2cread: Value,
  _p2cwrite: Value,
  _c2pread: Value,
  c2pwrite: Value,
  _errread: Value,
  errwrite: Value,
  _errpipeRead: Value,
  errpipe: Value,
  _restore: Value,
  setsid: Value,
  pgid: Value,
  ...rest: Value[]
): Value {
  const preexec = rest[rest.length - 1];
  if (preexec !== undefined && preexec !== None) {
    throw notImplementedError("subprocess: preexec_fn, the host can't fork");
  }
  if (!(passFds instanceof PyTuple)) throw typeError("argument 4 must be tuple, not " + A.typeNameOf(passFds));
  if (!(argv instanceof PyList) && !(argv instanceof PyTuple)) throw typeError("argv must be a tuple or list");
  const args = A.iterToArray(argv).map(fsConverted);
  const programs = A.iterToArray(executables).map(fsConverted);
  const pairs = env === None ? undefined : A.iterToArray(env).map((v): [string, string] => {
    const s = fsConverted(v), i = s.indexOf("=", 1);
    if (i < 0) throw valueError("illegal environment variable name");
    return [s.slice(0, i), s.slice(i + 1)];
  });
  const files = guestFiles();
  const dir = cwd === None ? undefined : fsConverted(cwd);
  const end = A.asInt32(errpipe);
  const fd = (v: Value, dflt: number) => A.asInt32(v) < 0 ? dflt : A.asInt32(v);
  const stdin = fd(p2cread, 0), stdout = fd(c2pwrite, 1), stderr = fd(errwrite, 2);
  let failed = 0, note = "", program = programs[0] ?? args[0];
  if (dir !== undefined) {
    failed = obstacle(dir);
    try {
      if ((files.stat(dir).mode & S.IFMT) === S.IFDIR) failed = 0;
      else failed = 20;
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      failed = e.errno;
    }
    if (failed !== 0) note = "noexec:chdir";
  }
  if (failed === 0) {
    failed = 2;
    for (const p of programs) {
      const full = dir !== undefined && !p.startsWith("/") ? `${dir}/${p}` : p;
      const why = obstacle(full);
      if (why === 0) {
        program = full;
        failed = 0;
        break;
      }
      if (why !== 2 && why !== 20) failed = why;
    }
  }
  const child = hostCall(() =>
    addChild({
      file: program,
      args: args.slice(1),
      argv0: args[0],
      cwd: dir ?? files.getcwd(),
      env: pairs,
      stdin,
      stdout,
      stderr: stderr === stdout ? "stdout" : stderr,
      newSession: A.isTrue(setsid) || A.asInt32(pgid) >= 0,
    }, failed !== 0)
  );
  if (failed !== 0) {
    const text = `OSError:${failed.toString(16).toUpperCase()}:${note}`;
    hostCall(() => files.write(end, new TextEncoder().encode(text)));
  }
  return child.pid;
}

export const spec: ModuleSpec = {
  name: "_posixsubprocess",
  doc: "A POSIX helper for the subprocess module.",
  functions: {
    fork_exec: [
      "args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /",
      "Spawn a fresh new child process.",
      forkExec,
    ],
  },
};
