import { expect, test } from "vitest";
import type { Configuration } from "../../../../src/axes/configuration.ts";
import { type Random, seededRandom } from "../../../../src/plan/seeded-random.ts";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import type { Finding } from "../../../../src/report/run/view/report-view.ts";
import { summarise } from "../../../../src/stats/summaries/summarise.ts";
import { normal } from "../../../stats/random-numbers.ts";
import { cell, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../../../stats/records.ts";

const PTRACE: Configuration = { ...RUNSC, platform: "ptrace" };
const RUNC: Configuration = { sandbox: "runc", platform: null, network: "none", seccomp: "none" };
const CONFIGS = [NATIVE, RUNC, RUNSC, PTRACE];
const OPS = Array.from({ length: 16 }, (_, index) => `work-${index}`);
const ROUNDS = 8;

/** A run of `cpu`; noise has a part that a launch's operations share, and a long tail. @param costs beyond native */
function findingsOf(random: Random, costs: Record<string, number> = {}): Finding[] {
  const launches = Array.from({ length: ROUNDS }, (_, round) =>
    CONFIGS.map((config) => {
      const whole = 0.03 * normal(random) + (random() < 0.1 ? 0.2 : 0);
      return launch(config, round, {
        cell: cell(config, "cpu").id,
        ops: OPS.map((op) => {
          const cost = config === NATIVE ? 1 : (costs[op] ?? 1);
          return opSample(op, { median: 1e6 * cost * Math.exp(whole + 0.02 * normal(random)) });
        }),
      });
    }),
  ).flat();
  const run = manifest(
    CONFIGS.map((config) => cell(config, "cpu")),
    {
      rounds: ROUNDS,
      metrics: { cpu: OPS.map((op) => metricMeta(op, { group: "computation" })) },
    },
  );
  const { findings } = buildView(run, summarise(run, launches), launches);
  return findings.filter(({ title }) => /omputation|heaper/.test(title));
}

test("where all configurations cost the same, at most 5 % of reports have such a finding", () => {
  const random = seededRandom("A/A reports");
  const reports = 100;
  const alarmed = Array.from({ length: reports }, () => findingsOf(random)).filter(
    (found) => found.length > 0,
  );
  expect(alarmed.length).toBeLessThanOrEqual(0.05 * reports);
});

test("computation that costs more is told, and no cause that was not measured", () => {
  const [found, ...others] = findingsOf(seededRandom("one is dearer"), { "work-3": 1.4 });
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    severity: "notice",
    title: "Computation does not cost the same as natively: work-3 title",
  });
  expect(found!.detail).toMatch(
    /^Beyond 2 %, and beyond chance among all 48 figures that were looked at \(5 %\): runc 1\.\d+x/,
  );
  expect(found!.detail).not.toMatch(/system call|should|because/);
});

test("what is much cheaper than the baseline is told, beyond chance", () => {
  const titles = findingsOf(seededRandom("one is cheaper"), { "work-5": 0.5 }).map(({ title }) => title);
  expect(titles).toEqual([
    "Computation does not cost the same as natively: work-5 title",
    "Cheaper than the baseline: runc 1, runsc systrap 1, runsc ptrace 1",
  ]);
});
