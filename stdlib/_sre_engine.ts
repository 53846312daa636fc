// CPython 3.14: Modules/_sre/sre_lib.h
//
// The backtracking matcher. It runs a Program over a subject (the code units of a plain str, the
// code points of a wide one, or bytes) with one explicit stack of 32-bit words, so that neither
// the pattern nor the subject decides how deep the JavaScript stack gets.
//
// CPython's matcher calls itself for "the rest of the pattern" and looks at what came back. Here
// the rest is simply run; whatever has to happen when it fails is an entry on the stack, and
// failing means popping the newest entry:
//
//   choice    another way to go on: a BRANCH's next alternative, one character less (or more) of
//             a one-character repeat, the tail after one more round of a loop (or the reverse)
//   undo      a loop's counter is set back
//   loop      the state of a REPEAT: count, where it stands in the code, the enclosing loop, and
//             where its last round began; `repeat` is the entry's index. It dies when popped
//   barrier   a sub-pattern that must end for itself: lookaround, atomic group, possessive round.
//             A SUCCESS inside cuts the stack back to the barrier: nothing in it is tried again
//
// Choices and barriers have the layout  marks[n] n lastmark lastindex repeat ptr x y [outer] kind.
// When groups are set back is observable (what `(?:(a)x|ay)++` leaves in group 1), so this is as
// in CPython: always `lastmark` and `lastindex`, and the marks themselves only inside a loop. A
// possessive round counts as inside a loop: `repeat` is the index of its barrier then.

import { memoryError, runtimeError } from "../core/objects/errors.ts";
import { cur } from "../core/objects/state.ts";
import { toLower } from "../core/unicode/ctype.ts";
import * as S from "./_sre_code.ts";
import type { Program } from "./_sre_code.ts";

const K_BRANCH = 0, K_ONE = 1, K_ONE_LITERAL = 2, K_MIN_ONE = 3, K_MAX = 4, K_MIN = 5;
const K_COUNT = 6, K_MIN_ROUND = 7, K_LOOP = 8;
const K_ASSERT = 9, K_ASSERT_NOT = 10, K_ATOMIC = 11, K_POSS_MIN = 12, K_POSS = 13;
/** Words of a choice and of a barrier, without marks. */
const CHOICE = 8, BARRIER = 9, LOOP = 5;
/** Steps between two polls. */
const FUEL = 2000;
/** Longest stack, in words. */
const MAX_STACK = 1 << 28;

/** Longest stack that is kept for the next match. */
const KEPT_STACK = 1 << 14;

const NO_BYTES = new Uint8Array(0);

function internalError(): Error | object {
  return runtimeError("internal error in regular expression engine");
}

/** A subject and where the search in it stands. */
export class Matcher {
  readonly prog: Program;
  /** The subject: `s` when `plain`, else `b`. */
  plain = true;
  s = "";
  b: Uint8Array | Uint32Array = NO_BYTES;
  /** Where to begin, and the end of the subject. */
  start = 0;
  end = 0;
  /** Where the match ended. */
  ptr = 0;
  matchAll = false;
  mustAdvance = false;
  lastmark = -1;
  lastindex = -1;
  marks: Int32Array;
  private stack: Int32Array = new Int32Array(64);
  private fuel = FUEL;
  constructor(prog: Program) {
    this.prog = prog;
    this.marks = new Int32Array(prog.groups * 2 + 2);
  }
  /** Makes ready for a match at `start`. */
  reset(): void {
    this.lastmark = this.lastindex = -1;
  }

  /** Lets go of the subject, and of a stack that has become large. */
  release(): void {
    this.s = "";
    this.b = NO_BYTES;
    if (this.stack.length > KEPT_STACK) this.stack = new Int32Array(64);
  }

  private grow(need: number): Int32Array {
    if (need > MAX_STACK) throw memoryError();
    const bigger: Int32Array = new Int32Array(Math.min(Math.max(need, this.stack.length * 2), MAX_STACK));
    bigger.set(this.stack);
    return this.stack = bigger;
  }
  private refuel(): void {
    this.fuel = FUEL;
    cur.tick(FUEL);
  }

