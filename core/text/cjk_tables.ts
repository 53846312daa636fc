// CPython 3.14: Modules/cjkcodecs/mappings_*.h
//
// The mapping tables of the CJK character sets. The host's TextDecoder knows the sets of the WHATWG's
// Encoding Standard; a table is made, when it is first asked for, by decoding all its byte pairs at
// once, one pair a line. Where CPython's mapping is another one, a list of runs says so:
//   "a1a4=30fb"     the pair A1A4 is U+30FB
//   "c6a5*83=3041"  83 pairs from C6A5 on are the characters from U+3041 on
//   "a2a1*10"       10 pairs from A2A1 on are nothing
// A character is encoded as the first pair that decodes to it, unless such a list (of characters, with
// the pair behind "=") says otherwise.

/** A character set of byte pairs. */
export interface PairTable {
  /** (lead & 0x7f) << 8 | trail -> the character, or 0; beyond 0x30000 two characters, high half first. */
  readonly dec: Uint32Array;
  /** Character -> the pair, or 0. */
  readonly enc: Uint16Array;
}

type Keep = (lead: number, trail: number, c: number) => boolean;

function hostPairs(label: string, prefix: number | undefined, keep: Keep): Uint32Array {
  const dec = new Uint32Array(0x8000), n = prefix === undefined ? 3 : 4;
  const bytes = new Uint8Array(126 * 191 * n);
  let k = 0;
  for (let lead = 0x81; lead < 0xFF; lead++) {
    for (let trail = 0x40; trail < 0xFF; trail++) {
      if (prefix !== undefined) bytes[k++] = prefix;
      bytes[k++] = lead;
      bytes[k++] = trail;
      bytes[k++] = 10;
    }
  }
  const lines = new TextDecoder(label).decode(bytes).split("\n");
  k = 0;
  for (let lead = 0x81; lead < 0xFF; lead++) {
    for (let trail = 0x40; trail < 0xFF; trail++) {
      const s = lines[k++], c = s.codePointAt(0);
      if (c === undefined || s.includes("\uFFFD")) continue;
      const one = s.length === (c > 0xFFFF ? 2 : 1);
      // what is no pair: a single byte with an ASCII character behind it
      if (!one && !(s.length === 2 && s.charCodeAt(1) >= 0x300 && s.charCodeAt(1) < 0x370)) continue;
      if (keep(lead, trail, c)) dec[(lead & 0x7F) << 8 | trail] = one ? c : c << 16 | s.charCodeAt(1);
    }
  }
  return dec;
}

/** Calls `set` for each entry of a list of runs. */
function eachRun(list: string, set: (at: number, value: number) => void): void {
  for (const run of list.split(" ")) {
    if (run === "") continue;
    const [at, value] = run.split("="), [first, n = "1"] = at.split("*");
    for (let i = 0; i < Number(n); i++) {
      set(parseInt(first, 16) + i, value === undefined ? 0 : parseInt(value, 16) + i);
    }
  }
}

function finish(dec: Uint32Array, runs: string, encRuns: string, size = 0x10000): PairTable {
  eachRun(runs, (at, c) => dec[at & 0x7FFF] = c);
  const enc = new Uint16Array(size);
  for (let i = dec.length - 1; i >= 0; i--) if (dec[i] !== 0 && dec[i] < size) enc[dec[i]] = 0x8000 | i;
  eachRun(encRuns, (c, pair) => enc[c] = pair);
  return { dec, enc };
}

const isPrivate = (c: number): boolean => c >= 0xE000 && c <= 0xF8FF;
const high: Keep = (lead, trail) => lead >= 0xA1 && trail >= 0xA1;

