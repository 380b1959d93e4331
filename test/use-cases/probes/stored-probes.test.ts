import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadProbes, loadUnfinished, storeProbes } from "../../../src/use-cases/probes/stored-probes.ts";
import { configuration, result } from "../../isolation/made-probes.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "sbx-stored-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const first = result([configuration("runc", { "io-uring": "reached" })]);
const second = result([], { id: "20261202-000000-0000", endedAt: null });

test("a result reads back as it was, by its id, its file and as the latest", () => {
  const file = storeProbes(out, first);
  for (const name of [first.id, file, "latest"]) expect(loadProbes(name, out)).toEqual(first);
});

test("the latest is the newest; what was broken off is found for resuming", () => {
  storeProbes(out, second);
  storeProbes(out, first);
  writeFileSync(join(out, "probes", "20261200-broken.json"), "{");
  expect(loadProbes("latest", out).id).toBe(second.id);
  expect(loadUnfinished(null, out).id).toBe(second.id);
  expect(() => loadUnfinished(first.id, out)).toThrow("can't be resumed");
});

test("a wrong id is answered with the nearest", () => {
  storeProbes(out, first);
  expect(() => loadProbes("20261201-000000-0001", out)).toThrow(
    expect.objectContaining({ why: expect.stringContaining(`Did you mean "${first.id}"?`), exitCode: 2 }),
  );
});

test("there is nothing to show or resume in an empty folder", () => {
  expect(() => loadProbes("latest", out)).toThrow("no results of probes");
  expect(() => loadUnfinished(null, out)).toThrow("nothing to resume");
});

test("a file of something else is named as such", () => {
  const file = join(out, "run.json");
  writeFileSync(file, '{"schema":"sbx-bench/run@1"}');
  expect(() => loadProbes(file, out)).toThrow("is not a readable result of probes");
});