  /** Matches at `start`. */
  match(): boolean {
    return this.run(0, this.start, true);
  }

  /** End of the run of at most `max` (-1: any number) of the item at `pc`, from `ptr` on. */
  private count(pc: number, ptr: number, max: number): number {
    const code = this.prog.code, from = ptr;
    let end = this.end;
    if (max !== -1 && max < end - ptr) end = ptr + max;
    const op = code[pc];
    if (op === S.ANY_ALL) return end > ptr ? end : ptr;
    if (!S.isItem(op)) return this.countOther(pc, ptr, end);
    if (this.plain) {
      const s = this.s;
      if (op === S.LITERAL) {
        const lit = code[pc + 1];
        while (ptr < end && s.charCodeAt(ptr) === lit) ptr++;
      } else if (op === S.NOT_LITERAL) {
        const lit = code[pc + 1];
        while (ptr < end && s.charCodeAt(ptr) !== lit) ptr++;
      } else if (op === S.ANY) {
        if (end === s.length) {
          const i = s.indexOf("\n", ptr);
          ptr = i < 0 ? Math.max(ptr, end) : i;
        } else while (ptr < end && s.charCodeAt(ptr) !== 10) ptr++;
      } else {
        const t = this.prog.table(pc);
        for (; ptr < end; ptr++) {
          const c = s.charCodeAt(ptr);
          if (c < 256 ? t[c] === 0 : !this.prog.itemTest(pc, c)) break;
        }
      }
    } else {
      const b = this.b;
      if (op === S.LITERAL) {
        const lit = code[pc + 1];
        while (ptr < end && b[ptr] === lit) ptr++;
      } else if (op === S.ANY) {
        while (ptr < end && b[ptr] !== 10) ptr++;
      } else {
        const t = this.prog.table(pc);
        for (; ptr < end; ptr++) {
          const c = b[ptr];
          if (c < 256 ? t[c] === 0 : !this.prog.itemTest(pc, c)) break;
        }
      }
    }
    if ((this.fuel -= (ptr - from) >> 3) < 0) this.refuel();
    return ptr;
  }

  /** The same for code that is no single item; the pattern compiler never makes it. */
  private countOther(pc: number, ptr: number, end: number): number {
    while (ptr < end) {
      const sub = new Matcher(this.prog);
      sub.plain = this.plain;
      sub.s = this.s;
      sub.b = this.b;
      sub.start = this.start;
      sub.end = this.end;
      sub.marks.set(this.marks);
      sub.lastmark = this.lastmark;
      if (!sub.run(pc, ptr, false) || sub.ptr === ptr) break;
      ptr = sub.ptr;
    }
    return ptr;
  }

  private at(kind: number, ptr: number): boolean {
    const end = this.end, s = this.s, b = this.b, plain = this.plain;
    switch (kind) {
      case S.AT_BEGINNING:
      case S.AT_BEGINNING_STRING:
        return ptr === 0;
      case S.AT_BEGINNING_LINE:
        return ptr === 0 || (plain ? s.charCodeAt(ptr - 1) : b[ptr - 1]) === 10;
      case S.AT_END:
        return ptr === end || (end - ptr === 1 && (plain ? s.charCodeAt(ptr) : b[ptr]) === 10);
      case S.AT_END_LINE:
        return ptr === end || (plain ? s.charCodeAt(ptr) : b[ptr]) === 10;
      case S.AT_END_STRING:
        return ptr === end;
    }
    const before = ptr > 0 ? (plain ? s.charCodeAt(ptr - 1) : b[ptr - 1]) : 10;
    const here = ptr < end ? (plain ? s.charCodeAt(ptr) : b[ptr]) : 10;
    switch (kind) {
      case S.AT_BOUNDARY:
      case S.AT_LOC_BOUNDARY:
        return S.asciiWord(before) !== S.asciiWord(here);
      case S.AT_NON_BOUNDARY:
      case S.AT_LOC_NON_BOUNDARY:
        return S.asciiWord(before) === S.asciiWord(here);
      case S.AT_UNI_BOUNDARY:
        return S.uniWord(before) !== S.uniWord(here);
      case S.AT_UNI_NON_BOUNDARY:
        return S.uniWord(before) === S.uniWord(here);
    }
    return false;
  }

