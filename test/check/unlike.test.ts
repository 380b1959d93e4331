import { expect, test } from "vitest";
import { unlikeFields } from "../../src/check/unlike.ts";
import { manifest } from "../stats/records.ts";

const config = (parts: object) => ({
  limits: { launchMs: 1000, pids: null },
  runsc: { path: null, flags: [] },
  scenarios: [{ use: "syscalls", as: "syscalls", params: {} }],
  ...parts,
});
const run = (parts: object) => manifest([], { config: config({}), ...parts });

test("runs of one host and one configuration are alike, wherever their runsc lies", () => {
  expect(
    unlikeFields(run({}), run({ config: config({ runsc: { path: "/elsewhere", flags: [] } }) })),
  ).toEqual([]);
});

test("fields of the fingerprint are named with both values", () => {
  const other = { fingerprint: { id: "x", fields: { "cpu.model": "other" } } };
  expect(unlikeFields(run({}), run(other))).toEqual([{ field: "cpu.model", a: "any", b: "other" }]);
});

test("so are another preset, limit, flag or parameter", () => {
  const other = run({
    preset: "full",
    config: config({
      limits: { launchMs: 1000, pids: 64 },
      runsc: { path: null, flags: ["--debug"] },
      scenarios: [{ use: "syscalls", as: "syscalls", params: { thinkNs: 500 } }],
    }),
  });
  expect(unlikeFields(run({}), other)).toEqual([
    { field: "config.limits.pids", a: "none", b: "64" },
    { field: "config.preset", a: "quick", b: "full" },
    { field: "config.runsc.flags", a: "none", b: "--debug" },
    { field: "config.scenarios.syscalls", a: "syscalls", b: "syscalls thinkNs=500" },
  ]);
});

test("a scenario that only one side has is none of it, nor a setting that a baseline does not keep", () => {
  const cpu = { use: "cpu", as: "cpu", params: {} };
  expect(unlikeFields(run({}), run({ config: config({ scenarios: [cpu] }) }))).toEqual([]);
  expect(unlikeFields(run({ config: { scenarios: null, limits: null } }), run({}))).toEqual([]);
  expect(unlikeFields(run({ config: null }), run({}))).toEqual([]);
});
