import { expect, test } from "vitest";
import { configurationId } from "../../src/axes/axes.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";

const ONE = { platform: ["systrap"], network: ["none"], seccomp: ["none"] } satisfies BenchConfig["matrix"];

function ids(matrix: BenchConfig["matrix"], runsc: BenchConfig["runsc"] = {}): string[] {
  const raw = { matrix: { sandbox: ["native", "runsc"], ...ONE, ...matrix }, runsc, scenarios: ["startup"] };
  return buildPlan(resolveConfig(raw, {}, "bench.config.ts", "/project"), () => null)
    .filter(({ config }) => config.sandbox === "runsc")
    .map(({ config }) => configurationId(config));
}

test("without these axes the ids are those that baselines and history know", () => {
  expect(ids({})).toEqual(["runsc/systrap/net=none/seccomp=none"]);
});

test("several runscs stand in the ids by their labels, in the order given", () => {
  expect(ids({ runsc: ["debian", "new=/opt/runsc"] })).toEqual([
    "runsc@debian/systrap/net=none/seccomp=none",
    "runsc@new/systrap/net=none/seccomp=none",
  ]);
});

test("variants of flags stand at the end, beside the cell without one", () => {
  expect(ids({}, { variants: { rpc: ["--directfs=false"] } })).toEqual([
    "runsc/systrap/net=none/seccomp=none",
    "runsc/systrap/net=none/seccomp=none/flags=rpc",
  ]);
});

test("both axes are crossed", () => {
  const variants = { rpc: ["--directfs=false"] };
  expect(ids({ runsc: ["a", "b"], flags: ["rpc"] }, { variants })).toEqual([
    "runsc@a/systrap/net=none/seccomp=none/flags=rpc",
    "runsc@b/systrap/net=none/seccomp=none/flags=rpc",
  ]);
});

test("what the runsc of a cell rules out is excluded with the reason, before the host is asked", () => {
  const config = resolveConfig(
    { matrix: { ...ONE, sandbox: ["runsc"], runsc: ["old", "new"] }, scenarios: ["startup"] },
    {},
    "bench.config.ts",
    "/project",
  );
  const cells = buildPlan(
    config,
    () => "not asked",
    [],
    ({ runsc }) => (runsc === "old" ? "does not know --x" : null),
  );
  expect(cells.map(({ status, reason }) => [status, reason])).toEqual([
    ["excluded", "does not know --x"],
    ["unavailable", "not asked"],
  ]);
});