  /** End of a second occurrence of group `g` at `ptr`; -1: there is none. */
  private sameAsGroup(op: number, g: number, ptr: number, lastmark: number): number {
    if (g * 2 >= lastmark) return -1;
    const from = this.marks[g * 2], to = this.marks[g * 2 + 1];
    if (from < 0 || to < from) return -1;
    if (to - from > this.end - ptr) return -1;
    const s = this.s, b = this.b, plain = this.plain;
    for (let i = from; i < to; i++, ptr++) {
      const x = plain ? s.charCodeAt(i) : b[i], y = plain ? s.charCodeAt(ptr) : b[ptr];
      if (x === y) continue;
      if (op === S.GROUPREF) return -1;
      if (op === S.GROUPREF_UNI_IGNORE ? toLower(x) !== toLower(y) : S.lowerAscii(x) !== S.lowerAscii(y)) return -1;
    }
    if ((this.fuel -= (to - from) >> 3) < 0) this.refuel();
    return ptr;
  }

  /** Writes a choice's words; returns the new top, before the kind (and the barrier's outer). */
  private save(sp: number, n: number, lastmark: number, repeat: number, ptr: number, x: number, y: number): number {
    let stack: Int32Array = this.stack;
    if (sp + n + BARRIER + LOOP > stack.length) stack = this.grow(sp + n + BARRIER + LOOP);
    const marks = this.marks;
    for (let i = 0; i < n; i++) stack[sp++] = marks[i];
    stack[sp] = n;
    stack[sp + 1] = lastmark;
    stack[sp + 2] = this.lastindex;
    stack[sp + 3] = repeat;
    stack[sp + 4] = ptr;
    stack[sp + 5] = x;
    stack[sp + 6] = y;
    return sp + 7;
  }

