// gopy's own: compiles the standard library ahead, for the packer.

import { dumps } from "../core/code/marshal.ts";
import { withIndex } from "../core/code/marshal_lazy.ts";
import { trustedMarshalHost } from "../core/code/marshal_host.ts";
import { compileSource } from "../vm/compile_source.ts";
import { LIB_ROOT } from "../vm/import/archive.ts";
import { FROZEN } from "../vm/import/frozen.ts";
import { nullHost } from "../vm/host.ts";
import { Interp } from "../vm/interpreter.ts";
import { nativeNames, nativeSpec } from "../stdlib/table.ts";

/** Makes the packer's compile callback. */
export function makeCompiler(): (source: Uint8Array, name: string) => Uint8Array {
  const interp = new Interp({
    host: nullHost({ random: () => {} }),
    config: { hashSeed: 0 },
    natives: nativeSpec,
    nativeNames: nativeNames(),
    marshal: trustedMarshalHost,
  });
  const frozen = new Map(FROZEN.map(([name, file]) => [file, name]));
  const special: Record<string, string> = {
    _frozen_importlib: "importlib._bootstrap",
    _frozen_importlib_external: "importlib._bootstrap_external",
  };
  return (source, name) =>
    interp.enter(() => {
      const f = frozen.get(name);
      const filename = f === undefined ? `${LIB_ROOT}/${name}` : `<frozen ${special[f] ?? f}>`;
      return withIndex(dumps(compileSource(source, { mode: "exec", filename }), trustedMarshalHost));
    });
}
