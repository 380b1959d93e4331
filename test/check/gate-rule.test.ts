import { expect, test } from "vitest";
import { gateRules } from "../../src/check/gate-rule.ts";
import { metricMeta } from "../stats/records.ts";
import { RULES } from "./sides.ts";

const CELL = "runsc/systrap/net=none/seccomp=none::syscalls";
const rules = (metrics: (typeof RULES)["metrics"]) => gateRules({ ...RULES, metrics });

test("times, rates, start-up, PSS and the launch's CPU time are gated; counts, clean-up, ticks and cgroup memory are shown", () => {
  const { ruleOf } = rules([]);
  const isGated = (metric: string, parts: Parameters<typeof metricMeta>[1]) =>
    ruleOf(CELL, metricMeta(metric, parts)).gated;
  expect([
    isGated("getpid", {}),
    isGated("stream", { unit: "bytes/s", better: "higher" }),
    isGated("http", { unit: "1/s", better: "higher" }),
    isGated("ready", { group: "start-up" }),
    isGated("total", { group: "start-up" }),
    isGated("pss@start", { unit: "bytes", group: "memory" }),
    isGated("launch-cpu", { group: "time" }),
  ]).toEqual(Array(7).fill(true));
  expect([
    isGated("lost-updates-10", { unit: "count" }),
    isGated("cleanup", { group: "start-up" }),
    isGated("exit", { group: "start-up" }),
    isGated("cgroup@start", { unit: "bytes", group: "memory" }),
    isGated("rss", { unit: "bytes", group: "memory" }),
    isGated("cpu-user", { group: "time" }),
    isGated("cpu-system", { group: "time" }),
  ]).toEqual(Array(7).fill(false));
});

test("the last rule that matches wins, setting by setting", () => {
  const { ruleOf } = rules([
    { match: "*::syscalls::*", maxRegression: 0.1, gate: null },
    { match: "runsc/*::getpid", maxRegression: null, gate: false },
  ]);
  expect(ruleOf(CELL, metricMeta("getpid"))).toEqual({ gated: false, maxRegression: 0.1 });
  expect(ruleOf(CELL, metricMeta("stat"))).toEqual({ gated: true, maxRegression: 0.1 });
  expect(ruleOf("native/net=host/seccomp=none::cpu", metricMeta("sort"))).toEqual({
    gated: true,
    maxRegression: 0.02,
  });
});

test("a count is gated where the configuration asks for it", () => {
  const { ruleOf, unmatched } = rules([{ match: "*::lost", maxRegression: null, gate: true }]);
  expect(unmatched()).toEqual(["*::lost"]);
  expect(ruleOf(CELL, metricMeta("lost", { unit: "count" })).gated).toBe(true);
  expect(unmatched()).toEqual([]);
});
