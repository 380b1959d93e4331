import { describe, expect, test } from "vitest";
import { missingSwitches } from "../../../src/model/tune/missing-switches.ts";
import { narrowed } from "../../../src/model/tune/narrow.ts";
import { presentConfiguration } from "../../../src/model/tune/present.ts";
import { unmeasured } from "../../../src/model/tune/unmeasured.ts";
import { cell, NATIVE } from "../../stats/records.ts";
import { candidate, madeCosts, OPS, PRESENT, PRESENT_ID } from "./made-costs.ts";

const MATRIX = {
  sandbox: ["native", "runsc"],
  platform: ["systrap", "ptrace"],
  network: ["none", "host", "sandbox"],
  seccomp: ["none"],
  runsc: [],
  flags: [],
} satisfies Parameters<typeof presentConfiguration>[2];
const BASELINE = "native/net=host/seccomp=none";
const native = candidate(NATIVE);

describe("the present configuration", () => {
  test("is what docker run --runtime=runsc gives, where it was measured", () => {
    const all = [
      native,
      candidate({ network: "host" }),
      candidate({ platform: "ptrace" }),
      candidate({ flags: "idle" }),
      candidate(),
    ];
    expect(presentConfiguration(all, BASELINE, MATRIX)!.configuration).toBe(PRESENT_ID);
  });

  test("is the only runsc of the user's file", () => {
    const host = candidate({ network: "host" });
    const own = { ...MATRIX, platform: ["systrap" as const], network: ["host" as const] };
    expect(presentConfiguration([candidate(), host], BASELINE, own)!.configuration).toBe(host.configuration);
  });

  test("is another sandbox where no runsc was measured, and none where nothing was", () => {
    const runc = candidate({ sandbox: "runc", platform: null });
    expect(presentConfiguration([native, runc], BASELINE, MATRIX)).toBe(runc);
    expect(presentConfiguration([native], BASELINE, MATRIX)).toBeNull();
  });

  test("of several runscs it is the one that the file names first", () => {
    const both = [candidate({ runsc: "new" }), candidate({ runsc: "old" })];
    const runsc = ["old", "new"].map((label) => ({ label, wanted: label }));
    expect(presentConfiguration(both, BASELINE, { ...MATRIX, runsc })!.config.runsc).toBe("old");
  });
});

describe("what a run does not say", () => {
  const kvm = { ...PRESENT, platform: "kvm" as const };
  const cells = [
    cell(PRESENT, "syscalls"),
    cell({ ...PRESENT, network: "none" }, "syscalls"),
    { ...cell(kvm, "syscalls", "unavailable"), reason: "it hangs" },
    { ...cell(kvm, "files", "unavailable"), reason: "it hangs" },
    cell({ ...PRESENT, platform: "ptrace" }, "syscalls", "excluded"),
  ];
  const measured = new Set([PRESENT_ID]);

  test("is named with its reason, what failed too; what was left out on purpose is no gap", () => {
    expect(unmeasured({ cells }, measured)).toEqual([
      {
        status: "failed",
        reason: "none of its launches gave a figure",
        configurations: ["runsc/systrap/net=none/seccomp=none"],
      },
      { status: "unavailable", reason: "it hangs", configurations: ["runsc/kvm/net=sandbox/seccomp=none"] },
    ]);
  });

  test("switches to measure are those that are missing and that this host could run", () => {
    expect(missingSwitches(PRESENT, { cells }, measured)).toEqual([
      "runsc/ptrace/net=sandbox/seccomp=none",
      "runsc/systrap/net=none/seccomp=none",
      "runsc/systrap/net=host/seccomp=none",
      "runsc/systrap/net=sandbox/seccomp=default",
      "runsc/systrap/net=sandbox/seccomp=generated",
    ]);
  });
});

describe("like is ranked with like", () => {
  const rich = candidate();
  const poor = candidate({ network: "none" });
  const [getpid, read] = [OPS[0]!.key, OPS[1]!.key];

  test("only what all configurations have counts", () => {
    const costs = new Map([
      ...madeCosts({ candidates: [rich], factor: () => 1 }),
      ...madeCosts({ candidates: [poor], factor: () => 1, keys: [read] }),
    ]);
    const found = narrowed(costs, [rich.configuration, poor.configuration], OPS);
    expect(found.ops.map(({ key }) => key)).toEqual([read]);
    expect(found.left).toEqual([]);
  });

  test("a configuration that shares nothing is left out, and named", () => {
    const costs = new Map([
      ...madeCosts({ candidates: [rich], factor: () => 1, keys: [getpid] }),
      ...madeCosts({ candidates: [poor], factor: () => 1, keys: [] }),
    ]);
    const found = narrowed(costs, [rich.configuration, poor.configuration], OPS);
    expect(found.ops.map(({ key }) => key)).toEqual([getpid]);
    expect(found.left).toEqual([poor.configuration]);
  });
});
