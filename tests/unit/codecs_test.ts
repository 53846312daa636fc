// The codecs of core against results recorded from CPython 3.14.

import { assert, assertEquals } from "@std/assert";
import type { Str } from "../../core/objects/object.ts";
import { fromUtf16 } from "../../core/objects/str_wide.ts";
import { equalStr } from "../../core/objects/str_ops.ts";
import * as charmap from "../../core/text/codec_charmap.ts";
import * as errors from "../../core/text/codec_errors.ts";
import * as escape from "../../core/text/codec_escape.ts";
import * as utf16 from "../../core/text/codec_utf16.ts";
import * as utf7 from "../../core/text/codec_utf7.ts";
import * as utf8 from "../../core/text/codec_utf8.ts";
import { PyUnicodeError } from "../../core/objects/exceptions_unicode.ts";
import { readCases, runCases } from "./recorded.ts";

// The two handlers that record_text.py registers.
const ownDecode: Record<string, errors.DecodeErrors> = {
  far: (_encoding, _object, _start, end) => ({
    replacement: fromUtf16("<é\u{1F600}>"),
    pos: end,
  }),
  near: (_encoding, object, start) => ({
    replacement: "Z",
    pos: Math.min(start + 1, object.length),
  }),
};
const ownEncode: Record<string, errors.EncodeErrors> = {
  far: (_encoding, _object, _start, end) => ({ replacement: "<x>", pos: end }),
  near: (_encoding, _object, start) => ({
    replacement: Uint8Array.of(65, 66, 67, 68),
    pos: start + 1,
  }),
};
const forDecode = (name: string): errors.DecodeErrors => errors.builtinDecodeErrors(name) ?? ownDecode[name];
const forEncode = (name: string): errors.EncodeErrors => errors.builtinEncodeErrors(name) ?? ownEncode[name];

const pair = (d: errors.Decoded): unknown[] => [d.text, d.consumed];
const triple = (
  d: utf16.DecodedOrdered,
): unknown[] => [d.text, d.consumed, d.byteorder];
type B = Uint8Array;
type Order = utf16.ByteOrder;

// deno-lint-ignore no-explicit-any
const functions: Record<string, (...args: any[]) => unknown> = {
  utf8: (b: B, h: string, final: boolean) => pair(utf8.decodeUtf8(b, forDecode(h), final)),
  utf16: (b: B, h: string, order: Order, final: boolean) => triple(utf16.decodeUtf16(b, forDecode(h), order, final)),
  utf32: (b: B, h: string, order: Order, final: boolean) => triple(utf16.decodeUtf32(b, forDecode(h), order, final)),
  utf7: (b: B, h: string, final: boolean) => pair(utf7.decodeUtf7(b, forDecode(h), final)),
  unicode_escape: (b: B, h: string, final: boolean) => pair(escape.decodeUnicodeEscape(b, forDecode(h), final)),
  raw_unicode_escape: (b: B, h: string, final: boolean) => pair(escape.decodeRawUnicodeEscape(b, forDecode(h), final)),
  escape: (b: B, h: string) => escape.decodeBytesEscape(b, h).bytes,
  escape_encode: escape.encodeBytesEscape,
  ascii: (b: B, h: string) => charmap.decodeAscii(b, forDecode(h)),
  latin1: charmap.decodeLatin1,
  charmap: (b: B, h: string, table: Str) => charmap.decodeCharmap(b, charmap.decodeMapOf(table), forDecode(h)),
  utf8_encode: (s: Str, h: string) => utf8.encodeUtf8(s, forEncode(h)),
  utf16_encode: (s: Str, h: string, order: Order) => utf16.encodeUtf16(s, forEncode(h), order),
  utf32_encode: (s: Str, h: string, order: Order) => utf16.encodeUtf32(s, forEncode(h), order),
  utf7_encode: utf7.encodeUtf7,
  ascii_encode: (s: Str, h: string) => charmap.encodeAscii(s, forEncode(h)),
  latin1_encode: (s: Str, h: string) => charmap.encodeLatin1(s, forEncode(h)),
  charmap_encode: (s: Str, h: string, table: Str) => {
    const map = charmap.buildEncodeMap(table);
    return charmap.encodeCharmap(s, (c) => map.get(c) ?? null, forEncode(h));
  },
  unicode_escape_encode: escape.encodeUnicodeEscape,
  raw_unicode_escape_encode: escape.encodeRawUnicodeEscape,
};

function failure(e: unknown): unknown {
  if (e instanceof PyUnicodeError) {
    return { e: [e.encoding, e.start, e.end, e.reason] };
  }
  const exc = e as { cls?: { name: string }; args?: { items: unknown[] } };
  if (exc.cls === undefined || exc.args === undefined) throw e;
  return { x: `${exc.cls.name}: ${exc.args.items[0]}` };
}

const ops = new Map<string, ReturnType<typeof readCases>>();
for (const c of readCases("codecs")) {
  if (!ops.has(c[0])) ops.set(c[0], []);
  ops.get(c[0])!.push(c);
}
for (const [op, cases] of ops) {
  Deno.test(`codecs: ${op} is CPython's`, () => runCases(cases, functions, failure));
}

Deno.test("long text takes the host's decoder and gives the same", () => {
  const plain = "αβγ hello ".repeat(100),
    wide = fromUtf16("\u{1F600} hello ".repeat(100));
  for (const s of [plain, wide]) {
    const b = utf8.encodeUtf8(s);
    assert(equalStr(utf8.decodeUtf8(b).text, s));
    for (let cut = 1; cut < 5; cut++) {
      const d = utf8.decodeUtf8(
        b.subarray(0, 500 + cut),
        errors.strictDecode,
        false,
      );
      assert(equalStr(utf8.decodeUtf8(b.subarray(0, d.consumed)).text, d.text));
    }
  }
  const bytes = Uint8Array.from({ length: 512 }, (_, i) => i & 255);
  assertEquals(
    Array.from(charmap.decodeLatin1(bytes), (c) => c.charCodeAt(0)),
    Array.from(bytes),
  );
});
