// Editing lines on a pseudo-terminal: the same keys, typed by tests/tools/pty_session.py, do what they
// do in CPython (recorded: tests/readline.json).

import { assertEquals } from "@std/assert";
import { execute, gopyCommand } from "./tools/programs.ts";

const here = (name: string) => new URL(name, import.meta.url);

async function hasPython(): Promise<boolean> {
  try {
    return (await new Deno.Command("python3.14", { args: ["-c", "import pty"], stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}
const ready = await hasPython();

Deno.test({
  name: ready ? "a line is edited on a terminal" : "a line is edited on a terminal (not run: no python3.14 with pty)",
  ignore: !ready,
  async fn() {
    const done = await execute(["python3.14", here("./tools/pty_session.py").pathname, ...gopyCommand("-q")]);
    assertEquals(
      JSON.parse(new TextDecoder().decode(done.stdout)),
      JSON.parse(Deno.readTextFileSync(here("./readline.json"))),
    );
  },
});
Deno.test("importing readline where there is no terminal changes nothing", async () => {
  const script = "import readline; print(readline.get_current_history_length()); input('? ')";
  const done = await execute(gopyCommand("-c", script));
  assertEquals(new TextDecoder().decode(done.stdout), "0\n? ");
  assertEquals(done.stderr.trimEnd().split("\n").at(-1), "EOFError: EOF when reading a line");
});
