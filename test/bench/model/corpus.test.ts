import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CorpusFolder } from "../../../bench/model/corpus-folder.ts";
import { missingCommands } from "../../../bench/model/corpus-uses.ts";
import { PROGRAMS } from "../../../bench/model/programs.ts";

const FILES = join(import.meta.dirname, "../../../bench/model/programs/testdata");
const FOLDER = {
  corpus: "/corpus/corpus",
  script: "/corpus/script",
  inputs: "/corpus/inputs",
  input: (name: string) => `/corpus/inputs/${name}`,
  file: (name: string) => join(FILES, name),
  goWork: "/corpus/module",
  goEnv: {},
} as CorpusFolder;

test("the corpus is at least sixteen programs of different names, Go's and the distribution's", () => {
  const names = PROGRAMS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const ours = PROGRAMS.filter(({ needs }) => Object.keys(needs).length === 0);
  expect(ours.length).toBeGreaterThanOrEqual(8);
  expect(PROGRAMS.length - ours.length).toBeGreaterThanOrEqual(6);
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(16);
});

test.each(PROGRAMS.map((program) => [program.name, program] as const))(
  "the scripts of %s are there",
  (_, program) => {
    const files = [...program.argv(FOLDER), program.stdin?.(FOLDER) ?? ""].filter((text) =>
      text.startsWith(FILES),
    );
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  },
);

test("a program whose command is missing is left out with the line that installs it", async () => {
  const program = {
    ...PROGRAMS[0]!,
    name: "odd",
    needs: { sh: "dash", "no-such-command": "no-such-package" },
  };
  expect(await missingCommands(program)).toEqual({
    name: "odd",
    reason: "needs no-such-command: apt-get install --no-install-recommends no-such-package",
  });
});

test("one whose commands are all there is not", async () => {
  expect(await missingCommands({ ...PROGRAMS[0]!, needs: { sh: "dash" } })).toBeNull();
});
