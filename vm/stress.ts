// gopy's own: `-X stress=`
//
// Switches that make rare events frequent, for tests: programs must give the same output.
//   unwind   at every call and back edge the running frames leave the dispatch loop and come back
//   gc:N     a collection at every Nth poll (all POLLS calls and back edges)
//   deopt:N  and switch:N belong to a compiled tier and to threads; until those are there, they have
//            nothing to do and are refused

export interface Stress {
  unwind: boolean;
  /** Polls between two collections; 0: none are forced. */
  gc: number;
}

/** Back edges and calls between two polls, where polls count. */
export const POLLS = 50;

/** What the option says, or why it is refused. */
export function parseStress(text: string | true | undefined): Stress | string {
  const out: Stress = { unwind: false, gc: 0 };
  if (text === undefined) return out;
  for (const part of text === true ? [""] : text.split(",")) {
    const [name, count] = part.split(":");
    if (part === "unwind") out.unwind = true;
    else if (name === "gc" && /^[1-9]\d*$/.test(count ?? "")) out.gc = Number(count);
    else if (name === "deopt") return "-X stress=deopt: there is no compiled tier to leave";
    else if (name === "switch") return "-X stress=switch: threads do not take turns at polls";
    else return `-X stress=${part}: expected unwind or gc:N`;
  }
  return out;
}
