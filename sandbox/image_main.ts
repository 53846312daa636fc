// gopy's own: what the program's image (image.ts) consists of: the command line, bundled from here.

import { libraryOf } from "./archive.ts";
import { runCommandSync } from "./command.ts";
import { setHome } from "./home.ts";
import { IMAGE, type Start } from "./image_entry.ts";

const start: Start = (home, core, rest, atEnd) => {
  setHome(home);
  runCommandSync(libraryOf(core, rest), atEnd);
};
(globalThis as unknown as Record<symbol, Start>)[IMAGE] = start;
