import { expect, test } from "vitest";
import scenario from "../../../scenarios/server/scenario.ts";
import { SbxError } from "../../../src/base/errors.ts";
import { loadMetrics } from "../../../src/workload/load/metrics.ts";
import { loadOf, requireTime } from "../../../src/workload/load/parameters.ts";

const load = (more = {}) => loadOf("api", { ...scenario.params, ...more });

function mistakeOf(action: () => unknown): SbxError {
  try {
    action();
  } catch (error) {
    if (error instanceof SbxError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

test("the scenario's own defaults are a load", () => {
  expect(load()).toMatchObject({ port: 8080, protocol: "http1", rates: [100, 500, 2000] });
});

test("rates are tried in ascending order, each once", () => {
  expect(load({ rates: ["400", "50", "400", "1e3"] }).rates).toEqual([50, 400, 1000]);
});

test.each([
  [{ port: 0 }, "port"],
  [{ protocol: "https" }, "protocol"],
  [{ path: "health" }, "path"],
  [{ headers: ["Accept */*"] }, "headers"],
  [{ headers: ["A: b\r\nC: d"] }, "headers"],
  [{ rates: ["fast"] }, "rates"],
  [{ rates: [] }, "rates"],
  [{ expectStatus: 42 }, "expectStatus"],
  [{ protocol: "tcp" }, "body"],
])("what no load can be made of is refused under its name: %j", (params, name) => {
  const { message } = mistakeOf(() => load(params));
  expect(message).toContain(`"${name}" of scenario "api"`);
});

test("launches that would be killed for their own length are refused, with the limit that they need", () => {
  const long = load({ rates: ["10", "20"], refine: 2, warmupMs: 1000, durationMs: 9000, upTimeoutMs: 5000 });
  expect(() => requireTime("api", long, 60_000)).not.toThrow();
  expect(mistakeOf(() => requireTime("api", long, 45_000)).fix).toContain("limits.launchSeconds to 59");
});

test("every rate has metrics of its own, and no two have one name", () => {
  const names = loadMetrics(load({ rates: ["100", "500"] })).map(({ metric }) => metric);
  expect(names).toEqual(expect.arrayContaining(["first-answer", "capacity", "p99.9@100", "cpu@500"]));
  expect(new Set(names).size).toBe(names.length);
});
