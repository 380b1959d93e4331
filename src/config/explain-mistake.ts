/** Turns zod's issues into sentences that name the path, the value, the allowed ones and the nearest. */
import type { z } from "zod";
import { didYouMean } from "./nearest.ts";

/** `matrix.platform[1]` */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`,
    "",
  );
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    root,
  );
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
}

/**
 * One line a mistake.
 * @param keysAt names allowed in the object at a path, to answer an unknown key with the nearest right one
 */
export function explainMistakes(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
): string[] {
  return issues.flatMap((issue) => {
    const where = pathText(issue.path);
    const value = valueAt(input, issue.path);
    if (issue.code === "unrecognized_keys") {
      const allowed = keysAt(issue.path);
      return issue.keys.map(
        (key) =>
          `${where === "" ? key : `${where}.${key}`}: there is no such setting.${didYouMean(key, allowed)} Allowed: ${allowed.join(", ")}.`,
      );
    }
    if (issue.code === "invalid_value") {
      const allowed = issue.values.map(String);
      return [
        `${where}: ${show(value)} is not allowed.${didYouMean(String(value), allowed)} Allowed: ${allowed.join(", ")}.`,
      ];
    }
    if (issue.code === "invalid_union") {
      const best = issue.errors.find((errors) => errors.some((inner) => inner.path.length > 0));
      if (best !== undefined) {
        const nested = best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
        return explainMistakes(nested as z.core.$ZodIssue[], input, keysAt);
      }
      const kinds = issue.errors.flatMap((errors) => errors.map((inner) => inner.message));
      return [`${where}: ${show(value)} does not fit (${[...new Set(kinds)].join("; or ")}).`];
    }
    return [`${where === "" ? "configuration" : where}: ${show(value)}: ${issue.message}.`];
  });
}