  /** Runs the code at `pc` from `ptr` on; true with `this.ptr` set when it matches. */
  private run(pc: number, ptr: number, top: boolean): boolean {
    const prog = this.prog,
      code = prog.code,
      plain = this.plain,
      s = this.s,
      b = this.b,
      end = this.end,
      marks = this.marks;
    let stack: Int32Array = this.stack, sp = 0, repeat = -1, barrier = -1, lastmark = this.lastmark;
    if (code[pc] === S.INFO) {
      const min = code[pc + 3] >>> 0;
      if (min > 0 && end - ptr < min) return false;
      pc += 1 + code[pc + 1];
    }
    for (;;) {
      // Possessive rounds: the words of the op, the round's number and where the last one began
      let possAt = -1, possCount = 0, possLast = -1;
      // every `break` out of this switch means failure
      ops: switch (code[pc++]) {
        case S.LITERAL:
          if (ptr >= end || (plain ? s.charCodeAt(ptr) : b[ptr]) !== code[pc]) break;
          pc++;
          ptr++;
          continue;
        case S.NOT_LITERAL:
          if (ptr >= end || (plain ? s.charCodeAt(ptr) : b[ptr]) === code[pc]) break;
          pc++;
          ptr++;
          continue;
        case S.ANY:
          if (ptr >= end || (plain ? s.charCodeAt(ptr) : b[ptr]) === 10) break;
          ptr++;
          continue;
        case S.ANY_ALL:
          if (ptr >= end) break;
          ptr++;
          continue;
        case S.IN:
        case S.IN_IGNORE:
        case S.IN_UNI_IGNORE:
        case S.IN_LOC_IGNORE: {
          if (ptr >= end) break;
          const c = plain ? s.charCodeAt(ptr) : b[ptr];
          if (c < 256 ? prog.table(pc - 1)[c] === 0 : !prog.itemTest(pc - 1, c)) break;
          pc += code[pc];
          ptr++;
          continue;
        }
        case S.CATEGORY:
        case S.LITERAL_IGNORE:
        case S.LITERAL_UNI_IGNORE:
        case S.LITERAL_LOC_IGNORE:
        case S.NOT_LITERAL_IGNORE:
        case S.NOT_LITERAL_UNI_IGNORE:
        case S.NOT_LITERAL_LOC_IGNORE: {
          if (ptr >= end) break;
          const c = plain ? s.charCodeAt(ptr) : b[ptr];
          if (c < 256 ? prog.table(pc - 1)[c] === 0 : !prog.itemTest(pc - 1, c)) break;
          pc++;
          ptr++;
          continue;
        }
        case S.AT:
          if (!this.at(code[pc], ptr)) break;
          pc++;
          continue;
        case S.MARK: {
          const i = code[pc++];
          if (i & 1) this.lastindex = (i >> 1) + 1;
          if (i > lastmark) {
            // what was skipped has not been reached yet
            for (let j = lastmark + 1; j < i; j++) marks[j] = -1;
            lastmark = i;
          }
          marks[i] = ptr;
          continue;
        }
        case S.JUMP:
        case S.INFO:
          pc += code[pc];
          continue;
        case S.BRANCH: {
          const next = this.alternative(pc, ptr);
          if (next < 0) break;
          const after = next + code[next];
          if (code[after] !== 0) {
            sp = this.save(sp, repeat >= 0 ? lastmark + 1 : 0, lastmark, repeat, ptr, after, 0);
            stack = this.stack;
            stack[sp++] = K_BRANCH;
          }
          pc = next + 1;
          continue;
        }
        case S.REPEAT_ONE: {
          const min = code[pc + 1];
          if (min > end - ptr) break;
          const from = ptr + min, tail = pc + code[pc];
          ptr = this.count(pc + 3, ptr, code[pc + 2]);
          if (ptr < from) break;
          if (code[tail] === S.LITERAL) {
            const lit = code[tail + 1];
            if (plain) { while (ptr >= from && (ptr >= end || s.charCodeAt(ptr) !== lit)) ptr--; }
            else while (ptr >= from && (ptr >= end || b[ptr] !== lit)) ptr--;
            if (ptr < from) break;
            if (ptr > from) {
              sp = this.save(sp, repeat >= 0 ? lastmark + 1 : 0, lastmark, repeat, ptr, tail, from);
              stack = this.stack;
              stack[sp++] = K_ONE_LITERAL;
            }
          } else if (ptr > from) {
            sp = this.save(sp, repeat >= 0 ? lastmark + 1 : 0, lastmark, repeat, ptr, tail, from);
            stack = this.stack;
            stack[sp++] = K_ONE;
          }
          pc = tail;
          continue;
        }
        case S.MIN_REPEAT_ONE: {
          const min = code[pc + 1];
          if (min > end - ptr) break;
          if (min > 0) {
            const to = this.count(pc + 3, ptr, min);
            if (to - ptr < min) break;
            ptr = to;
          }
          const n = this.skipToLiteral(pc, ptr, min);
          if (n < 0) break;
          ptr += n - min;
          sp = this.save(sp, repeat >= 0 ? lastmark + 1 : 0, lastmark, repeat, ptr, pc, n);
          stack = this.stack;
          stack[sp++] = K_MIN_ONE;
          pc += code[pc];
          continue;
        }
        case S.POSSESSIVE_REPEAT_ONE: {
          const min = code[pc + 1];
          if (min > end - ptr) break;
          const from = ptr + min;
          ptr = this.count(pc + 3, ptr, code[pc + 2]);
          if (ptr < from) break;
          pc += code[pc];
          continue;
        }
        case S.REPEAT:
          if (sp + LOOP > stack.length) stack = this.grow(sp + LOOP);
          stack[sp] = -1;
          stack[sp + 1] = pc;
          stack[sp + 2] = repeat;
          stack[sp + 3] = -1;
          stack[sp + 4] = K_LOOP;
          repeat = sp;
          sp += LOOP;
          pc += code[pc];
          continue;
        case S.MAX_UNTIL: {
          const r = repeat;
          if (r < 0) throw internalError();
          if (--this.fuel < 0) this.refuel();
          const count = stack[r] + 1, at = stack[r + 1], max = code[at + 2];
          if (count < code[at + 1]) {
            stack[r] = count;
            if (sp + 2 > stack.length) stack = this.grow(sp + 2);
            stack[sp++] = r;
            stack[sp++] = K_COUNT;
            pc = at + 3;
            continue;
          }
          if ((count < max || max === -1) && ptr !== stack[r + 3]) {
            // one more round if it can be; an empty one ends the loop
            stack[r] = count;
            sp = this.save(sp, lastmark + 1, lastmark, r, ptr, pc, stack[r + 3]);
            stack = this.stack;
            stack[sp++] = K_MAX;
            stack[r + 3] = ptr;
            pc = at + 3;
            continue;
          }
          repeat = stack[r + 2];
          continue;
        }
        case S.MIN_UNTIL: {
          const r = repeat;
          if (r < 0) throw internalError();
          if (--this.fuel < 0) this.refuel();
          const count = stack[r] + 1, at = stack[r + 1];
          if (count < code[at + 1]) {
            stack[r] = count;
            if (sp + 2 > stack.length) stack = this.grow(sp + 2);
            stack[sp++] = r;
            stack[sp++] = K_COUNT;
            pc = at + 3;
            continue;
          }
          repeat = stack[r + 2];
          sp = this.save(sp, repeat >= 0 ? lastmark + 1 : 0, lastmark, r, ptr, pc, count);
          stack = this.stack;
          stack[sp++] = K_MIN;
          continue;
        }
        case S.ASSERT: {
          const back = code[pc + 1];
          if (ptr < back) break;
          sp = this.save(sp, 0, lastmark, repeat, ptr, pc, 0);
          stack = this.stack;
          stack[sp++] = barrier;
          stack[sp++] = K_ASSERT;
          barrier = sp;
          ptr -= back;
          pc += 2;
          continue;
        }
        case S.ASSERT_NOT: {
          const back = code[pc + 1];
          if (ptr < back) {
            pc += code[pc];
            continue;
          }
          sp = this.save(sp, repeat >= 0 ? lastmark + 1 : 0, lastmark, repeat, ptr, pc, 0);
          stack = this.stack;
          stack[sp++] = barrier;
          stack[sp++] = K_ASSERT_NOT;
          barrier = sp;
          ptr -= back;
          pc += 2;
          continue;
        }
        case S.ATOMIC_GROUP:
          sp = this.save(sp, 0, lastmark, repeat, ptr, pc, 0);
          stack = this.stack;
          stack[sp++] = barrier;
          stack[sp++] = K_ATOMIC;
          barrier = sp;
          pc++;
          continue;
        case S.POSSESSIVE_REPEAT:
          if (code[pc + 1] > 0) {
            sp = this.save(sp, 0, lastmark, repeat, ptr, pc, 0);
            stack = this.stack;
            stack[sp++] = barrier;
            stack[sp++] = K_POSS_MIN;
            barrier = repeat = sp;
            pc += 3;
            continue;
          }
          possAt = pc;
          break;
        case S.SUCCESS: {
          if (barrier < 0) {
            if (top && ((this.matchAll && ptr !== end) || (this.mustAdvance && ptr === this.start))) break;
            this.ptr = ptr;
            this.lastmark = lastmark;
            return true;
          }
          const e = barrier - BARRIER, at = stack[e + 5];
          repeat = stack[e + 3];
          barrier = stack[e + 7];
          switch (stack[e + 8]) {
            case K_ASSERT:
              sp = e;
              ptr = stack[e + 4];
              pc = at + code[at];
              continue;
            case K_ATOMIC:
              sp = e;
              pc = at + code[at];
              continue;
            case K_POSS_MIN: {
              const count = stack[e + 6] + 1;
              if (count < code[at + 1]) {
                stack[e + 6] = count;
                sp = barrier = repeat = e + BARRIER;
                // the barrier entry is as it was: only the count changed
                pc = at + 3;
                if (--this.fuel < 0) this.refuel();
                continue;
              }
              sp = e;
              possAt = at;
              possCount = count;
              break ops;
            }
            case K_POSS:
              sp = e - stack[e];
              possAt = at;
              possCount = stack[e + 6] + 1;
              possLast = stack[e + 4];
              if (--this.fuel < 0) this.refuel();
              break ops;
          }
          // K_ASSERT_NOT: what must not match has matched
          sp = e - stack[e];
          break;
        }
        case S.GROUPREF:
        case S.GROUPREF_IGNORE:
        case S.GROUPREF_LOC_IGNORE:
        case S.GROUPREF_UNI_IGNORE: {
          const to = this.sameAsGroup(code[pc - 1], code[pc], ptr, lastmark);
          if (to < 0) break;
          ptr = to;
          pc++;
          continue;
        }
        case S.GROUPREF_EXISTS: {
          const g = code[pc] * 2;
          if (g < lastmark && marks[g] >= 0 && marks[g + 1] >= marks[g]) pc += 2;
          else pc += code[pc + 1];
          continue;
        }
        case S.FAILURE:
          break;
        default:
          throw internalError();
      }

      if (possAt >= 0) {
        // the next round of a possessive repeat, unless the last one was empty
        const max = code[possAt + 2];
        if ((possCount < max || max === -1) && ptr !== possLast) {
          sp = this.save(sp, lastmark + 1, lastmark, repeat, ptr, possAt, possCount);
          stack = this.stack;
          stack[sp++] = barrier;
          stack[sp++] = K_POSS;
          barrier = repeat = sp;
          pc = possAt + 3;
        } else pc = possAt + code[possAt] + 1;
        continue;
      }

      // failure: back to the newest entry that knows another way
      if (--this.fuel < 0) this.refuel();
      back: for (;;) {
        if (sp === 0) return false;
        const kind = stack[sp - 1];
        switch (kind) {
          case K_COUNT:
            sp -= 2;
            stack[stack[sp]]--;
            continue;
          case K_MIN_ROUND: {
            sp -= 3;
            const r = stack[sp];
            stack[r + 3] = stack[sp + 1];
            stack[r]--;
            continue;
          }
          case K_LOOP:
            sp -= LOOP;
            continue;
          case K_ASSERT:
          case K_ATOMIC:
          case K_POSS_MIN:
            barrier = stack[sp - 2];
            sp -= BARRIER;
            continue;
        }
        // a choice, or a barrier whose failure is a way on: the marks go back
        const barred = kind >= K_ASSERT_NOT;
        const e = sp - (barred ? BARRIER : CHOICE), n = stack[e], bottom = e - n;
        for (let i = 0; i < n; i++) marks[i] = stack[bottom + i];
        lastmark = stack[e + 1];
        this.lastindex = stack[e + 2];
        repeat = stack[e + 3];
        ptr = stack[e + 4];
        const x = stack[e + 5];
        switch (kind) {
          case K_BRANCH: {
            const next = this.alternative(x, ptr);
            if (next < 0) {
              sp = bottom;
              continue;
            }
            const after = next + code[next];
            if (code[after] === 0) sp = bottom;
            else stack[e + 5] = after;
            pc = next + 1;
            break back;
          }
          case K_ONE: {
            ptr--;
            if (ptr === stack[e + 6]) sp = bottom;
            else stack[e + 4] = ptr;
            pc = x;
            break back;
          }
          case K_ONE_LITERAL: {
            const lit = code[x + 1], from = stack[e + 6];
            ptr--;
            if (plain) { while (ptr >= from && s.charCodeAt(ptr) !== lit) ptr--; }
            else while (ptr >= from && b[ptr] !== lit) ptr--;
            if (ptr < from) {
              sp = bottom;
              continue;
            }
            if (ptr === from) sp = bottom;
            else stack[e + 4] = ptr;
            pc = x;
            break back;
          }
          case K_MIN_ONE: {
            let n = stack[e + 6];
            const max = code[x + 2];
            if ((max !== -1 && n >= max) || this.count(x + 3, ptr, 1) === ptr) {
              sp = bottom;
              continue;
            }
            const to = this.skipToLiteral(x, ptr + 1, n + 1);
            if (to < 0) {
              sp = bottom;
              continue;
            }
            ptr += to - n;
            n = to;
            stack[e + 4] = ptr;
            stack[e + 6] = n;
            pc = x + code[x];
            break back;
          }
          case K_MAX:
            // no further round: what follows the loop
            stack[repeat + 3] = stack[e + 6];
            stack[repeat]--;
            repeat = stack[repeat + 2];
            sp = bottom;
            pc = x;
            break back;
          case K_MIN: {
            const r = repeat, at = stack[r + 1], count = stack[e + 6], max = code[at + 2];
            sp = bottom;
            if ((count >= max && max !== -1) || ptr === stack[r + 3]) continue;
            stack[r] = count;
            stack[sp] = r;
            stack[sp + 1] = stack[r + 3];
            stack[sp + 2] = K_MIN_ROUND;
            sp += 3;
            stack[r + 3] = ptr;
            pc = at + 3;
            break back;
          }
          case K_ASSERT_NOT:
            barrier = stack[e + 7];
            sp = bottom;
            pc = x + code[x];
            break back;
          default: // K_POSS: no further round
            barrier = stack[e + 7];
            sp = bottom;
            pc = x + code[x] + 1;
            break back;
        }
      }
    }
  }

