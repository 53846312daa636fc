import { assert, assertEquals } from "@std/assert";
import { HostError, nullHost, O } from "../../vm/host.ts";
import { DenoHost } from "../../sandbox/host.ts";

function errorOf(call: () => unknown): HostError {
  try {
    call();
  } catch (e) {
    assert(e instanceof HostError, `not a HostError: ${e}`);
    return e;
  }
  throw new Error("nothing was thrown");
}

const full = () =>
  new DenoHost({
    permissions: { read: true, write: true, run: true, env: true, sys: true },
  });
const text = (s: string) => new TextEncoder().encode(s);

Deno.test("a file is written, sought, read and cut", () => {
  const { files } = full();
  const path = Deno.makeTempFileSync();
  const fd = files.open(path, O.RDWR | O.CREAT, 0o600);
  assertEquals(fd, 3);
  assertEquals(files.write(fd, text("hello world")), 11);
  assertEquals(files.lseek(fd, 0, 1), 11);
  assertEquals(files.lseek(fd, 6, 0), 6);
  const buffer = new Uint8Array(20);
  assertEquals(files.read(fd, buffer), 5);
  assertEquals(files.read(fd, buffer), 0);
  files.ftruncate(fd, 4);
  assertEquals(files.fstat(fd).size, 4);
  assertEquals(files.lseek(fd, -1, 2), 3);
  const copy = files.dup(fd);
  files.read(copy, buffer);
  assertEquals(files.lseek(fd, 0, 1), 4);
  files.close(fd);
  assertEquals(files.fstat(copy).size, 4);
  files.close(copy);
  assertEquals(errorOf(() => files.close(copy)).code, "EBADF");
  Deno.removeSync(path);
});

Deno.test("errors carry the number, the text and the path", () => {
  const { files } = full();
  const e = errorOf(() => files.stat("/nowhere/at/all"));
  assertEquals([e.errno, e.message, e.filename], [
    2,
    "No such file or directory",
    "/nowhere/at/all",
  ]);
  const dir = Deno.makeTempDirSync();
  assertEquals(errorOf(() => files.mkdir(dir, 0o777)).code, "EEXIST");
  assertEquals(errorOf(() => files.unlink(dir)).code, "EISDIR");
  assertEquals(errorOf(() => files.open(dir, O.WRONLY, 0)).code, "EISDIR");
  assertEquals(errorOf(() => files.stat("a\0b")).code, "EINVAL");
  assertEquals(errorOf(() => files.read(99, new Uint8Array(1))).code, "EBADF");
  files.rmdir(dir);
});

Deno.test("without rights everything is refused and the flag is named", () => {
  const host = new DenoHost();
  const e = errorOf(() => host.files.stat("/tmp"));
  assertEquals(e.code, "EACCES");
  assertEquals(e.hint, "requires read access, run again with --allow-read");
  assertEquals(errorOf(() => host.process.hostname()).code, "EACCES");
  assertEquals(
    errorOf(() =>
      host.spawn.runSync({
        file: "true",
        args: [],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      })
    ).hint,
    "requires run access, run again with --allow-run",
  );
  assertEquals(host.env.all(), []);
  assertEquals(host.env.get("PATH"), undefined);
  assertEquals(errorOf(() => host.process.exit(1)).code, "EPERM");
});

Deno.test("a list of folders is a wall, also for links", () => {
  const dir = Deno.realPathSync(Deno.makeTempDirSync());
  const outside = Deno.makeTempFileSync();
  Deno.mkdirSync(`${dir}/in`);
  Deno.writeTextFileSync(`${dir}/in/a`, "a");
  Deno.symlinkSync(outside, `${dir}/in/leak`);
  Deno.symlinkSync("/nonexistent/x", `${dir}/in/dangling`);
  const { files } = new DenoHost({
    permissions: { read: [`${dir}/in`], write: [`${dir}/in`] },
  });
  assertEquals(files.stat(`${dir}/in/a`).size, 1);
  for (
    const path of [
      outside,
      `${dir}/in/../in2`,
      `${dir}/in/leak`,
      `${dir}/in2`,
      "/proc/self/environ",
    ]
  ) assertEquals(errorOf(() => files.stat(path)).code, "EACCES", path);
  assertEquals(
    errorOf(() => files.open(`${dir}/in/dangling`, O.CREAT | O.WRONLY, 0)).code,
    "EACCES",
  );
  assertEquals(
    errorOf(() => files.symlink("/etc", `${dir}/in/l`, true)).code,
    "EACCES",
  );
  const fd = files.open(`${dir}/in/new`, O.CREAT | O.WRONLY, 0o644);
  files.close(fd);
  files.chdir(`${dir}/in`);
  assertEquals(files.listdir(".").sort(), ["a", "dangling", "leak", "new"]);
  assertEquals(files.getcwd(), `${dir}/in`);
  assert(Deno.cwd() !== `${dir}/in`);
  Deno.removeSync(dir, { recursive: true });
  Deno.removeSync(outside);
});

