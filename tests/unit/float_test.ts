import { checkRecorded } from "./numbers.ts";

Deno.test("floats and complex numbers compute, convert and fail as CPython's do", () => {
  checkRecorded("float");
});
Deno.test("math and cmath give CPython's values and errors", () => {
  checkRecorded("math", true);
});
Deno.test("random numbers and states are CPython's", () => {
  checkRecorded("random");
});
