// Recursion: natives that bound it, and programs that it must not be bounded for.

import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

async function python(...args: string[]): Promise<string> {
  const done = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "cli.ts", ...args],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(done.stdout) + new TextDecoder().decode(done.stderr);
}

Deno.test("barriers: docs/architecture.md lists them, no fewer and no more", async () => {
  const out = await python("tests/tools/barriers.py");
  const found = [...out.matchAll(/^(.*): (barrier|pushes)$/gm)];
  assertEquals(found.length, out.trimEnd().split("\n").length, out);
  const text = Deno.readTextFileSync(new URL("docs/architecture.md", ROOT));
  const list = text.slice(text.indexOf("<!-- barriers -->"), text.indexOf("<!-- end -->"));
  const listed = [...list.replaceAll("\n", " ").matchAll(/`([^`]+)`/g)].map((m) => m[1]);
  assertEquals(listed, found.filter((m) => m[2] === "barrier").map((m) => m[1]));
});

// CPython ends most of these with a crash or RecursionError when its C stack is full, so what they must
// print is what they compute.
const DEEP = `
import sys, functools
sys.setrecursionlimit(200_000)
N = 100_000

def plain(n):
    return 0 if n == 0 else 1 + plain(n - 1)

class Node:
    def __init__(self, n):
        self.child = Node(n - 1) if n else None

def delegate(n):
    if n:
        yield from delegate(n - 1)
    yield n

class Missing:
    left = N
    def __getattr__(self, name):
        self.left -= 1
        return 0 if self.left == 0 else 1 + self.other

@functools.lru_cache(maxsize=None)
def cached(n):
    return 0 if n == 0 else 1 + cached(n - 1)

print(plain(N))
node, n = Node(N), -1
while node is not None:
    node, n = node.child, n + 1
print(n)
g = delegate(N)
print([next(g) for _ in range(3)])
print(Missing().other + 1)
print(cached(N))
`;

Deno.test("depth: 100,000 frames through calls, __init__, yield from, __getattr__ and lru_cache", async () => {
  assertEquals(await python("-c", DEEP), "100000\n100000\n[0, 1, 2]\n100000\n100000\n");
});
