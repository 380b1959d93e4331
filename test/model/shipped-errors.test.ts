import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsOfRun } from "../../bench/model/ship.ts";
import { SHIPPED_ERRORS } from "../../src/model/shipped-errors.ts";

test("the shipped errors are those of the stored corpus: npm run bench:model -- ship reports/model-data", () => {
  const run = join(import.meta.dirname, "../../reports/model-data");
  expect(errorsOfRun(run, "reports")).toEqual(SHIPPED_ERRORS);
});