Deno.test("special files need all rights", () => {
  const { files } = new DenoHost({ permissions: { read: true } });
  assertEquals(
    errorOf(() => files.open("/proc/self/environ", O.RDONLY, 0)).code,
    "EACCES",
  );
  files.close(files.open("/dev/null", O.RDONLY, 0));
});

Deno.test("the guest's environment is its own", () => {
  const host = new DenoHost({
    permissions: { env: ["HOME"] },
    env: { A: "1" },
  });
  host.env.set("HOME", "/elsewhere");
  assertEquals(
    new Map(host.env.all()),
    new Map([["A", "1"], ["HOME", "/elsewhere"]]),
  );
  assert(Deno.env.get("HOME") !== "/elsewhere");
  host.env.delete("HOME");
  assertEquals(host.env.get("HOME"), undefined);
});

Deno.test("standard streams go where the embedder says", () => {
  const got: string[] = [];
  let left = 3;
  const { files } = new DenoHost({
    stdin: (into) => left > 0 ? (into[0] = 64 + left--, 1) : 0,
    stdout: (bytes) => got.push(new TextDecoder().decode(bytes)),
  });
  files.write(1, text("out"));
  assertEquals(files.write(2, text("err")), 3);
  assertEquals(got, ["out"]);
  const buffer = new Uint8Array(5);
  assertEquals([files.read(0, buffer), buffer[0]], [1, 67]);
  const saved = files.dup(1);
  const [r, w] = files.pipe();
  files.dup2(w, 1);
  files.write(1, text("to the pipe"));
  assertEquals(files.read(r, buffer), 5);
  files.dup2(saved, 1);
  files.write(1, text("back"));
  assertEquals(got, ["out", "back"]);
});

Deno.test("a pipe waits, and ends when its writers are gone", async () => {
  const { files } = new DenoHost();
  const [r, w] = files.pipe();
  const buffer = new Uint8Array(5);
  assertEquals(errorOf(() => files.read(r, buffer)).code, "EAGAIN");
  const ready = files.waitReadable(r);
  files.write(w, text("ab"));
  await ready;
  assertEquals(files.read(r, buffer), 2);
  files.close(w);
  assertEquals(files.read(r, buffer), 0);
  files.close(r);
  const [r2, w2] = files.pipe();
  files.close(r2);
  assertEquals(errorOf(() => files.write(w2, text("x"))).code, "EPIPE");
});

Deno.test("a program runs to its end", () => {
  const host = full();
  const done = host.spawn.runSync({
    file: "sh",
    args: ["-c", "cat; echo err >&2; echo $A; exit 3"],
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    input: text("in\n"),
    env: [["A", "b"], ["PATH", "/usr/bin:/bin"]],
  });
  const decode = (b: Uint8Array) => new TextDecoder().decode(b);
  assertEquals([done.code, decode(done.stdout), decode(done.stderr)], [
    3,
    "in\nb\n",
    "err\n",
  ]);
  const missing = errorOf(() =>
    host.spawn.runSync({
      file: "/no/such/program",
      args: [],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    })
  );
  assertEquals([missing.code, missing.filename], [
    "ENOENT",
    "/no/such/program",
  ]);
});

