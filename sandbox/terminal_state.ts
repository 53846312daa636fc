// CPython 3.14: Modules/termios.c (its calls to tcgetattr, tcsetattr and ioctl)
//
// The settings of a terminal. The host has no call for them; the program `stty` has: with `-g` it
// prints a terminal's settings as hexadecimal numbers (the four flag words, then the special
// characters), and takes such a line to set them.

import { HostError, type HostTerminal } from "../vm/host.ts";
import type { DescriptorTable, OpenFile } from "./descriptors.ts";
import { guarded } from "./errors.ts";
import { node } from "./node.ts";
import type { Policy } from "./policy.ts";

/** Runs `stty` on an open terminal. */
function stty(file: OpenFile, policy: Policy, args: string[]): string {
  if (!file.isatty()) throw new HostError("ENOTTY");
  policy.need("run", "stty");
  const fd = file.real?.();
  if (fd === undefined) throw new HostError("ENOTTY");
  return guarded(() => {
    const { spawnSync } = node("node:child_process");
    // Linux names an open file of any process; elsewhere the program gets standard input
    const named = Deno.build.os === "linux" ? ["-F", `/proc/${Deno.pid}/fd/${fd}`] : [];
    const done = spawnSync("stty", [...named, ...args], { stdio: ["inherit", "pipe", "pipe"] });
    if (done.error) throw done.error;
    if (done.status !== 0) throw new HostError("EINVAL");
    return new TextDecoder().decode(done.stdout).trim();
  });
}

/** The terminals among a table's descriptors. */
export function terminalOf(table: DescriptorTable, policy: Policy): HostTerminal {
  return {
    state: (fd) => stty(table.get(fd), policy, ["-g"]).split(":").map((n) => parseInt(n, 16)),
    setState(fd, state) {
      stty(table.get(fd), policy, [state.map((n) => n.toString(16)).join(":")]);
    },
    setSize(fd, lines, columns) {
      stty(table.get(fd), policy, ["rows", String(lines), "cols", String(columns)]);
    },
  };
}
