/** Which metrics stand for a whole kind of cost: the headline, the ladder and the forest plot show these. */
import { cutText } from "../../../base/short-text.ts";
import type { MetricSummary } from "../../../stats/summaries/summary-types.ts";
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
    names: [/^pss@(start|idle)/, /^pss@/, /^cgroup@/],
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
 * @param programs names of the user's programs: their run times lead, and what they hold is no idle sandbox
 */
export function keyMetrics(index: SummaryIndex, programs: readonly string[] = []): KeyMetric[] {
  return [...programs.flatMap((name) => runTime(index, name)), ...ruled(index, programs)];
}

function runTime(index: SummaryIndex, name: string): KeyMetric[] {
  const found = index.metrics.find(({ scenario, metric }) => scenario === name && metric.metric === "run");
  if (found === undefined) return [];
  return [{ role: "program", label: `${name}: run time`, short: cutText(name, 10), ...found }];
}

function ruled(index: SummaryIndex, programs: readonly string[]): KeyMetric[] {
  return RULES.flatMap((rule) => {
    const possible = index.metrics.filter(
      ({ scenario }) => rule.role !== "memory" || !programs.includes(scenario),
    );
    const candidates = possible.toSorted(
      (a, b) => Number(b.scenario === HOME[rule.role]) - Number(a.scenario === HOME[rule.role]),
    );
    for (const name of rule.names) {
      const found = candidates.find(({ metric }) => name.test(metric.metric));
      if (found !== undefined) return [{ role: rule.role, label: rule.label, short: rule.short, ...found }];
    }
    return [];
  });
}
