import { checkRecorded } from "./numbers.ts";

Deno.test("ints of any size compute, convert and fail as CPython's do", () => {
  checkRecorded("int");
});
Deno.test("ranges and slices hold ints of any size", () => {
  checkRecorded("range");
});
