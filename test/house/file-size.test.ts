import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, ROOT } from "./checkout.ts";

const LONGEST_LINES = 300;

test(`no source file is longer than ${LONGEST_LINES} lines`, () => {
  const sources = filesUnder(".").filter((path) => /\.(ts|go|sh)$|^bin\/|^\.ci\//.test(path));
  expect(sources.length).toBeGreaterThan(20);
  const tooLong = sources
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > LONGEST_LINES);
  expect(tooLong).toEqual([]);
});