Deno.test("a program runs beside the guest", async () => {
  const host = full();
  const child = host.spawn.start({
    file: "sh",
    args: ["-c", "read x; echo got $x; kill -TERM $$"],
    stdin: "pipe",
    stdout: "pipe",
    stderr: "null",
  });
  host.files.write(child.stdin!, text("it\n"));
  host.files.close(child.stdin!);
  let out = "";
  const buffer = new Uint8Array(64);
  while (true) {
    await host.files.waitReadable(child.stdout!);
    const n = host.files.read(child.stdout!, buffer);
    if (n === 0) break;
    out += new TextDecoder().decode(buffer.subarray(0, n));
  }
  assertEquals(out, "got it\n");
  assertEquals(await child.wait(), { code: undefined, signal: 15 });
});

Deno.test("compression streams stop at the end of the data and at the bound", () => {
  const { zlib } = new DenoHost();
  const data = text("hello hello hello ".repeat(500));
  for (const format of ["raw", "zlib", "gzip"] as const) {
    const deflater = zlib.deflater({
      format,
      level: 6,
      windowBits: 15,
      memLevel: 8,
      strategy: 0,
    });
    const a = deflater.push(data, "none", 0),
      b = deflater.push(new Uint8Array(0), "finish", 0);
    deflater.close();
    const packed = new Uint8Array([...a.output, ...b.output]);
    assertEquals(zlib.inflate(packed, format), data);
    const inflater = zlib.inflater({ format, windowBits: 15 });
    const first = inflater.push(packed, "none", 100);
    assertEquals([first.output.length, first.eof], [100, false]);
    const rest = inflater.push(packed.subarray(first.consumed), "none", 0);
    assertEquals(
      [rest.output.length, rest.eof],
      [data.length - 100, true],
      format,
    );
    inflater.close();
    const whole = zlib.inflater({ format, windowBits: 15 });
    const done = whole.push(new Uint8Array([...packed, 1, 2, 3]), "none", 0);
    assertEquals([done.consumed, done.eof], [packed.length, true], format);
    whole.close();
    const bytewise = zlib.inflater({ format, windowBits: 15 });
    let got = 0, eof = false;
    for (let i = 0; i < packed.length; i++) {
      assertEquals(eof, false);
      const step = bytewise.push(packed.subarray(i, i + 1), "none", 0);
      got += step.output.length;
      eof = step.eof;
    }
    assertEquals([got, eof], [data.length, true]);
    bytewise.close();
  }
  assertEquals(zlib.crc32(text("abc"), 0), 891568578);
});

Deno.test("hashes can be copied and go on", () => {
  const { crypto } = new DenoHost();
  const hex = (b: Uint8Array) => b.toHex();
  const h = crypto.hash("sha256");
  h.update(text("a"));
  const copy = h.copy();
  h.update(text("b"));
  assertEquals(hex(copy.digest()).slice(0, 8), "ca978112");
  assertEquals(hex(h.digest()).slice(0, 8), "fb8e20fc");
  const s = crypto.hash("shake128");
  s.update(text("a"));
  assertEquals(hex(s.copy().digest(4)), "85c8de88");
  assertEquals(crypto.hmac("sha1", text("k")).digest().length, 20);
});

Deno.test("a host without anything refuses with ENOSYS", () => {
  const host = nullHost();
  assertEquals(errorOf(() => host.files.open("x", 0, 0)).code, "ENOSYS");
  assertEquals(host.env.all(), []);
  assert(host.clock.timeNs() > 0n);
});

Deno.test("a host needs nothing of Deno's rights to start", async () => {
  const code = `
    import { DenoHost } from "${new URL(
    "../../sandbox/host.ts",
    import.meta.url,
  )}";
    const host = new DenoHost({ permissions: "inherit" });
    host.files.write(1, new TextEncoder().encode("ok "));
    try { host.files.stat("/etc/passwd"); } catch (e) { console.log(e.code, e.hint, host.env.get("HOME")); }
    const full = new DenoHost({ permissions: { read: true } });
    try { full.files.stat("/etc/passwd"); } catch (e) { console.log(e.code, e.hint); }`;
  const done = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-import", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = done.stdin.getWriter();
  await writer.write(text(code));
  await writer.close();
  const { stdout, stderr } = await done.output();
  const hint = "requires read access, run again with --allow-read";
  assertEquals(
    new TextDecoder().decode(stdout),
    `ok EACCES ${hint} undefined\nEACCES ${hint}\n`,
    new TextDecoder().decode(stderr),
  );
});
