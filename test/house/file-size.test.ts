import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, ROOT } from "./checkout.ts";

const LONGEST_LINES = 300;
const LONGEST_SOURCE_LINES = 200;
/** Rooms in which some files are still longer; no further room joins them. */
const STILL_LONGER = /^src\/(report|cli|use-cases)\//;

function longerThan(lines: number, paths: readonly string[]) {
  return paths
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), "utf8").split("\n").length - 1 }))
    .filter((file) => file.lines > lines);
}

test(`no file is longer than ${LONGEST_LINES} lines`, () => {
  const files = filesUnder(".").filter(
    (path) => !path.startsWith("dist/") && /\.(ts|go|sh)$|^bin\/|^\.ci\//.test(path),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(longerThan(LONGEST_LINES, files)).toEqual([]);
});

test(`no source file is longer than ${LONGEST_SOURCE_LINES} lines`, () => {
  const sources = filesUnder("src").filter((path) => path.endsWith(".ts") && !STILL_LONGER.test(path));
  expect(sources.length).toBeGreaterThan(200);
  expect(longerThan(LONGEST_SOURCE_LINES, sources)).toEqual([]);
});
