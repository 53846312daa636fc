import { checkRecorded } from "./numbers.ts";

Deno.test("format(), str.format and % give CPython's texts and errors", () => {
  checkRecorded("format");
});