  /** The next alternative of a BRANCH, from the skip word at `pc` on, that may match at `ptr`; -1: none. */
  private alternative(pc: number, ptr: number): number {
    const prog = this.prog, code = prog.code;
    if (ptr >= this.end) {
      for (; code[pc] !== 0; pc += code[pc]) {
        const op = code[pc + 1];
        if (op !== S.LITERAL && op !== S.IN) return pc;
      }
      return -1;
    }
    const c = this.plain ? this.s.charCodeAt(ptr) : this.b[ptr];
    for (; code[pc] !== 0; pc += code[pc]) {
      const op = code[pc + 1];
      if (op === S.LITERAL) {
        if (c !== code[pc + 2]) continue;
      } else if (op === S.IN) {
        if (!prog.itemTest(pc + 1, c)) continue;
      }
      return pc;
    }
    return -1;
  }

  /**
   * A lazy one-character repeat has `n` items that end at `ptr`: how many it must have at least so
   * that the literal its tail begins with (if it does) can follow; -1: it can't.
   */
  private skipToLiteral(pc: number, ptr: number, n: number): number {
    const code = this.prog.code, tail = pc + code[pc];
    if (code[tail] !== S.LITERAL) return n;
    const lit = code[tail + 1], max = code[pc + 2], item = pc + 3, end = this.end;
    if (!S.isItem(code[item])) return n;
    const plain = this.plain, s = this.s, b = this.b, prog = this.prog, from = ptr;
    const limit = max === -1 ? end : Math.min(end, ptr + (max - n));
    const any = code[item] === S.ANY_ALL ? 2 : code[item] === S.ANY ? 1 : 0;
    for (;; ptr++) {
      if (ptr >= end) return -1;
      const c = plain ? s.charCodeAt(ptr) : b[ptr];
      if (c === lit) break;
      if (ptr >= limit) return -1;
      if (any === 1 ? c === 10 : any === 0 && !prog.itemTest(item, c)) return -1;
    }
    if ((this.fuel -= (ptr - from) >> 3) < 0) this.refuel();
    return n + (ptr - from);
  }