/** What CPython has otherwise than the host: [pairs, characters]. */
const DIFFERENCES: Record<string, [string, string]> = {
  jisx0208: [
    "a1c1=301c a1c2=2016 a1dd=2212 a1f1*2=a2 a2cc=ac",
    "",
  ],
  jisx0212: [
    "a2b7=7e",
    "",
  ],
  cp932: [
    "",
    "a2*2=8191 ac=81ca 2016=8161 2212=817c 301c=8160",
  ],
  gb2312: [
    "a1a4=30fb a1aa=2015 a2a1*10 a2e3 a6d9*29 a8bb*6",
    "",
  ],
  gbk: [
    "a2e3 a3a0 a6d9*7 a6ec*2 a6f3 a8bc a8bf a989*13 fe50 fe54*24 fe6d*9 fe77*8 fe80*17 fe92*15",
    "",
  ],
  gb18030: [
    "a3a0=e5e5 a6d9*7=e78d a6ec*2=e794 a6f3=e796 a8bc=e7c7 fe59=e81e fe61=e826 fe66*2=e82b fe6d=e832 fe7e=e843 fe90=e854 fea0=e864",
    "",
  ],
  big5: [
    "a145=2022 a14e=ff64 a1c2=203e a1e3=223c a1f2=2641 a1f3=2609 a241=ff0f a242=ff3c a244=a5 a246*2=a2 a3c0*34 c6a1=30fe c6a2*2=309d c6a4=3005 c6a5*83=3041 c6f8*7=30a1 c740*63=30a8 c7a1*16=30e7 c7b1*2=414 c7b3=401 c7b4*7=416 c7bb*19=423 c7ce=451 c7cf*26=436 c7e9*10=2460 c7f3*10=2474 c7fd*2 c840*63 c8a1*4 c8cd*37 c8f5*10",
    "5341=a451 5345=a4ca ff0f=a241 ff3c=a242",
  ],
  cp950: [
    "a3c0*33 c6a1=30fe c6a2*2=309d c6a4=3005 c6a5*83=3041 c6f8*7=30a1 c740*63=30a8 c7a1*16=30e7 c7b1*2=414 c7b3=401 c7b4*7=416 c7bb*19=423 c7ce=451 c7cf*26=436 c7e9*10=2460 c7f3*10=2474 c7fd*2 c840*63 c8a1*4 c8cd*37 c8f5*10 f9fe=2593",
    "a2*2=a246 a5=a244 2022=a145 203e=a1c2 223c=a1e3 2609=a1f3 2641=a1f2 5341=a451 5345=a4ca ff64=a14e",
  ],
  big5hkscs: [
    "877a*5 87a1*63 8e69 8e6f 8e7e 8eab 8eb4 8ecd 8ed0 8f57 8f69 8f6e 8fcb*2 8ffe 906d 907a 90dc 90f1 91bf 9244 92af*4 92c8 92d1 9447 94ca 95d9 9644 96ed 96fc 9b76 9b78 9b7b 9bc6 9bde 9bec 9bf6 9c42 9c53 9c62 9c68 9c6b 9c77 9cbc*2 9cd0 9d57 9d5a 9dc4 9ea9 9eef 9efd 9f60 9f66 9fcb 9fd8 a063 a077 a0d5 a0df a0e4 a145=2022 a14e=ff64 a1c2=203e a1e3=223c a1f2=2641 a1f3=2609 a241=ff0f a242=ff3c a244=a5 a246*2=a2 a3c0*34 c6cf c6d3 c6d5 c6d7 c6de*2 fa5f fa66 fabd fac5 fad5 fb48 fbb8 fbf3 fbf9 fc4f fc6c fcb9 fce2 fcf1 fdb7*2 fdbb fdf1 fe52 fe6f feaa fedd",
    "2550=f9f9 255e=f9e9 2561=f9eb 256a=f9ea 256d*2=f9fa 256f=f9fd 2570=f9fc 5341=a451 5345=a4ca ff0f=a241 ff3c=a242",
  ],
};

const MAKERS: Record<string, () => Uint32Array> = {
  jisx0208: () => hostPairs("euc-jp", undefined, (lead, trail) => high(lead, trail, 0) && lead !== 0xAD && lead < 0xF9),
  jisx0212: () => hostPairs("euc-jp", 0x8F, high),
  cp932: () => hostPairs("shift_jis", undefined, () => true),
  ksx1001: () => hostPairs("euc-kr", undefined, high),
  cp949: () => hostPairs("euc-kr", undefined, () => true),
  gb2312: () => hostPairs("gbk", undefined, (lead, trail, c) => high(lead, trail, c) && !isPrivate(c) && lead < 0xF8),
  gbk: () => hostPairs("gbk", undefined, (_lead, _trail, c) => !isPrivate(c)),
  gb18030: () => hostPairs("gb18030", undefined, () => true),
  big5: () =>
    hostPairs("big5", undefined, (lead, trail) => lead >= 0xA1 && (lead < 0xF9 || lead === 0xF9 && trail < 0xD6)),
  cp950: () => hostPairs("big5", undefined, (lead) => lead >= 0xA1 && lead < 0xFA),
  big5hkscs: () => hostPairs("big5", undefined, () => true),
};

const made = new Map<string, PairTable>();
/** A character set by name. The tables are the same for all Interpreters and never change. */
export function pairTable(name: string): PairTable {
  let t = made.get(name);
  if (t === undefined) {
    const [pairs, chars] = DIFFERENCES[name] ?? ["", ""];
    t = finish(MAKERS[name](), pairs, chars, name === "big5hkscs" ? 0x30000 : undefined);
    made.set(name, t);
  }
  return t;
}
