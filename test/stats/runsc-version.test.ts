import { expect, test } from "vitest";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { cell, manifest, NATIVE, RUNSC } from "./records.ts";

test("each cell has the version of its own runsc", () => {
  const used = (label: string, version: string) => ({
    label,
    version,
    sha256: null,
    source: null,
    flags: null,
  });
  const configs = [NATIVE, { ...RUNSC, runsc: "old" }, { ...RUNSC, runsc: "new" }];
  const run = manifest(
    configs.map((config) => cell(config, "syscalls")),
    { versions: { runsc: "old: 1, new: 2" }, runscs: [used("old", "1"), used("new", "2")] },
  );
  expect(summarise(run, []).cells.map(({ config }) => config.runscVersion)).toEqual([null, "1", "2"]);
});
