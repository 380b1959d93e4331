import { expect, test } from "vitest";
import { costTerminal } from "../../../src/report/seccomp/cost-terminal.ts";
import type { OciSeccomp } from "../../../src/sandbox/seccomp/oci-profile.ts";
import { filterCosts } from "../../../src/seccomp/cost/call-costs.ts";
import { readProgram } from "../../../src/seccomp/cost/emulate.ts";
import { fitCost, predictNs } from "../../../src/seccomp/cost/predict.ts";
import { compileFilter } from "../../../src/seccomp/formats/bpf.ts";
import { X86_64_CALLS } from "../../../src/seccomp/lint/names.ts";

const allow = (names: string[], args: OciSeccomp["syscalls"][number]["args"] = []) => ({
  ...{ names, action: "SCMP_ACT_ALLOW" as const, args },
});
const profile: OciSeccomp = {
  defaultAction: "SCMP_ACT_ERRNO",
  syscalls: [
    allow(X86_64_CALLS.slice(0, 200).filter((name) => name !== "getppid")),
    allow(["getppid"], [{ index: 0, value: 0, valueTwo: 0, op: "SCMP_CMP_EQ" }]),
  ],
};

test("libseccomp's program allows what the profile allows, and its tree runs fewer instructions", {
  timeout: 60_000,
}, async () => {
  const [plain, tree] = await Promise.all(
    (["plain", "binary-tree"] as const).map(async (shape) =>
      filterCosts(readProgram(await compileFilter(profile, shape))),
    ),
  );
  const names = (costs: typeof plain) => costs?.allowed.map(({ name }) => name).sort();
  expect(names(plain)).toEqual(X86_64_CALLS.slice(0, 200).toSorted());
  expect(names(tree)).toEqual(names(plain));
  expect(tree?.allowed.at(-1)?.executed).toBeLessThan((plain?.allowed.at(-1)?.executed ?? 0) / 3);
  expect(plain?.allowed.filter(({ isCached }) => !isCached).map(({ name }) => name)).toEqual(["getppid"]);
});

test("the line through the measured chains predicts a filter between them", () => {
  const line = fitCost(5, [
    { instructions: 10, ns: 25 },
    { instructions: 110, ns: 75 },
    { instructions: 210, ns: 125 },
  ]);
  const call = { name: "getppid", number: 110, executed: 60, isCached: false };
  expect(predictNs(call, line)).toBeCloseTo(50);
  expect(predictNs({ ...call, isCached: true }, line)).toBe(5);
});

test("what was measured stands beside what was predicted, with its interval and its size", () => {
  const call = { name: "getppid", number: 110, executed: 60, isCached: false };
  const text = costTerminal({
    file: "p.json",
    bareNs: 100,
    processes: 6,
    shapes: [
      {
        ...{ shape: "plain", instructions: 70, first: call, middle: call, last: call, cachedShare: 0.5 },
        loadNs: { median: 5000, low: 4000, high: 6000 },
        timed: [{ ...call, predictedNs: 50, measuredNs: { median: 52, low: 48, high: 55 } }],
      },
    ],
  });
  expect(text).toContain("getppid: 60 instructions: predicted +50 ns, measured 52 ns [48, 55]");
  expect(text).toContain("loading: 5 µs [4, 6]");
  expect(text).toContain("n = 6 processes");
});
