import { expect, test } from "vitest";
import { compareInterleaved, compareRuns } from "../../src/check/compare.ts";
import { type MadeCell, madeRun, RULES, RUNC } from "./sides.ts";

const options = { rules: RULES, floors: {}, unlike: [] };
const under = (seccomp: string, more: Partial<MadeCell> = {}): MadeCell => ({
  config: { ...RUNC, seccomp },
  metrics: { getpid: 100 },
  ...more,
});
const run = (label: string, paths: string[], filters?: Record<string, string>) =>
  madeRun({ label, cells: paths.map((path) => under(path)), ...(filters && { manifest: { filters } }) });
const [OLD, NEW] = ["a".repeat(64), "b".repeat(64)];

function cells(old: string[], fresh: string[]) {
  const { metrics, notCompared } = compareRuns(run("old", old), run("new", fresh), options);
  return {
    compared: metrics.map(({ cell }) => cell.replace(/.*seccomp=(.*)::.*/, "$1")),
    not: notCompared.length,
  };
}

test("a filter by its absolute path, as earlier versions stored it, is the one at that end of the path", () => {
  const path = "/home/ci/checkout/profiles/strict.json";
  expect(cells([path], ["profiles/strict.json"])).toEqual({ compared: ["profiles/strict.json"], not: 0 });
  expect(cells(["profiles/strict.json+tree"], [`${path}+tree`]).not).toBe(0);
  expect(cells([path], ["../profiles/strict.json"]).not).toBe(0);
});

test("where two would fit, or only the file's name is the same, nothing is guessed", () => {
  expect(cells(["/a/strict.json", "/b/strict.json"], ["strict.json"]).not).toBe(3);
  expect(cells(["/ci/other/strict.json"], ["profiles/strict.json"]).not).toBe(2);
});

test("equal file names in different folders are held apart", () => {
  const both = ["a/strict.json", "b/strict.json"];
  expect(
    cells(
      both.map((path) => `/ci/${path}`),
      both,
    ),
  ).toEqual({ compared: both, not: 0 });
});

test("a filter that was changed under its name is said, with both hashes", () => {
  const changed = compareRuns(
    run("old", ["f.json"], { "f.json": OLD }),
    run("new", ["f.json"], { "f.json": NEW }),
    options,
  );
  expect(changed.warnings).toContain(
    "the filter f.json has other contents: sha256 aaaaaaaaaaaa… on a, bbbbbbbbbbbb… on b",
  );
  const unknown = compareRuns(run("old", ["f.json"]), run("new", ["f.json"], { "f.json": NEW }), options);
  expect(unknown.warnings.join()).not.toContain("filter");
});

test("so is one of an interleaved run", () => {
  const side = (label: string, hash: string) => ({
    label,
    fingerprint: { id: "x", fields: {} },
    versions: {},
    config: null,
    filters: { "f.json": hash },
  });
  const made = madeRun({
    cells: [under("f.json", { side: "a" }), under("f.json", { side: "b" })],
    manifest: { sides: { a: side("old", OLD), b: side("new", NEW) }, filters: { "f.json": NEW } },
  });
  expect(compareInterleaved(made, options).warnings.join()).toContain(
    "aaaaaaaaaaaa… on a, bbbbbbbbbbbb… on b",
  );
});
