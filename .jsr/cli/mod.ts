// Offline stand-in for jsr:@std/cli: the part of its API that this repository uses.
export * from "./parse_args.ts";
