import { assertEquals } from "@std/assert";
import { countBytes, findBytes, rfindBytes } from "../../core/objects/bytes_search.ts";
import { checkCases } from "./evaluator.ts";

Deno.test("bytes and bytearray do what CPython's do", () => {
  checkCases("bytes");
});

Deno.test("memoryview does what CPython's does", () => {
  checkCases("memoryview");
});

function text(b: Uint8Array): string {
  return String.fromCharCode(...b);
}

Deno.test("searching bytes agrees with searching strings", () => {
  let seed = 3;
  const below = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor(seed / 65536) % n;
  };
  for (let run = 0; run < 3000; run++) {
    const h = Uint8Array.from({ length: below(60) }, () => 97 + below(2));
    const n = Uint8Array.from({ length: 1 + below(6) }, () => 97 + below(2));
    const i = below(h.length + 1), j = i + below(h.length - i + 1);
    const part = text(h.subarray(i, j)), sub = text(n);
    const at = part.indexOf(sub), last = part.lastIndexOf(sub);
    assertEquals(findBytes(h, n, i, j), at < 0 ? -1 : at + i);
    assertEquals(rfindBytes(h, n, i, j), last < 0 ? -1 : last + i);
    assertEquals(countBytes(h, n, i, j), part.split(sub).length - 1);
  }
});

Deno.test("searching takes linear time in the worst cases", () => {
  const n = 200_000;
  const h = new Uint8Array(n).fill(97);
  const needle = new Uint8Array(n / 2).fill(97);
  const start = performance.now();
  needle[needle.length - 1] = 98;
  assertEquals(findBytes(h, needle, 0, n), -1);
  assertEquals(rfindBytes(h, needle, 0, n), -1);
  needle.fill(97);
  needle[0] = 98;
  assertEquals(findBytes(h, needle, 0, n), -1);
  assertEquals(rfindBytes(h, needle, 0, n), -1);
  // quadratic time would be minutes
  assertEquals(performance.now() - start < 2000, true);
});
