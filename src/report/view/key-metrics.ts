/** Which metrics stand for a whole kind of cost: the headline, the ladder and the forest plot show these. */
import type { MetricSummary } from "../../stats/summary-types.ts";
import type { SummaryIndex } from "./summary-index.ts";

export type Role = "syscall" | "read" | "open" | "fault" | "network" | "startup" | "memory" | "compute";

export type KeyMetric = { role: Role; label: string; scenario: string; metric: MetricSummary };

type Rule = {
  role: Role;
  label: string;
  /** Best first: the first that any measured metric matches wins. */
  names: readonly RegExp[];
  /** Ids that look alike but mean something else. */
  not?: RegExp;
};

const RULES: readonly Rule[] = [
  {
    role: "syscall",
    label: "System call (getpid)",
    names: [/^getpid-?(go)?$/, /^getpid/],
    not: /patch|pattern/,
  },
  { role: "read", label: "Read 4 KiB (pread)", names: [/^pread.*tmpfs/, /^pread/, /^read-4k/] },
  { role: "open", label: "Open and close a file", names: [/^open.*tmpfs/, /^open/] },
  { role: "fault", label: "Page fault", names: [/^page-?fault/, /fault/, /^mmap/] },
  { role: "network", label: "TCP round trip", names: [/^tcp-rr$/, /^tcp-rr/, /rr|round-?trip/] },
  { role: "startup", label: "Start-up", names: [/^ready$/, /^total$/] },
  {
    role: "memory",
    label: "Memory of an idle sandbox",
    names: [/^pss@(idle|start|ready|base)/, /^pss@/, /^cgroup@/],
  },
  { role: "compute", label: "Pure computation", names: [/^sha/, /^hash/, /^json/, /^sort/] },
];

/** Scenario that a role is looked for first, so that an alias or a user's scenario cannot take its place. */
const HOME: Record<Role, string> = {
  syscall: "syscalls",
  read: "syscalls",
  open: "syscalls",
  fault: "syscalls",
  network: "network",
  startup: "startup",
  memory: "memory",
  compute: "cpu",
};

/** The key metrics that this run has, in the order in which reports show them. */
export function keyMetrics(index: SummaryIndex): KeyMetric[] {
  return RULES.flatMap((rule) => {
    const candidates = index.metrics
      .filter(({ metric }) => !rule.not?.test(metric.metric))
      .toSorted((a, b) => Number(b.scenario === HOME[rule.role]) - Number(a.scenario === HOME[rule.role]));
    for (const name of rule.names) {
      const found = candidates.find(({ metric }) => name.test(metric.metric));
      if (found !== undefined) return [{ role: rule.role, label: rule.label, ...found }];
    }
    return [];
  });
}
