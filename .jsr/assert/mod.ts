// Offline stand-in for jsr:@std/assert: the part of its API that this repository uses.

/** Thrown when an assertion does not hold. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** Throws unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg || "Assertion failed");
}

/** Whether two values have the same structure. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (
    typeof a !== "object" || typeof b !== "object" || a === null || b === null
  ) return false;
  if (a.constructor !== b.constructor) return false;
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Map) {
    const other = b as Map<unknown, unknown>;
    if (a.size !== other.size) return false;
    for (const [k, v] of a) {
      if (!other.has(k) || !equal(v, other.get(k))) return false;
    }
    return true;
  }
  if (a instanceof Set) {
    const other = b as Set<unknown>;
    return a.size === other.size &&
      [...a].every((x) => other.has(x) || [...other].some((y) => equal(x, y)));
  }
  const ka = Reflect.ownKeys(a), kb = Reflect.ownKeys(b);
  if (ka.length !== kb.length) return false;
  const left = a as Record<PropertyKey, unknown>,
    right = b as Record<PropertyKey, unknown>;
  return ka.every((k) => Object.hasOwn(right, k) && equal(left[k], right[k]));
}

function show(x: unknown): string {
  return Deno.inspect(x, {
    depth: 8,
    strAbbreviateSize: 10_000,
    iterableLimit: 1000,
  });
}

/** Throws unless both values have the same structure. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) {
    throw new AssertionError(
      `Values are not equal${msg ? `: ${msg}` : "."}\n  actual:   ${show(actual)}\n  expected: ${show(expected)}`,
    );
  }
}

/** Throws if both values have the same structure. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) {
    throw new AssertionError(
      `Expected actual to differ${msg ? `: ${msg}` : ""}: ${show(actual)}`,
    );
  }
}

/** Throws unless both values are the same (`Object.is`). */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (!Object.is(actual, expected)) {
    throw new AssertionError(
      `Values are not strictly equal${msg ? `: ${msg}` : "."}\n  actual:   ${show(actual)}\n  expected: ${
        show(expected)
      }`,
    );
  }
}

/** Throws if the value is null or undefined. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) {
    throw new AssertionError(msg ?? `Expected a value, got ${actual}`);
  }
}

/** Throws unless `actual` holds `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  if (!actual.includes(expected)) {
    throw new AssertionError(
      `Expected ${show(actual)} to contain ${show(expected)}${msg ? `: ${msg}` : ""}`,
    );
  }
}

/** Throws unless `actual` matches `expected`. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (!expected.test(actual)) {
    throw new AssertionError(
      `Expected ${show(actual)} to match ${expected}${msg ? `: ${msg}` : ""}`,
    );
  }
}

/** Throws unless `actual` is an instance of `type`. */
// deno-lint-ignore no-explicit-any
export function assertInstanceOf<
  T extends abstract new (...args: any[]) => any,
>(
  actual: unknown,
  type: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (!(actual instanceof type)) {
    throw new AssertionError(
      `Expected an instance of ${type.name}, got ${show(actual)} ${msg}`,
    );
  }
}

/** Throws unless `fn` throws; gives back what it threw. */
// deno-lint-ignore no-explicit-any
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  type?: abstract new (...args: any[]) => E,
  includes = "",
  msg = "",
): E {
  try {
    fn();
  } catch (e) {
    if (type && !(e instanceof type)) {
      throw new AssertionError(
        `Expected ${type.name} to be thrown, got ${show(e)} ${msg}`,
      );
    }
    if (includes && !(e as Error).message.includes(includes)) {
      throw new AssertionError(
        `Expected a message with ${show(includes)}, got ${show((e as Error).message)} ${msg}`,
      );
    }
    return e as E;
  }
  throw new AssertionError(`Expected function to throw. ${msg}`);
}

/** Throws unless `fn` rejects; gives back the reason. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  type?: abstract new (...args: any[]) => E,
  includes = "",
  msg = "",
): Promise<E> {
  let error: unknown;
  try {
    await fn();
  } catch (e) {
    error = e;
    return assertThrows(
      () => {
        throw error;
      },
      type,
      includes,
      msg,
    );
  }
  throw new AssertionError(`Expected function to reject. ${msg}`);
}

/** Throws always. */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${msg ? `: ${msg}` : "."}`);
}
