import { describe, expect, test } from "vitest";
import { upgradesOf } from "../../src/check/upgrade.ts";
import type { RunscFlag, RunscUsed } from "../../src/samples/run-manifest.ts";
import { metricMeta } from "../stats/records.ts";
import { type MadeCell, madeRun, NATIVE, RULES, RUNSC } from "./sides.ts";

const used = (label: string, flags: RunscFlag[] | null = null): RunscUsed => ({
  label,
  version: `version of ${label}`,
  sha256: "ab",
  source: null,
  flags,
});

type Made = { cells: MadeCell[]; runscs?: RunscUsed[]; emulated?: boolean };

function upgrades({ cells, runscs = [used("old"), used("new")], emulated = false }: Made) {
  const metas = ["getpid", "open"].map((name) => metricMeta(name));
  const run = madeRun({ cells: [{ config: NATIVE }, ...cells], metas, manifest: { runscs, emulated } });
  return upgradesOf(run, { rules: RULES, floors: {} });
}

const old = { ...RUNSC, runsc: "old" };
const fresh = { ...RUNSC, runsc: "new" };
const filtered = (config: typeof old) => ({ ...config, seccomp: "default" });

describe("each metric of a platform is judged once", () => {
  const [upgrade] = upgrades({
    cells: [
      { config: old, metrics: { getpid: 100, open: 1000 } },
      { config: fresh, metrics: { getpid: 130, open: 700 } },
      { config: filtered(old), metrics: { getpid: 100, open: 1000 } },
      { config: filtered(fresh), metrics: { getpid: 120, open: 1000 } },
    ],
  });
  const metric = (name: string) => upgrade?.metrics.find((one) => one.metric === name);

  test("with the geometric mean of its configurations' changes", () => {
    expect(metric("getpid")?.effect.ratio).toBeCloseTo(Math.sqrt(1.3 * 1.2), 1);
    expect(metric("open")?.effect.ratio).toBeCloseTo(Math.sqrt(0.7), 1);
    expect(metric("getpid")).toMatchObject({ configurations: 2, n: 15, platform: "systrap", flags: null });
  });

  test("and says worse, better", () => {
    expect([metric("getpid")?.verdict, metric("open")?.verdict]).toEqual(["worse", "better"]);
    expect(upgrade?.counts).toEqual({ worse: 1, better: 1, same: 0, unclear: 0 });
  });

  test("and how far its configurations lie apart", () => {
    expect(metric("open")?.lowest).toBeCloseTo(0.7, 1);
    expect(metric("open")?.highest).toBeCloseTo(1, 1);
  });

  test("and each configuration stands beside it with its own verdict", () => {
    expect(upgrade?.cells.metrics.map(({ cellA, cell }) => [cellA, cell])).toContainEqual([
      "runsc@old/systrap/net=none/seccomp=none::syscalls",
      "runsc@new/systrap/net=none/seccomp=none::syscalls",
    ]);
  });
});

test("equal runscs are called the same, not better or worse", () => {
  const [upgrade] = upgrades({ cells: [{ config: old }, { config: fresh }] });
  expect(upgrade?.metrics.map(({ verdict }) => verdict)).toEqual(["same"]);
});

test("what is the same within a wide limit only is unclear", () => {
  const cells = [{ config: old }, { config: fresh }];
  const run = madeRun({ cells, manifest: { runscs: [used("old"), used("new")] } });
  const verdictAt = (share: number) => {
    const floor = { share, rounds: 11, runId: "r", measuredAt: "2026-01-01T00:00:00Z" };
    const floors = { "runsc@new/systrap/net=none/seccomp=none::syscalls::getpid": floor };
    return upgradesOf(run, { rules: RULES, floors })[0]?.metrics[0]?.verdict;
  };
  expect([verdictAt(0.05), verdictAt(0.3)]).toEqual(["same", "unclear"]);
});

test("each platform is a family of its own", () => {
  const metrics = Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`op-${number}`, 100]));
  const cells = (["systrap", "ptrace", "kvm"] as const).flatMap((platform): MadeCell[] => [
    { config: { ...old, platform }, rounds: 11, metrics },
    { config: { ...fresh, platform }, rounds: 11, metrics: { ...metrics, "op-7": 150 } },
  ]);
  const run = madeRun({
    cells,
    metas: Object.keys(metrics).map((name) => metricMeta(name)),
    manifest: { runscs: [used("old"), used("new")] },
  });
  const [upgrade] = upgradesOf(run, { rules: RULES, floors: {} });
  expect(upgrade?.metrics.filter(({ verdict }) => verdict === "worse").map(({ metric }) => metric)).toEqual([
    "op-7",
    "op-7",
    "op-7",
  ]);
});

test("a large matrix has one verdict a metric and platform", () => {
  const filters = Array.from({ length: 120 }, (_, number) => `/profiles/${number}.json`);
  const cells = filters.flatMap((seccomp): MadeCell[] => [
    { config: { ...old, seccomp }, rounds: 11 },
    { config: { ...fresh, seccomp }, rounds: 11, metrics: { getpid: 130 } },
  ]);
  const [upgrade] = upgrades({ cells });
  expect(upgrade?.cells.metrics).toHaveLength(120);
  expect(upgrade?.metrics.map(({ verdict }) => verdict)).toEqual(["worse"]);
});

test("cells that only one of them can run are named with the other's reason", () => {
  const [upgrade] = upgrades({
    cells: [
      { config: old, status: "unavailable" },
      { config: fresh },
      { config: filtered(old) },
      { config: filtered(fresh), failure: "it crashed" },
    ],
  });
  expect(upgrade?.onlyB).toEqual([
    { cell: "runsc@new/systrap/net=none/seccomp=none::syscalls", reason: "it is unavailable" },
  ]);
  expect(upgrade?.onlyA).toEqual([
    { cell: "runsc@old/systrap/net=none/seccomp=default::syscalls", reason: "it crashed" },
  ]);
  expect(upgrade?.metrics).toEqual([]);
});

test("flags that one lacks, and defaults that changed, are listed", () => {
  const flag = (name: string, byDefault: string | null) => ({ name, default: byDefault });
  const [upgrade] = upgrades({
    cells: [],
    runscs: [
      used("old", [flag("gone", "x"), flag("quota", "false"), flag("quiet", null)]),
      used("new", [flag("quota", "true"), flag("quiet", "x"), flag("fresh", null)]),
    ],
  });
  expect(upgrade?.flags).toEqual({
    known: true,
    onlyA: ["gone"],
    onlyB: ["fresh"],
    changedDefaults: [{ name: "quota", a: "false", b: "true" }],
  });
});

test("every newer one is held against the first", () => {
  const found = upgrades({
    cells: [{ config: old }, { config: fresh }],
    runscs: [used("old"), used("new"), used("newest")],
  });
  expect(found.map(({ a, b }) => [a.label, b.label])).toEqual([
    ["old", "new"],
    ["old", "newest"],
  ]);
});

test("a run with one runsc has none, and an emulated one no verdict", () => {
  expect(upgrades({ cells: [], runscs: [used("")] })).toEqual([]);
  const [upgrade] = upgrades({ cells: [{ config: old }, { config: fresh }], emulated: true });
  expect(upgrade?.metrics).toEqual([]);
});
