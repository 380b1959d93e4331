/** Which metrics stand for a whole kind of cost: the headline, the ladder and the forest plot show these. */
import { cutText } from "../../../base/short-text.ts";
import type { MetricSummary } from "../../../stats/summaries/summary-types.ts";
import { subjectOf } from "./subject.ts";
import type { SummaryIndex } from "./summary-index.ts";

export type Role =
  | "program"
  | "syscall"
  | "read"
  | "open"
  | "fault"
  | "network"
  | "startup"
  | "memory"
  | "compute";

export type KeyMetric = {
  role: Role;
  label: string;
  /** At most 10 characters, for a column. */
  short: string;
  scenario: string;
  metric: MetricSummary;
  /** Operations that it was chosen from as the dearest; 1 where there was no choice. */
  chosenFrom: number;
};

type Rule = {
  role: Exclude<Role, "program">;
  label: string;
  short: string;
  /** Best first: the first that any measured metric matches wins. */
  names: readonly RegExp[];
};

const RULES: readonly Rule[] = [
  {
    role: "syscall",
    label: "System call (getpid)",
    short: "syscall",
    names: [/^getpid-?(go)?$/, /^getpid/],
  },
  { role: "read", label: "Read 4 KiB (pread)", short: "read 4 KiB", names: [/^pread-4k-tmpfs$/, /^pread/] },
  { role: "open", label: "Open and close a file", short: "open", names: [/^open/] },
  { role: "fault", label: "Page fault", short: "page fault", names: [/^page-fault/, /^mmap/] },
  { role: "network", label: "TCP round trip", short: "TCP trip", names: [/^tcp-rr(-lo)?$/, /^tcp-rr/] },
  { role: "startup", label: "Start-up", short: "start-up", names: [/^ready$/, /^total$/] },
  {
    role: "memory",
    label: "Memory of an idle sandbox",
    short: "memory",
    // What a program or a server holds at work is no idle sandbox.
    names: [/^pss@(start|idle)/, /^pss@(?!running|load)/, /^cgroup@(?!running|load)/],
  },
  { role: "compute", label: "Computation", short: "compute", names: [/^sha/, /^json/, /^sort/] },
];

/** Scenario that a role is looked for first, so that an alias or a user's scenario cannot take its place. */
const HOME: Record<Exclude<Role, "program">, string> = {
  syscall: "syscalls",
  read: "syscalls",
  open: "syscalls",
  fault: "syscalls",
  network: "network",
  startup: "startup",
  memory: "memory",
  compute: "cpu",
};

/**
 * The key metrics that this run has, in the order in which reports show them.
 *
 * @param programs names of the user's programs: their run times lead
 */
export function keyMetrics(index: SummaryIndex, programs: readonly string[] = []): KeyMetric[] {
  return [...programs.flatMap((name) => runTime(index, name)), ...ruled(index)];
}

function runTime(index: SummaryIndex, name: string): KeyMetric[] {
  const found = index.metrics.find(({ scenario, metric }) => scenario === name && metric.metric === "run");
  if (found === undefined) return [];
  return [{ role: "program", label: `${name}: run time`, short: cutText(name, 10), ...found, chosenFrom: 1 }];
}

function ruled(index: SummaryIndex): KeyMetric[] {
  const subject = subjectOf(index);
  return RULES.flatMap((rule) => {
    const candidates = index.metrics.toSorted(
      (a, b) => Number(b.scenario === HOME[rule.role]) - Number(a.scenario === HOME[rule.role]),
    );
    for (const name of rule.names) {
      const found = candidates.find(({ metric }) => name.test(metric.metric));
      if (found !== undefined)
        return [
          named(rule, found, subject === null ? [] : (index.cell(subject, found.scenario)?.metrics ?? [])),
        ];
    }
    return [];
  });
}

/** @param measured metrics of the scenario in the configuration that the report is about */
function named(
  { role, label, short }: Rule,
  found: { scenario: string; metric: MetricSummary },
  measured: readonly MetricSummary[],
): KeyMetric {
  const { scenario, metric } = found;
  if (role === "memory") {
    const how = metric.metric.startsWith("pss@") ? "PSS" : "charged to its cgroup";
    return { role, label: `${label} (${how})`, short, scenario, metric, chosenFrom: 1 };
  }
  if (role !== "compute") return { role, label, short, scenario, metric, chosenFrom: 1 };
  // Of several computations the one that pays most: a mean would promise too much.
  const group = measured.filter((one) => one.group === metric.group && one.overhead !== null);
  const dearest = group.toSorted((a, b) => b.overhead!.ratio - a.overhead!.ratio)[0] ?? metric;
  const chosenFrom = Math.max(1, group.length);
  return { role, label: `${label} (${dearest.title})`, short, scenario, metric: dearest, chosenFrom };
}
