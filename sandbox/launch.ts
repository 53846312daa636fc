// gopy's own: an Interpreter over the Deno host.
//
// The one place that puts host, C modules and library together; the command line and the embedding
// API both come here.

import { type Config, Interp } from "../vm/interpreter.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import type { Library } from "../vm/import/archive.ts";
import { nativeNames, nativeSpec } from "../stdlib/table.ts";
import { trustedMarshalHost } from "../core/code/marshal_host.ts";
import { setDebugInternal } from "../vm/interp/unwind.ts";
import { installSignals } from "../stdlib/_signal.ts";
import { DenoHost, type DenoHostOptions } from "./host.ts";

/** What an Interpreter over Deno is made from. */
export interface LaunchOptions {
  host: DenoHostOptions;
  config?: Partial<Config>;
  library?: Library;
  /** Modules of the host's own, before the standard library's. */
  natives?: (name: string) => ModuleSpec | undefined;
}

/** Makes an Interpreter. */
export function launch(options: LaunchOptions): Interp {
  // V8 compiles code that uses typed arrays for a world in which no ArrayBuffer was ever detached, and
  // throws all of it away when the first one is. A message to a worker (signals.ts sends one, after half
  // a second) does that; so it is done here, before anything was compiled.
  new Uint8Array(1).buffer.transfer();
  const host = new DenoHost(options.host);
  const own = options.natives;
  const interp = new Interp({
    host,
    config: options.config,
    natives: own === undefined ? nativeSpec : (name) => own(name) ?? nativeSpec(name),
    nativeNames: nativeNames(),
    library: options.library,
    marshal: trustedMarshalHost,
  });
  // where sys.stderr is not there yet, or not any more
  interp.store.set("raw_stderr", (text: string) => {
    try {
      host.files.write(2, new TextEncoder().encode(text));
    } catch {
      // nobody reads it
    }
  });
  if (options.host.permissions === "inherit") installSignals(interp);
  if (interp.config.xOptions.gopy_debug !== undefined) setDebugInternal(true);
  return interp;
}
