/** A made-up run of the preset `article`: tests say the figures they are about. */

import type { Configuration } from "../../../src/axes/configuration.ts";
import { resolveConfig } from "../../../src/config/resolve.ts";
import { buildPlan } from "../../../src/plan/build-plan.ts";
import type { Cell } from "../../../src/plan/cell.ts";
import type { RunData } from "../../../src/report/run/view/run-data.ts";
import { runData } from "../../../src/report/run/view/run-data.ts";
import type { LaunchRecord } from "../../../src/samples/launch-record.ts";
import type { RunManifest } from "../../../src/samples/run-manifest.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";
import { launch, manifest, opSample } from "../../stats/records.ts";

export const KVM_REASON = "/dev/kvm opens, but runsc hangs. More about it.";

/** Value of a metric in a round, ns, bytes or a count; `null` = the cell does not have it. */
type Figures = (config: Configuration, metric: string, round: number) => number | null;

export type MadeRun = {
  figures: Figures;
  rounds?: number;
  hasKvm?: boolean;
  manifest?: Partial<RunManifest>;
};

/** What `run --preset article` plans. */
export function plannedCells(hasKvm = true): Cell[] {
  const config = resolveConfig({ preset: "article" }, {}, "a test", "/");
  return buildPlan(config, ({ platform }) => (platform === "kvm" && !hasKvm ? KVM_REASON : null));
}

/** By scenario; the preset's parameters name them. */
export const METRICS: Record<string, string[]> = {
  syscalls: [
    ...["getpid", "getpid-patchable", "clock-gettime-vdso", "clock-gettime-syscall"],
    ...["read-4k-tmpfs", "pread-4k-bind", "mmap-touch-munmap", "page-fault"],
  ],
  startup: ["ready", "total"],
  memory: ["pss@start", "cgroup@start"],
  goroutines: [
    ...["atomic-10", "atomic-100", "unsynchronised-10", "unsynchronised-100"],
    ...["lost-updates-10", "lost-updates-100", "wrong-results-10", "wrong-results-100", "torn-reads"],
  ],
  network: ["tcp-rr-lo"],
};

export function madeRun(made: MadeRun): RunData {
  const { manifest, summary, launches } = madeMeasured(made);
  return runData(manifest, summary, launches);
}

export function madeMeasured(made: MadeRun) {
  const cells = plannedCells(made.hasKvm ?? true);
  const launches = cells
    .filter(({ status }) => status === "planned")
    .flatMap((cell) =>
      Array.from({ length: made.rounds ?? 15 }, (_, round) => launchOf(cell, round, made.figures)),
    );
  const meta = (metric: string) => ({
    metric,
    title: metric,
    unit: unitOf(metric),
    better: "lower" as const,
    group: "any",
  });
  const metrics = Object.fromEntries(Object.entries(METRICS).map(([name, list]) => [name, list.map(meta)]));
  const run = manifest(cells, {
    preset: "article",
    rounds: made.rounds ?? 15,
    metrics,
    commandLine: ["run", "--preset", "article", "--matrix"],
    ...made.manifest,
  });
  return { manifest: run, launches, summary: summarise(run, launches) };
}

function unitOf(metric: string) {
  if (metric.includes("@")) return "bytes" as const;
  return /^(lost|wrong|torn)/.test(metric) ? ("count" as const) : ("ns" as const);
}

function launchOf({ config, scenario, id }: Cell, round: number, figures: Figures): LaunchRecord {
  const figure = (metric: string) => figures(config, metric, round);
  const timed = (METRICS[scenario] ?? []).flatMap((metric) => {
    const value = scenario === "startup" || scenario === "memory" ? null : figure(metric);
    return value === null ? [] : [{ metric, value }];
  });
  const [ready, pss, cgroup] = [figure("ready"), figure("pss@start"), figure("cgroup@start")];
  return {
    ...launch(config, round),
    cell: id,
    phases: { prepareNs: 0, readyNs: scenario === "startup" ? ready : 1, workNs: 1, exitNs: 1, cleanupNs: 1 },
    ops: timed
      .filter(({ metric }) => unitOf(metric) === "ns")
      .map(({ metric, value }) => opSample(metric, { median: value })),
    values: timed
      .filter(({ metric }) => unitOf(metric) === "count")
      .map(({ metric, value }) => ({ name: metric, unit: "count" as const, value })),
    memory: scenario === "memory" ? [{ ...EMPTY_MEMORY, pssBytes: pss, cgroupBytes: cgroup }] : [],
  };
}

const EMPTY_MEMORY = {
  mark: "start",
  rssBytes: null,
  processes: 1,
  cgroupShmemBytes: null,
  cgroupAnonBytes: null,
};
