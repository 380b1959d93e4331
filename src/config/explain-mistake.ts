/** Turns zod's issues into sentences that name the path, the value, the allowed ones and the nearest. */
import type { z } from "zod";
import { isSynthetic } from "../axes/sandbox.ts";
import { didYouMean } from "../base/nearest.ts";
import { cutText } from "../base/short-text.ts";

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

/** Characters of a wrong value that are shown. */
const SHOWN = 200;

function show(value: unknown): string {
  if (typeof value === "number") return numberText(value);
  // JSON has no big integers, functions or symbols; TypeScript has.
  if (typeof value === "bigint") return `${value}n`;
  const json = JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}n` : part));
  return cutText(json ?? String(value), SHOWN);
}

/** Of 2^64-1 JavaScript has read one more: it is not shown as if it stood in the file. */
export function numberText(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? `about ${Number(value.toPrecision(4)).toExponential().replace("e+", "e")}`
    : String(value);
}

/** What the schema's types are called in a sentence. */
const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

export function kindText(name: string): string {
  return KINDS[name] ?? name;
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
  return issues.flatMap((issue, at) => {
    const path = pathText(issue.path);
    // One that is beyond several bounds is so once: the last has the reason.
    if (issues.slice(at + 1).some((later) => later.code === "too_big" && pathText(later.path) === path))
      return [];
    const value = valueAt(input, issue.path);
    if (issue.code === "unrecognized_keys") {
      const allowed = keysAt(issue.path);
      return issue.keys.map(
        (key) =>
          `${path === "" ? key : `${path}.${key}`}: there is no such setting.${didYouMean(key, allowed)} Allowed: ${allowed.join(", ")}.`,
      );
    }
    if (issue.code === "invalid_union") {
      const nested = issue.errors.find((errors) => errors.some((inner) => inner.path.length > 0));
      if (nested !== undefined) {
        const inside = nested.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
        return explainMistakes(inside as z.core.$ZodIssue[], input, keysAt);
      }
    }
    const where = path === "" ? "the configuration" : path;
    if (value === undefined) return [`${where} is missing.`];
    return [`${where}: ${show(value)} ${complaint(issue, value)}.`];
  });
}

/** The end of the sentence that begins with the path and the value. */
function complaint(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_value": {
      // What launches nothing is for the tests of this tool.
      const allowed = issue.values.map(String).filter((value) => !isSynthetic({ sandbox: value }));
      return `is not allowed.${didYouMean(String(value), allowed)} Allowed: ${allowed.join(", ")}`;
    }
    case "invalid_type":
      // Of `1e400`, too.
      if (value === Number.POSITIVE_INFINITY) return "is beyond the largest number, 1.8e308";
      return `is not ${kindText(issue.expected)}`;
    case "invalid_union": {
      const alternatives = issue.errors
        .flat()
        .flatMap((inner) => (inner.code === "invalid_type" ? [kindText(inner.expected)] : []));
      return alternatives.length > 0
        ? `is neither ${[...new Set(alternatives)].join(" nor ")}`
        : "does not fit any of the allowed forms";
    }
    case "too_small":
      if (issue.origin === "array" || issue.origin === "string") return "is empty";
      return `is too small; it has to be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${reason(issue)}`;
    case "too_big":
      return `is too big; it can be ${issue.maximum} at most${reason(issue)}`;
    default:
      return issue.message;
  }
}

/** Why the bound is where it is, where the schema says so; zod's own messages begin with "Too". */
function reason({ message }: z.core.$ZodIssue): string {
  return message.startsWith("Too ") ? "" : `: ${message}`;
}
