// A program over packages from PyPI. They are fetched with pip when the test runs, as wheels that are
// put on the path as they are (zip files). The expected output is CPython's own:
//   PYTHONPATH=<the wheels> python3.14 tests/pypi/packages.py > tests/pypi/packages.out

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { cacheFolder } from "./tools/reference.ts";
import { gopyCommand } from "./tools/programs.ts";

const HERE = new URL("./pypi/", import.meta.url).pathname;

/** The wheels, fetched once; undefined where pip or the index is not there. */
async function wheels(): Promise<string[] | undefined> {
  const folder = join(cacheFolder(), "wheels"), wanted = Deno.readTextFileSync(join(HERE, "requirements.txt"));
  const mark = join(folder, "requirements.txt");
  const list = () => [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) => n.endsWith(".whl")).sort();
  try {
    if (Deno.readTextFileSync(mark) === wanted) return list().map((n) => join(folder, n));
  } catch {
    // not fetched yet
  }
  Deno.mkdirSync(folder, { recursive: true });
  for (const python of [Deno.env.get("PYTHON"), "python3", "python"]) {
    if (python === undefined) continue;
    try {
      const args = ["-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", folder];
      const { success } = await new Deno.Command(python, {
        args: [...args, "-r", join(HERE, "requirements.txt")],
        stdout: "null",
        stderr: "null",
      }).output();
      if (!success) continue;
      Deno.writeTextFileSync(mark, wanted);
      return list().map((n) => join(folder, n));
    } catch (e) {
      if (!(e instanceof Deno.errors.NotFound)) throw e;
    }
  }
  return undefined;
}

Deno.test("packages from PyPI run as on CPython", async () => {
  const path = await wheels();
  if (path === undefined) {
    console.log("not run: no pip that can fetch packages");
    return;
  }
  const [command, ...args] = gopyCommand(join(HERE, "packages.py"));
  const { stdout, stderr } = await new Deno.Command(command, {
    args,
    env: { PYTHONPATH: path.join(":"), NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1" },
  }).output();
  const want = Deno.readTextFileSync(join(HERE, "packages.out"));
  assertEquals(new TextDecoder().decode(stdout), want, new TextDecoder().decode(stderr));
});
