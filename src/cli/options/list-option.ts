/** Options that take several values, all alike: with commas, repeated, or both. */
import { existsSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { repeatable } from "./repeated-option.ts";

for (const read of [list, pathList, pathsInOrder]) repeatable(read);

/** What every help text of a list says. */
export const LISTED = "commas or repeated";

/**
 * Names or globs. A comma within `{a,b}` belongs to its item, and so does one that is written `\,`.
 *
 * @param before what earlier uses of the option gave; each value is kept once
 */
export function list(text: string, before: readonly string[] = []): string[] {
  return added(before, splitAtCommas(text).map(unescaped), text);
}

/** As `list`, for places that mean something: the same name may stand at two of them. */
export function listInOrder(text: string, before: readonly string[] = []): string[] {
  return [...before, ...inOrder(splitAtCommas(text).map(unescaped), text)];
}

/** Paths or names: a comma within a path that exists belongs to it. A label may stand before it: `mine=./a,b`. */
export function pathList(text: string, before: readonly string[] = []): string[] {
  return added(before, splitPaths(text), text);
}

/** As `pathList`, for places that mean something: the same path may stand at two of them. */
export function pathsInOrder(text: string, before: readonly string[] = []): string[] {
  return [...before, ...inOrder(splitPaths(text), text)];
}

function splitPaths(text: string): string[] {
  const parts = splitAtCommas(text);
  const items: string[] = [];
  for (let from = 0; from < parts.length; ) {
    let to = parts.length;
    while (to > from + 1 && !existsAs(unescaped(parts.slice(from, to).join(",")))) to -= 1;
    items.push(unescaped(parts.slice(from, to).join(",")));
    from = to;
  }
  return items;
}

function existsAs(item: string): boolean {
  const plain = item.trim().replace(/\+tree$|:r[ow]$/, "");
  return existsSync(plain) || existsSync(plain.replace(/^[^/=]+=/, ""));
}

function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let previous = "";
  for (const character of text) {
    if (character === "{") depth += 1;
    if (character === "}") depth = Math.max(0, depth - 1);
    if (character === "," && depth === 0 && previous !== "\\") parts.push("");
    else parts[parts.length - 1] += character;
    previous = character;
  }
  return parts;
}

function unescaped(item: string): string {
  return item.replaceAll("\\,", ",").trim();
}

function added(before: readonly string[], items: readonly string[], text: string): string[] {
  return [...new Set([...before, ...inOrder(items, text)])];
}

/** @throws InvalidArgumentError where an item is empty */
function inOrder(items: readonly string[], text: string): readonly string[] {
  if (items.every((item) => item === "")) throw new InvalidArgumentError("It is empty.");
  if (items.includes("")) {
    const right = items.filter((item) => item !== "").join(",");
    throw new InvalidArgumentError(
      `One of its items is empty: "${text}". Write ${right}, or fill in what is missing.`,
    );
  }
  return items;
}
