// CPython 3.14: Include/cpython/monitoring.h, Include/internal/pycore_instruments.h
//
// The events of sys.monitoring by number. The first LOCAL ones can be turned on for one code object
// and belong to a place in it; those up to UNGROUPED have a switch of their own; the others go with
// CALL (C_RETURN, C_RAISE) or stand for two (BRANCH).

export const PY_START = 0,
  PY_RESUME = 1,
  PY_RETURN = 2,
  PY_YIELD = 3,
  CALL = 4,
  LINE = 5,
  INSTRUCTION = 6,
  JUMP = 7,
  BRANCH_LEFT = 8,
  BRANCH_RIGHT = 9,
  STOP_ITERATION = 10;
export const LOCAL = 11;
export const RAISE = 11, EXCEPTION_HANDLED = 12, PY_UNWIND = 13, PY_THROW = 14, RERAISE = 15;
export const UNGROUPED = 16;
export const C_RETURN = 16, C_RAISE = 17, BRANCH = 18;
export const EVENTS = 19;

export const EVENT_NAMES = [
  "PY_START",
  "PY_RESUME",
  "PY_RETURN",
  "PY_YIELD",
  "CALL",
  "LINE",
  "INSTRUCTION",
  "JUMP",
  "BRANCH_LEFT",
  "BRANCH_RIGHT",
  "STOP_ITERATION",
  "RAISE",
  "EXCEPTION_HANDLED",
  "PY_UNWIND",
  "PY_THROW",
  "RERAISE",
  "C_RETURN",
  "C_RAISE",
  "BRANCH",
];

/** Tools: 0 to 5 are Python's, the last two sys.setprofile and sys.settrace. */
export const TOOLS = 8, SYS_PROFILE = 6, SYS_TRACE = 7;
