import { describe, expect, test } from "vitest";
import type { CapacityPlan } from "../../../src/capacity/plan/capacity-plan.ts";
import { planConfiguration } from "../../../src/capacity/plan/plan-configuration.ts";
import { planKubernetes } from "../../../src/report/capacity/kubernetes.ts";
import { planMarkdown } from "../../../src/report/capacity/plan-markdown.ts";
import { planTerminal } from "../../../src/report/capacity/plan-terminal.ts";
import { COSTS, EFFORT, HOST, TRAFFIC } from "../../capacity/plan/made-costs.ts";

const planned = (configuration: string, sandbox: "runsc" | "native", startS: number) => ({
  ...planConfiguration(
    TRAFFIC,
    HOST,
    { ...COSTS, configuration, startsS: [startS], startCpuS: [startS] },
    EFFORT,
  ),
  sandbox,
});

const PLAN: CapacityPlan = {
  schema: "sbx-bench/capacity-plan@1",
  runId: "run-1",
  host: { fingerprint: "abc", resources: HOST },
  traffic: TRAFFIC,
  slowdownBy: null,
  validated: false,
  whatIf: null,
  effort: EFFORT,
  configurations: [
    planned("runsc/systrap/net=none/seccomp=none", "runsc", 0.3),
    planned("native/net=host/seccomp=none", "native", 0.001),
    planned("runsc/kvm/net=none/seccomp=none", "runsc", 2),
  ],
  left: [
    { configuration: "runc/net=none/seccomp=none", reason: "runc is not installed" },
    { configuration: "runc/net=host/seccomp=none", reason: "runc is not installed" },
  ],
  warnings: ["be careful"],
};

const terminal = planTerminal(PLAN, { columns: 200, colour: false });

describe("a plan in the terminal", () => {
  test("begins with the traffic, and puts fewest hosts first", () => {
    expect(terminal.split("\n")[0]).toBe("10/s (Poisson), 100 ms each (CV 1.00), p95 < 1 s, 0.0 % headroom");
    const order = [...terminal.matchAll(/^\w\S+net=\S+$/gm)].map(([id]) => id);
    expect(order).toEqual([
      "native/net=host/seccomp=none",
      "runsc/systrap/net=none/seccomp=none",
      "runsc/kvm/net=none/seccomp=none",
    ]);
  });

  test("has an interval and the number of launches with every rate", () => {
    const rates = [...terminal.matchAll(/keeps the promise up to \S+\/s (\[\S+, \S+\] \(n=\d+ launches)/g)];
    expect(rates).toHaveLength(2);
  });

  test("says the best achievable where a promise cannot be kept", () => {
    expect(terminal).toMatch(
      /cannot keep p95 < 1 s on any number of hosts: the best achievable is 2\.\d\d s/,
    );
  });

  test("groups what was not planned by its reason", () => {
    expect(terminal).toContain("runc/net=none/seccomp=none and 1 more: not planned: runc is not installed");
  });
});

test("a plan in Markdown has a row for each configuration", () => {
  const rows = planMarkdown(PLAN)
    .split("\n")
    .filter((line) => /^\| \w+\//.test(line));
  expect(rows).toHaveLength(3);
  expect(rows[2]).toContain("none: best p95 &lt; 2.");
});

describe("a plan for Kubernetes", () => {
  const manifest = planKubernetes(PLAN)!;

  test("has a RuntimeClass with the measured overhead for what an OCI runtime starts and what keeps the promise", () => {
    expect(
      [...manifest.matchAll(/^kind: RuntimeClass\nmetadata:\n {2}name: (\S+)$/gm)].map(([, name]) => name),
    ).toEqual(["sbx-runsc-systrap-net-none-seccomp-none"]);
    expect(manifest).toContain("overhead:\n  podFixed:\n    memory: 40Mi");
    expect(manifest).toMatch(/requests:\n {10}cpu: \d+m\n {10}memory: 10Mi/);
  });

  test("lets no configuration's name break out of its comment", () => {
    const hostile = { ...PLAN.configurations[0]!, configuration: "runsc/seccomp=a\nkind: Evil" };
    expect(planKubernetes({ ...PLAN, configurations: [hostile] })).not.toMatch(/^kind: Evil/m);
  });

  test("is none without memory", () => {
    const unmeasured = { ...PLAN.configurations[0]!, podFixedBytes: null };
    expect(planKubernetes({ ...PLAN, configurations: [unmeasured] })).toBeNull();
  });
});
