// The program's image (sandbox/image.ts): that it is used, and that it isn't where it doesn't fit. Done
// in a copy of the program, whose image is changed so that what it prints shows whether it ran.

import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** A copy of what the program needs to run, under its own folder. */
async function copyProgram(to: string): Promise<void> {
  const names = ["core", "vm", "stdlib", "sandbox", "cli.ts", "deno.json", ".jsr"];
  const done = await new Deno.Command("cp", { args: ["-Rp", ...names, to], cwd: ROOT }).output();
  assert(done.success);
}

async function version(root: string, flags = ["-A"]): Promise<string> {
  const done = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...flags, `${root}/cli.ts`, "-VV"],
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(done.stdout) + new TextDecoder().decode(done.stderr);
}

Deno.test("image: it runs where it fits, and only there", async () => {
  const root = await Deno.makeTempDir({ prefix: "gopy-image-" });
  try {
    await copyProgram(root);
    const made = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", `${root}/sandbox/pack_image.ts`],
    }).output();
    assert(made.success, new TextDecoder().decode(made.stderr));
    const image = `${root}/stdlib/archive/gopy.js`, cache = `${root}/stdlib/archive/gopy.cache`;
    const real = await version(root);
    // the length stays, so V8 takes the compiled form, in which functions that have run are the old ones
    const text = Deno.readTextFileSync(image);
    assert(text.includes("[TypeScript]"));
    Deno.writeTextFileSync(image, text.replaceAll("[TypeScript]", "[TypeImage!]"));
    const changed = real.replace("[TypeScript]", "[TypeImage!]");

    const compiled = Deno.readFileSync(cache);
    Deno.removeSync(cache);
    assertEquals(await version(root), changed, "without a compiled form it is compiled");
    Deno.writeFileSync(cache, compiled.map((b, i) => i === 0 ? b ^ 1 : b));
    assertEquals(await version(root), changed, "another image's compiled form is not taken");
    Deno.writeFileSync(cache, compiled.subarray(0, 4000));
    assertEquals(await version(root), changed, "a damaged one neither");
    assertEquals(await version(root, []), changed, "and none is needed where nothing may be read");

    Deno.writeTextFileSync(image, Deno.readTextFileSync(image).slice(0, -1000));
    assertEquals(await version(root), real, "a damaged script is left alone");
    Deno.writeTextFileSync(image, text.replaceAll("[TypeScript]", "[TypeImage!]"));

    const source = `${root}/sandbox/home.ts`;
    Deno.writeTextFileSync(source, Deno.readTextFileSync(source) + "\n");
    assertEquals(await version(root), real, "a changed source puts the image out of use");
    assertEquals(Deno.readTextFileSync(image).includes("[TypeImage!]"), true, "it is not made again at once");
    // a lock keeps it from being made while the folder is taken away
    Deno.writeTextFileSync(`${root}/stdlib/archive/gopy.lock`, "");
    Deno.removeSync(image);
    assertEquals(await version(root), real, "nor is one needed");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
