// Offline stand-in for jsr:@std/testing/bdd: the part of its API that this repository uses.
const names: string[] = [];

/** A group of tests. */
export function describe(name: string, fn: () => void): void {
  names.push(name);
  try {
    fn();
  } finally {
    names.pop();
  }
}

/** A test. */
export function it(name: string, fn: () => void | Promise<void>): void {
  Deno.test([...names, name].join(" > "), fn);
}