  // ---- searching ---------------------------------------------------------------------------

  /** Index of the character `c` from `ptr` on, below `end`; -1: none. */
  private findChar(c: number, ptr: number, end: number): number {
    if (this.plain) {
      const s = this.s;
      // the first few by hand: a call costs more than they do
      const near = Math.min(end, ptr + 16);
      for (; ptr < near; ptr++) if (s.charCodeAt(ptr) === c) return ptr;
      if (ptr >= end) return -1;
      if (end === s.length) return c > 0xFFFF ? -1 : s.indexOf(String.fromCharCode(c), ptr);
      for (; ptr < end; ptr++) if (s.charCodeAt(ptr) === c) return ptr;
      return -1;
    }
    const b = this.b;
    const near = Math.min(end, ptr + 16);
    for (; ptr < near; ptr++) if (b[ptr] === c) return ptr;
    if (ptr >= end) return -1;
    if (end === b.length) return b.indexOf(c, ptr);
    for (; ptr < end; ptr++) if (b[ptr] === c) return ptr;
    return -1;
  }

  /** Index of the literal prefix of `n` characters from `ptr` on; -1: none. */
  private findPrefix(n: number, ptr: number): number {
    const code = this.prog.code, end = this.end;
    if (n === 1) return this.findChar(code[7], ptr, end);
    if (this.plain) {
      const prefix = this.prog.prefix();
      if (prefix === undefined) return -1;
      if (end === this.s.length) return this.s.indexOf(prefix, ptr);
    }
    const { plain, s, b } = this;
    const last = end - n;
    for (;;) {
      ptr = this.findChar(code[7], ptr, last + 1);
      if (ptr < 0 || ptr > last) return -1;
      let i = 1;
      while (i < n && (plain ? s.charCodeAt(ptr + i) : b[ptr + i]) === code[7 + i]) i++;
      if (i === n) return ptr;
      ptr++;
      if (--this.fuel < 0) this.refuel();
    }
  }

