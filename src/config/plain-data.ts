/** What a configuration in TypeScript exports, as data alone. */
import { types } from "node:util";

/**
 * A copy without getters and proxies: they are asked once, here, where it can be said which of them fails.
 * Functions, symbols and big integers stay for the schema to refuse.
 *
 * @throws Error whose message begins with the path: `matrix.sandbox: ...`
 */
export function plainData(value: unknown): unknown {
  return copy(value, "", []);
}

function copy(value: unknown, path: string, around: readonly object[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const where = path === "" ? "the configuration" : path;
  if (around.includes(value)) throw new Error(`${where}: it contains itself.`);
  const builtin = builtinOf(value);
  if (builtin !== null) throw new Error(`${where}: ${builtin}`);
  const inside = [...around, value];
  const isList = Array.isArray(value);
  const entries = guarded(where, () => Object.keys(value)).map((key) => {
    const place = isList ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    return [
      key,
      copy(
        guarded(place, () => (value as Record<string, unknown>)[key]),
        place,
        inside,
      ),
    ] as const;
  });
  return isList ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

function guarded<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${where}: reading it throws: ${reason}`, { cause: error });
  }
}

/** Their content is none of their properties, so that they would pass for empty objects. */
function builtinOf(value: object): string | null {
  if (types.isPromise(value)) return "it is a promise: await it.";
  if (types.isMap(value)) return "it is a Map, and a plain object is needed: Object.fromEntries(map).";
  if (types.isSet(value)) return "it is a Set, and a list is needed: [...set].";
  if (types.isDate(value) || types.isRegExp(value) || types.isBoxedPrimitive(value))
    return "it is an object of JavaScript's own, and plain data is needed.";
  return null;
}
