// Opcode table, code objects, their tables and marshal against facts recorded
// from the reference (code_record.py).

import { assertEquals, assertThrows } from "@std/assert";
import {
  CACHES,
  FLAGS,
  INTRINSIC_1,
  INTRINSIC_2,
  NB,
  NB_OPS,
  OPCODES,
  OPINFO,
  SPECIAL_METHODS,
  specializations,
  stackEffect,
} from "../../core/code/opcodes.ts";
import { OP } from "../../core/code/opnums.ts";
import { PyCode, replaceCode } from "../../core/code/code.ts";
import { coLines, coPositions, parseExceptionTable } from "../../core/code/locations.ts";
import { dumps, loads, type MarshalHost } from "../../core/code/marshal.ts";
import { HEADER_SIZE, readPycHeader, writePycHeader } from "../../core/code/pyc.ts";
import { verifyCode } from "../../core/code/verify.ts";
import { dictType, frozensetType, None, PyObject, PyTuple, setType, type Value } from "../../core/objects/object.ts";
import facts from "../code_facts.json" with { type: "json" };

const FLAG_NAMES = ["arg", "const", "name", "jump", "free", "local", "exc"];

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

class Raised {
  readonly type: string;
  readonly message: string;
  constructor(type: string, message: string) {
    this.type = type;
    this.message = message;
  }
}

/** Dicts and sets that need no Interpreter. */
class Bag extends PyObject {
  items(): Value[] {
    return this.entries.map(([key]) => key);
  }
  readonly entries: [Value, Value][] = [];
}

const host: MarshalHost = {
  error: (type, message) => new Raised(type, message),
  decodeError: (_b, _s, _e, reason) => new Raised("UnicodeDecodeError", reason),
  stopIteration: new PyTuple([]),
  newDict: () => new Bag(dictType),
  dictSet: (d, k, v) => void (d as Bag).entries.push([k, v]),
  dictEntries: (v) => v instanceof Bag && v.cls === dictType ? v.entries : undefined,
  newSet: (frozen) => new Bag(frozen ? frozensetType : setType),
  setAdd: (s, v) => void (s as Bag).entries.push([v, None]),
  setEntries: (v) =>
    v instanceof Bag && v.cls !== dictType
      ? {
        frozen: v.cls === frozensetType,
        items: v.entries.map(([key]) => key),
      }
      : undefined,
  buffer: () => undefined,
};

Deno.test("the opcode table has the reference's numbers, flags and cache entries", () => {
  assertEquals(
    OPCODES.map((row) => [row.number, row.name]),
    facts.opcodes.map((row) => [row.number, row.name]),
  );
  for (const fact of facts.opcodes) {
    const row = OPINFO[fact.number]!;
    assertEquals(
      FLAG_NAMES.filter((_, i) => FLAGS[fact.number] & (1 << i)),
      fact.flags,
      fact.name,
    );
    if (row.base === row.number) {
      assertEquals(CACHES[row.number], fact.caches, fact.name);
    } else {
      assertEquals(CACHES[row.number], CACHES[row.base], fact.name);
    }
    assertEquals(OP[fact.name as keyof typeof OP], fact.number);
  }
});

Deno.test("stack effects are the reference's", () => {
  for (const fact of facts.opcodes) {
    const hasArg = fact.flags.includes("arg");
    fact.effects.forEach((row, i) => {
      const arg = hasArg ? i + 1 : 0;
      assertEquals(
        [false, true, null].map((jump) => stackEffect(fact.number, arg, jump) ?? null),
        row,
        `${fact.name} ${arg}`,
      );
    });
  }
});

Deno.test("argument tables are the reference's", () => {
  assertEquals(NB_OPS.map((row) => [...row]), facts.nb_ops);
  Object.entries(NB).forEach(([name, i]) => {
    assertEquals(`NB_${name}`, facts.nb_ops[i][0]);
  });
  assertEquals(INTRINSIC_1, facts.intrinsic1);
  assertEquals(INTRINSIC_2, facts.intrinsic2);
  assertEquals(SPECIAL_METHODS, facts.special);
  const families = specializations();
  for (const [family, members] of Object.entries(facts.specializations)) {
    assertEquals([...families.get(family)!].sort(), [...members].sort());
  }
  assertEquals(families.size, Object.keys(facts.specializations).length);
});

interface Tree {
  name: string;
  code: string;
  linetable: string;
  lines: (number | null)[][];
  positions: (number | null)[][];
  exceptions: (number | boolean)[][];
  varnames: string[];
  cellvars: string[];
  freevars: string[];
  nlocals: number;
  stacksize: number;
  flags: number;
  firstlineno: number;
  qualname: string;
  consts: Tree[];
}

function checkTree(code: PyCode, fact: Tree): void {
  const where = fact.qualname;
  assertEquals(code.co_name, fact.name, where);
  assertEquals(code.co_qualname, fact.qualname, where);
  assertEquals(code.co_code, bytes(fact.code), where);
  assertEquals(code.co_varnames, fact.varnames, where);
  assertEquals(code.co_cellvars, fact.cellvars, where);
  assertEquals(code.co_freevars, fact.freevars, where);
  assertEquals(code.co_nlocals, fact.nlocals, where);
  assertEquals(code.co_stacksize, fact.stacksize, where);
  assertEquals(code.co_flags, fact.flags, where);
  assertEquals(
    coLines(code.co_linetable, code.co_firstlineno)
      .map(([start, end, line]) => [start * 2, end * 2, line]),
    fact.lines,
    where,
  );
  assertEquals(
    coPositions(code.co_linetable, code.co_firstlineno) as unknown[],
    fact.positions,
    where,
  );
  assertEquals(
    parseExceptionTable(code.co_exceptiontable)
      .map((e) => [e.start * 2, e.end * 2, e.target * 2, e.depth, e.lasti]),
    fact.exceptions,
    where,
  );
  const nested = code.co_consts.filter((v) => v instanceof PyCode);
  assertEquals(nested.length, fact.consts.length, where);
  nested.forEach((c, i) => checkTree(c, fact.consts[i]));
}