  /** Finds the first match at or after `start`; moves `start` there. */
  search(): boolean {
    const prog = this.prog, code = prog.code;
    let ptr = this.start, end = this.end, pc = 0;
    if (ptr > end) return false;
    let flags = 0, set: Uint8Array | null = null;
    if (code[0] === S.INFO) {
      flags = code[2];
      const min = code[3] >>> 0;
      if (end - ptr < min) return false;
      // a match needs `min` characters
      if (min > 1) end -= min - 1;
      pc = 1 + code[1];
    }
    if (flags & S.INFO_PREFIX) {
      const n = code[5], skip = code[6];
      this.mustAdvance = false;
      for (;;) {
        ptr = this.findPrefix(n, ptr);
        if (ptr < 0) return false;
        this.start = ptr;
        this.ptr = ptr + skip;
        if (flags & S.INFO_LITERAL) return true;
        if (this.run(pc + 2 * skip, ptr + skip, false)) return true;
        if (++ptr >= this.end) return false;
        this.reset();
      }
    }
    if (code[pc] === S.AT && (code[pc + 1] === S.AT_BEGINNING || code[pc + 1] === S.AT_BEGINNING_STRING)) {
      // nowhere but here
      this.start = ptr;
      const found = this.run(pc, ptr, true);
      this.mustAdvance = false;
      if (!found) this.start = end;
      return found;
    }
    set = prog.first(pc);
    if (set !== null) {
      // the end is not moved back: with a character of the set at hand the match itself decides
      const { plain, s, b } = this;
      this.mustAdvance = false;
      for (;;) {
        const from = ptr;
        if (plain) {
          for (; ptr < end; ptr++) {
            const c = s.charCodeAt(ptr);
            if (set[c < 256 ? c : 256] !== 0) break;
          }
        } else {
          for (; ptr < end; ptr++) {
            const c = b[ptr];
            if (set[c < 256 ? c : 256] !== 0) break;
          }
        }
        if ((this.fuel -= (ptr - from) >> 3) < 0) this.refuel();
        if (ptr >= end) return false;
        this.start = ptr;
        if (this.run(pc, ptr, false)) return true;
        ptr++;
        this.reset();
      }
    }
    this.start = ptr;
    let found = this.run(pc, ptr, true);
    this.mustAdvance = false;
    while (!found && ptr < end) {
      ptr++;
      this.reset();
      this.start = ptr;
      found = this.run(pc, ptr, false);
    }
    return found;
  }
}
