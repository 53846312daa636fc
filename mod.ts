/**
 * gopy: a behavioural twin of CPython 3.14 in TypeScript on Deno.
 *
 * @module
 */

/** The version of gopy. */
export const version: string = "0.1.0";

if (import.meta.main) import("./cli.ts").then((cli) => cli.main());
