import { expect, test } from "vitest";
import type { CostReport } from "../../src/model/cost-report.ts";
import { modelFile, storedValidationOf } from "../../src/model/model-file.ts";
import { madeCell, madeModel } from "./made-model.ts";

const report: CostReport = {
  model: madeModel(),
  trust: new Map(),
  cells: [madeCell("gzip"), madeCell("go build", { low: null, high: null })],
  programs: [
    {
      program: "gzip",
      configuration: "runsc/systrap/net=none/seccomp=none",
      nativeNs: 1e8,
      measured: 2.2,
      measuredLow: 2.1,
      measuredHigh: 2.3,
      modelled: 2,
      parts: [{ term: "trap", ns: 80e6 }],
    },
  ],
};
const file = modelFile({ runId: "r", fingerprint: "f", toolVersion: "0.1.0" }, report);

test("the file holds costs with intervals, and no draws", () => {
  expect(JSON.stringify(file)).not.toContain("draws");
  expect(file.configurations[0]!.terms[0]).toMatchObject({ term: "trap" });
});

test("what a report takes from the file is what was written", () => {
  const read = storedValidationOf(JSON.parse(JSON.stringify(file)));
  expect(read).toEqual({ cells: report.cells, programs: report.programs });
});

test("another schema, or a term that this version does not know, is no model", () => {
  expect(storedValidationOf({ ...file, schema: "sbx-bench/model@2" })).toBeNull();
  const cells = [{ ...madeCell("gzip"), dominant: [{ term: "magic", ns: 1 }] }];
  expect(storedValidationOf({ ...file, cells })).toBeNull();
  expect(storedValidationOf(null)).toBeNull();
});
