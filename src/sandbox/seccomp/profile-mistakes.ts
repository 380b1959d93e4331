import type { z } from "zod";
import { didYouMean } from "../../base/nearest.ts";
import { keysAt } from "../../base/schema-keys.ts";
import { cutText } from "../../base/short-text.ts";
import { kindText, numberText } from "../../config/explain-mistake.ts";
import { containerProfileSchema } from "./container-format.ts";

/** More than these are one mistake repeated. */
const SHOWN = 5;

/** One sentence a mistake, with its place in the file: `syscalls[3].action: "ALLOW" is not allowed.` */
export function profileMistakes(json: unknown, issues: readonly z.core.$ZodIssue[]): string {
  if (typeof json === "object" && json !== null && "linux" in json) {
    return "It is a whole config.json: take its linux.seccomp object.";
  }
  const lines = issues.slice(0, SHOWN).map((issue) => {
    const value = issue.path.reduce<unknown>(
      (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
      json,
    );
    const place = issue.path
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
      .join("")
      .replace(/^\./, "");
    return `${place === "" ? "" : `${place}: `}${complaint(issue, value)}.`.replace(
      /[.?]\.$/,
      (end) => end[0]!,
    );
  });
  if (issues.length > SHOWN) lines.push(`${issues.length - SHOWN} more mistakes.`);
  return lines.join("\n");
}

function complaint(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "unrecognized_keys") {
    const allowed = keysAt(containerProfileSchema, issue.path);
    return issue.keys
      .map((key) => `there is no ${JSON.stringify(key)} there.${didYouMean(key, allowed)}`)
      .concat(`Allowed: ${allowed.join(", ")}`)
      .join(" ");
  }
  if (issue.code === "custom" || issue.code === "invalid_format") return issue.message;
  if (value === undefined) return "it is missing";
  const shown = typeof value === "number" ? numberText(value) : cutText(JSON.stringify(value), 60);
  if (issue.code === "invalid_value") return `${shown} is not allowed; allowed: ${issue.values.join(", ")}`;
  if (issue.code === "too_big" && value === Number(value) && !Number.isSafeInteger(value))
    return `${shown} is too big: numbers above 2^53 are not exact here`;
  if (value === Number.POSITIVE_INFINITY) return "it is beyond the largest number, 1.8e308";
  if (issue.code === "invalid_type") return `${shown} is not ${kindText(issue.expected)}`;
  return `${shown} does not fit: ${issue.message}`;
}
