// A guest without rights tries to reach the host. Each way ends in what CPython gives, or in a
// PermissionError; no prompt appears, and no object of JavaScript's comes into the guest's hands.

import { assert, assertEquals } from "@std/assert";
import { Interpreter, LimitError, prepare, PythonError } from "../mod.ts";

await prepare();

/** What a program ends with: the type of its exception, or the repr of `r`. */
function outcome(py: Interpreter, source: string): string {
  try {
    py.runSync(source, { limits: { timeMs: 20_000 } });
    return String(py.evalSync("repr(globals().get('r'))"));
  } catch (e) {
    if (e instanceof PythonError) return e.type;
    if (e instanceof LimitError) return `limit: ${e.kind}`;
    throw e;
  }
}

/** Programs and what they end with; the results without PermissionError are CPython's own. */
const WAYS: [string, string][] = [
  ["open('/etc/passwd').read()", "PermissionError"],
  ["open('/tmp/gopy-escape', 'w')", "PermissionError"],
  ["import os; os.listdir('/')", "PermissionError"],
  ["import os; os.stat('/etc/passwd')", "PermissionError"],
  ["import os; os.system('true')", "PermissionError"],
  ["import os; os.kill(os.getppid(), 0)", "PermissionError"],
  ["import os; os.rename('/tmp/a', '/tmp/b')", "PermissionError"],
  ["import os; os.symlink('/', '/tmp/gopy-link')", "PermissionError"],
  ["import os; os.chdir('/')", "PermissionError"],
  ["import os; r = os.environ.get('HOME'), os.environ.get('PATH')", "('/', None)"],
  ["import subprocess; subprocess.run(['true'])", "PermissionError"],
  ["import pathlib; pathlib.Path('/etc/passwd').read_text()", "PermissionError"],
  ["import io; io.FileIO('/etc/passwd')", "PermissionError"],
  ["import codecs; codecs.open('/etc/passwd')", "PermissionError"],
  ["import _io; _io.open_code('/etc/passwd')", "PermissionError"],
  [
    "import importlib.util as u\ns = u.spec_from_file_location('x', '/etc/passwd.py')\ns.loader.exec_module(u.module_from_spec(s))",
    "PermissionError",
  ],
  ["import runpy; runpy.run_path('/etc/passwd')", "PermissionError"],
  ["import sys; sys.path.insert(0, '/etc'); import passwd", "ModuleNotFoundError"],
  // addresses of ctypes lead to its own memory only, and there is nothing to open or to call
  ["import ctypes; ctypes.CDLL('libc.so.6')", "OSError"],
  ["import ctypes; ctypes.pythonapi.Py_GetVersion", "AttributeError"],
  ["import ctypes; ctypes.c_int.in_dll(ctypes.pythonapi, 'Py_OptimizeFlag')", "ValueError"],
  ["import ctypes; ctypes.string_at(0x400000, 16)", "ValueError"],
  ["import ctypes; ctypes.string_at(id(ctypes), 16)", "ValueError"],
  ["import ctypes; ctypes.memset(0x400000, 0, 1)", "ValueError"],
  ["import ctypes; ctypes.c_long.from_address(0x7fff00000000).value", "ValueError"],
  ["import ctypes; ctypes.cast(2**64 - 8, ctypes.POINTER(ctypes.c_long))[0] = 1", "ValueError"],
  ["import ctypes; ctypes.CFUNCTYPE(ctypes.c_int)(0x400000)()", "ValueError"],
  ["import ctypes; ctypes.CFUNCTYPE(ctypes.c_int)(0)()", "ValueError"],
  ["import ctypes; ctypes.cast(0x400000, ctypes.py_object).value", "ValueError"],
  // past the end of a block, and before its start
  ["import ctypes; ctypes.pointer(ctypes.c_int())[1]", "ValueError"],
  ["import ctypes; ctypes.pointer(ctypes.c_int())[-1] = 0", "ValueError"],
  ["import ctypes; b = ctypes.create_string_buffer(8); ctypes.memmove(b, b, 9)", "ValueError"],
  ["import ctypes; b = ctypes.create_string_buffer(8); ctypes.memoryview_at(b, 1 << 40)", "ValueError"],
  ["import socket; socket.create_connection(('127.0.0.1', 9))", "OSError"],
  ["import pickle; pickle.loads(b\"cposix\\nsystem\\n(S'true'\\ntR.\")", "PermissionError"],
  ["import tempfile; tempfile.mkstemp()", "FileNotFoundError"],
  // from any object to every class, and from there to what opens files
  [
    "cs = ().__class__.__base__.__subclasses__()\n" +
    "fs = [c for c in cs if c.__name__ == '_IOBase'][0].__subclasses__()\n" +
    "raw = [c for c in fs if c.__name__ == '_RawIOBase'][0].__subclasses__()[0]\nraw('/etc/passwd')",
    "PermissionError",
  ],
  // through the frames under the guest's own
  [
    "import sys\nf = sys._getframe()\nn = 0\nwhile f.f_back: f = f.f_back; n += 1\nr = n, f.f_code.co_filename",
    "(0, '<string>')",
  ],
  // through a function of the host
  [
    "r = [host.__class__.__name__, type(host.__self__).__name__, hasattr(host, '__globals__')]",
    "['builtin_function_or_method', 'NoneType', False]",
  ],
  [
    "r = [hasattr(host, n) for n in ('constructor', 'prototype', 'apply', '__proto__')]",
    "[False, False, False, False]",
  ],
  ["r = host.constructor", "AttributeError"],
  // through an error that the host threw
  [
    "try: fail()\nexcept Exception as e:\n  r = [n for n in dir(e) if n in ('stack', 'constructor')], e.args",
    "([], ('Error: inside',))",
  ],
  [
    "try: fail()\nexcept Exception as e:\n  t = e.__traceback__\n  while t.tb_next: t = t.tb_next\n  r = t.tb_frame.f_code.co_filename",
    "'<string>'",
  ],
  // names that mean something to JavaScript mean nothing here
  [
    "class A: pass\na = A(); a.__proto__ = 1; a.constructor = 2; r = a.__proto__, a.constructor, vars(a)",
    "(1, 2, {'__proto__': 1, 'constructor': 2})",
  ],
  ["__proto__ = {'x': 1}\nr = 'x' in globals(), {}.get('__proto__')", "(False, None)"],
  ["d = {'__proto__': {'polluted': 1}}; keep(d); r = host({}) ", "{}"],
  ['r = eval(\'__import__("sys").modules.get("Deno")\')', "None"],
  ["import Deno", "ModuleNotFoundError"],
  ["import js", "ModuleNotFoundError"],
  // raw code objects are verified
  ["c = (lambda: 0).__code__\nexec(c.replace(co_code=b'\\xff\\x00' * 20))", "SystemError"],
  ["import sys; sys.setrecursionlimit(10**9)\ndef f(): f()\nf()", "ValueError"],
  ["import signal; signal.raise_signal(9)", "PermissionError"],
  ["import os; os._exit(3)", "PermissionError"],
  ["raise SystemExit(3)", "SystemExit"],
];

Deno.test("a guest without rights does not reach the host", () => {
  const differences: string[] = [];
  for (const [source, want] of WAYS) {
    const py = new Interpreter({ limits: { recursion: 1000 } });
    py.set("host", (x: unknown) => x);
    py.set("keep", () => {});
    py.set("fail", () => {
      throw new Error("inside");
    });
    const got = outcome(py, source);
    if (got !== want) differences.push(`${source}\n  want ${want}\n  got  ${got}`);
  }
  assertEquals(differences, []);
  assert(WAYS.length >= 30);
  assertEquals(({} as Record<string, unknown>).polluted, undefined);
});