for (const [name, fact] of Object.entries(facts.codes)) {
  Deno.test(`code object of the reference: ${name}`, () => {
    const data = bytes(fact.marshal);
    const code = loads(data, host) as PyCode;
    checkTree(code, fact.tree as Tree);
    verifyCode(code);
    const again = loads(dumps(code, host), host) as PyCode;
    checkTree(again, fact.tree as Tree);
  });
}

Deno.test("marshal reads what the reference wrote and writes it again", () => {
  // CPython flags an object by its owners at the time, so flags are not compared.
  for (const [text, versions] of facts.values as [string, string[]][]) {
    versions.forEach((data, version) => {
      const theirs = bytes(data);
      const value = loads(theirs, host);
      const ours = dumps(value, host, { version });
      if (version < 3) {
        assertEquals(ours, theirs, `${text} in version ${version}`);
      } else {
        assertEquals(
          dumps(loads(ours, host), host, { version: 2 }),
          bytes(versions[2]),
          `${text} in version ${version}`,
        );
      }
    });
  }
});

Deno.test("marshal reports bad data as the reference does", () => {
  for (const [data, outcome] of facts.bad as [string, string[] | null][]) {
    let got: string[] | null = null;
    try {
      loads(bytes(data), host);
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      got = [e.type, e.message];
    }
    assertEquals(got, outcome, JSON.stringify(atob(data)));
  }
});

Deno.test("marshal keeps identity and self-reference from version 3 on", () => {
  const inner = new PyTuple([1000, "a b"]);
  const both = loads(
    dumps(new PyTuple([inner, inner]), host),
    host,
  ) as PyTuple;
  assertEquals(both.items[0] === both.items[1], true);
  const list = loads(
    bytes(btoa("\xdb\x01\0\0\0r\0\0\0\0")),
    host,
  ) as unknown as {
    items: Value[];
  };
  assertEquals(list.items[0], list as unknown as Value);
});

Deno.test("marshal refuses what it can't write", () => {
  const refused = (v: Value, options = {}) => {
    try {
      dumps(v, host, options);
    } catch (e) {
      return (e as Raised).message;
    }
    return undefined;
  };
  assertEquals(refused(new PyObject(dictType)), "unmarshallable object");
  let deep: Value = new PyTuple([1]);
  for (let i = 0; i < 2500; i++) deep = new PyTuple([deep]);
  assertEquals(refused(deep), "object too deeply nested to marshal");
  const code = loads(bytes(facts.codes.plain.marshal), host);
  assertEquals(
    refused(code, { allowCode: false }),
    "marshalling code objects is disallowed",
  );
});

Deno.test("a .pyc header survives a round trip", () => {
  const stamp = { kind: "timestamp", mtime: 1700000000, size: 12345 } as const;
  assertEquals(writePycHeader(stamp).length, HEADER_SIZE);
  assertEquals(readPycHeader(writePycHeader(stamp), "m"), stamp);
  const hash = {
    kind: "hash",
    hash: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    checkSource: true,
  } as const;
  assertEquals(readPycHeader(writePycHeader(hash), "m"), hash);
  assertThrows(
    () => readPycHeader(new Uint8Array(16), "m"),
    Error,
    "bad magic number in 'm'",
  );
});

Deno.test("the verifier names what is wrong", () => {
  const code = loads(bytes(facts.codes.plain.marshal), host) as PyCode;
  const broken = (changes: Parameters<typeof replaceCode>[1]) => () => verifyCode(replaceCode(code, changes));
  const unit = (...units: number[]) => Uint8Array.from(units);
  const ret = [OP.RETURN_VALUE, 0];
  const cases: [Parameters<typeof replaceCode>[1], string][] = [
    [{ co_code: unit() }, "no code"],
    [{ co_code: unit(1) }, "odd length"],
    [{ co_code: unit(0, 0) }, "opcode CACHE is not allowed at offset 0"],
    [{ co_code: unit(OP.INSTRUMENTED_CALL, 0) }, "is not allowed"],
    [{ co_code: unit(OP.CALL, 0) }, "cache entries are missing"],
    [{ co_code: unit(...ret) }, "stack underflow at offset 0"],
    [{ co_code: unit(OP.LOAD_SMALL_INT, 1) }, "runs off the end"],
    [{ co_code: unit(OP.LOAD_CONST, 99, ...ret) }, "constant 99 out of range"],
    [{ co_code: unit(OP.LOAD_NAME, 99, ...ret) }, "name 99 out of range"],
    [{ co_code: unit(OP.LOAD_FAST, 0, ...ret) }, "variable 0 out of range"],
    [{ co_code: unit(OP.JUMP_FORWARD, 9, ...ret) }, "is no instruction"],
    [{ co_code: unit(OP.JUMP_BACKWARD, 1, 0, 0) }, "is no instruction"],
    [
      {
        co_code: unit(OP.LOAD_SMALL_INT, 1, OP.LOAD_SMALL_INT, 1, ...ret),
        co_stacksize: 1,
      },
      "exceeds stacksize",
    ],
    [{ co_linetable: unit(0) }, "location table"],
    [{ co_exceptiontable: unit(0x80, 0) }, "exception table"],
    [{ co_argcount: 3 }, "more arguments than locals"],
  ];
  for (const [changes, message] of cases) {
    assertThrows(broken(changes), Error, message, message);
  }
});
