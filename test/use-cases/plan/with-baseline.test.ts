import { expect, test } from "vitest";
import type { BenchConfig } from "../../../src/config/define-config.ts";
import { resolveConfig } from "../../../src/config/resolve.ts";
import { buildPlan } from "../../../src/plan/build-plan.ts";
import { withBaseline } from "../../../src/use-cases/plan/with-baseline.ts";

function planned(matrix: BenchConfig["matrix"]) {
  const said: string[] = [];
  const asked = resolveConfig({ matrix, scenarios: ["startup"] }, {}, "bench.config.ts", "/project");
  const config = withBaseline(asked, (message) => said.push(message));
  const cells = buildPlan(config, () => null).filter(({ status }) => status === "planned");
  return { said, sandboxes: cells.map((cell) => cell.config.sandbox) };
}

test.each([
  ["that leave it out", { sandbox: ["runsc"], platform: ["systrap"], network: ["host"], seccomp: ["none"] }],
  ["whose network it has not", { sandbox: ["native", "runc"], network: ["none"], seccomp: ["none"] }],
  ["whose filter it has not", { sandbox: ["runc"], network: ["host"], seccomp: ["default"] }],
] satisfies [string, BenchConfig["matrix"]][])(
  "native joins axes %s, and that is said where nobody named it",
  (_, matrix) => {
    const { said, sandboxes } = planned(matrix);
    expect(sandboxes).toHaveLength(2);
    expect(sandboxes[0]).toBe("native");
    const wasNamed = (matrix.sandbox as string[]).includes("native");
    expect(said).toEqual(wasNamed ? [] : ["native joins: every ratio is against it"]);
  },
);

test("nothing is said where native is among the cells by itself", () => {
  const { said, sandboxes } = planned({ sandbox: ["native", "runc"], network: ["host"], seccomp: ["none"] });
  expect(sandboxes).toEqual(["native", "runc"]);
  expect(said).toEqual([]);
});

test("what only pretends has no baseline on this host", () => {
  expect(planned({ sandbox: ["fake"] as never, network: ["none"], seccomp: ["none"] }).sandboxes).toEqual([
    "fake",
  ]);
});
