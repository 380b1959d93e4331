/** Operations that a finding names: once a sandbox, few enough to read. */
import type { CellSummary, MetricSummary } from "../../../stats/summaries/summary-types.ts";
import { fullSandboxLabel } from "../../kit/configurations.ts";

const LIST_LENGTH = 4;

export type Sighting = { cell: CellSummary; metric: MetricSummary };

export type SandboxOps = { sandbox: string; ops: string[] };

/** Each operation once a sandbox, with what the first configuration that shows it says. */
export function bySandbox(
  sightings: readonly Sighting[],
  say: (metric: MetricSummary) => string,
): SandboxOps[] {
  return [...Map.groupBy(sightings, ({ cell }) => fullSandboxLabel(cell.config))].map(
    ([sandbox, members]) => ({
      sandbox,
      ops: [...Map.groupBy(members, ({ metric }) => metric.title)].map(
        ([title, same]) => `${title} (${say(same[0]!.metric)})`,
      ),
    }),
  );
}

/** `runc 2, runsc systrap 31` */
export function countText(sandboxes: readonly SandboxOps[]): string {
  return sandboxes.map(({ sandbox, ops }) => `${sandbox} ${ops.length}`).join(", ");
}

export function list(items: readonly string[]): string {
  const more = items.length - LIST_LENGTH;
  return items.slice(0, LIST_LENGTH).join("; ") + (more > 0 ? `; and ${more} more` : "");
}
