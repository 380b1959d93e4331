import { describe, expect, test } from "vitest";
import { askedWeights, equalWeights, workOps } from "../../../src/model/tune/op-weights.ts";
import { metricMeta } from "../../stats/records.ts";

const run = {
  config: { scenarios: [{ use: "program", as: "gzip", params: {} }] },
  metrics: {
    syscalls: [metricMeta("getpid"), metricMeta("open"), metricMeta("read", { group: "files" })],
    memory: [
      metricMeta("pss@start", { unit: "bytes", group: "memory" }),
      metricMeta("fault", { group: "memory" }),
    ],
    startup: [metricMeta("ready", { group: "start-up" }), metricMeta("total", { group: "start-up" })],
    gzip: [metricMeta("run", { group: "time" }), metricMeta("cpu-user", { group: "time" })],
  },
};
const ops = workOps(run);

describe("the workload of a run", () => {
  test("is times and rates, without phases and memory, and of a program its run time", () => {
    expect(ops.map(({ key }) => key)).toEqual([
      "syscalls::getpid",
      "syscalls::open",
      "syscalls::read",
      "memory::fault",
      "gzip::run",
    ]);
  });

  test("weighs groups alike, a program being a group of its own", () => {
    const weights = equalWeights(ops);
    expect(weights.get("syscalls::getpid")).toBeCloseTo(1 / 8, 12);
    expect(weights.get("syscalls::read")).toBeCloseTo(1 / 4, 12);
    expect(weights.get("gzip::run")).toBeCloseTo(1 / 4, 12);
  });
});

describe("weights as asked", () => {
  test("name metrics, scenarios, groups or keys, and add up to 1", () => {
    const weights = askedWeights(
      [
        { name: "system calls", weight: 2 },
        { name: "memory::fault", weight: 1 },
        { name: "gzip", weight: 1 },
      ],
      ops,
    );
    expect(Object.fromEntries(weights)).toEqual({
      "syscalls::getpid": 0.25,
      "syscalls::open": 0.25,
      "memory::fault": 0.25,
      "gzip::run": 0.25,
    });
  });

  test("a name that is none is answered with the nearest one", () => {
    expect(() => askedWeights([{ name: "getpdi", weight: 1 }], ops)).toThrow(
      /no operation getpdi.*"getpid"/s,
    );
  });

  test("weights of nothing are refused", () => {
    expect(() => askedWeights([{ name: "getpid", weight: 0 }], ops)).toThrow(/above 0/);
  });
});
