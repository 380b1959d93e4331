import { expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { articleCosts } from "../../src/model/article-classes.ts";
import { madeModel } from "./made-model.ts";
import { COSTS, SYSTRAP } from "./made-observations.ts";

const NETSTACK: Configuration = { ...SYSTRAP, network: "sandbox" };
const FILTERED: Configuration = { ...SYSTRAP, network: "sandbox", seccomp: "default" };
const costs = articleCosts(
  madeModel([{ config: NETSTACK }, { config: FILTERED, costs: { ...COSTS, trap: COSTS.trap + 1500 } }]),
);
const find = (title: RegExp) => costs.find((cost) => title.test(cost.title))!;

test("each of the three kinds has figures with intervals that hold what was made", () => {
  expect([...new Set(costs.map(({ kind }) => kind))]).toEqual([
    "interception",
    "forwarding",
    "memory mapping",
    "table",
  ]);
  const trap = find(/^entering and leaving/).cost!;
  expect(trap.low).toBeLessThan(COSTS.trap);
  expect(trap.high).toBeGreaterThan(COSTS.trap);
});

test("the table's read is entering, reading and copying 4 KiB", () => {
  const { cost, says } = find(/netstack/);
  expect(cost!.value / (COSTS.trap + COSTS["memory-io"] + 4096 * COSTS.byte)).toBeCloseTo(1, 1);
  expect(says).toContain("182 µs");
});

test("what was not measured says so, and has no figure", () => {
  expect(find(/kvm/)).toMatchObject({ cost: null, missing: "this run has not measured it" });
});

test("the filter's cost is what entering costs more with it", () => {
  const filter = costs.filter(({ title }) => title.includes("filter"));
  expect(filter).toHaveLength(1);
  expect(filter[0]!.cost!.value / 1500).toBeCloseTo(1, 0);
  expect(filter[0]!.cost!.low).toBeGreaterThan(0);
});
