/** Advice from made-up costs, through the whole of `model/tune`. */

import type { Configuration } from "../../../src/axes/configuration.ts";
import type { ChangeRules } from "../../../src/model/tune/changes.ts";
import { MEMORY_KEY, STARTUP_KEY } from "../../../src/model/tune/front.ts";
import { type TuneInput, tune } from "../../../src/model/tune/tune.ts";
import { snippetsOf } from "../../../src/report/tune/snippets.ts";
import { type TuneReport, tuneReport } from "../../../src/report/tune/tune-report.ts";
import {
  candidate,
  EQUAL,
  madeCosts,
  OPS,
  PRESENT,
  PRESENT_ID,
  VARIANTS,
} from "../../model/tune/made-costs.ts";
import { cell, manifest, NATIVE } from "../../stats/records.ts";

const OPERATIONS = OPS.map((op) => ({
  ...op,
  scenario: "syscalls",
  metric: op.key,
  better: "lower" as const,
}));
const RULES: ChangeRules = {
  goal: "work",
  smallest: 0.02,
  alpha: 0.05,
  variants: VARIANTS,
  waived: () => false,
};
const KNOWN = {
  version: "go-20260905",
  names: new Set(["platform", "network", "oci-seccomp", "gso", "dcache"]),
};

const CANDIDATES = [
  candidate(NATIVE),
  candidate({ sandbox: "runc", platform: null }),
  candidate(),
  candidate({ platform: "ptrace" }),
  candidate({ network: "host" }),
  candidate({ platform: "ptrace", network: "host" }),
  candidate({ flags: "faster" }),
];

/** Systrap is six times native, ptrace twenty times, the host's network saves a tenth, and the flag as told. */
export function madeFactor(ofFlag: number): (config: Configuration) => number {
  return ({ sandbox, platform, network, flags }) => {
    if (sandbox !== "runsc") return 1;
    return (
      (platform === "ptrace" ? 20 : 6) * (network === "host" ? 0.9 : 1) * (flags === "faster" ? ofFlag : 1)
    );
  };
}

export function madeReport(
  factor: (config: Configuration) => number,
  parts: Partial<Pick<TuneInput, "candidates">> & { rounds?: number } = {},
): TuneReport {
  const { candidates = CANDIDATES, rounds = 11 } = parts;
  const keys = [...OPS.map(({ key }) => key), STARTUP_KEY, MEMORY_KEY];
  const run = manifest([
    ...candidates.map(({ config }) => cell(config, "syscalls")),
    {
      ...cell({ ...PRESENT, platform: "kvm" }, "syscalls", "unavailable"),
      reason: "runsc hangs on this host",
    },
  ]);
  const tuned = tune({
    manifest: run,
    costs: madeCosts({ candidates, factor, rounds, keys }),
    candidates,
    from: candidate(),
    workload: { kind: "mix", ops: OPERATIONS, weights: EQUAL },
    rules: RULES,
  });
  const use =
    tuned.decision.kind === "nothing"
      ? candidate()
      : candidates.find(
          ({ configuration }) =>
            configuration === (tuned.decision as { change: { configuration: string } }).change.configuration,
        )!;
  return tuneReport({
    ...tuned,
    runId: run.runId,
    host: { fingerprint: run.fingerprint.id },
    baseline: run.baseline,
    from: PRESENT_ID,
    goal: "work",
    smallestGain: RULES.smallest,
    workload: { kind: "mix", text: "Workload: two made-up operations.", command: null, weights: [] },
    use: snippetsOf(use.configuration, use.config, use.flags, KNOWN),
    warnings: [],
  });
}
