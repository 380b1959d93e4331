/** Sentences that a plan has in every format. */
import type { CapacityPlan } from "../../capacity/plan/capacity-plan.ts";
import type { Traffic } from "../../capacity/plan/traffic.ts";
import { meanTimeS, variation } from "../../capacity/simulate/random-times.ts";
import type { Slo } from "../../capacity/units.ts";
import { formatShare, formatValue } from "../kit/format.ts";

/** `20/s, 800 ms each, p99 < 1.50 s, 20 % headroom` */
export function trafficText({ ratePerS, traceS, service, slo, headroom, cpuShare, pooled }: Traffic): string {
  const cv = variation(service);
  return [
    `${Number(ratePerS.toPrecision(6))}/s ${traceS === null ? "(Poisson)" : `in the course of a trace of ${traceS.length} arrivals`}`,
    `${formatValue(meanTimeS(service) * 1e9, "ns")} each${cv === 0 ? "" : ` (CV ${cv.toFixed(2)})`}${cpuShare === 1 ? "" : `, ${formatShare(cpuShare)} of it on a CPU`}`,
    sloText(slo),
    `${formatShare(headroom)} headroom`,
    ...(pooled ? ["from a pool"] : []),
  ].join(", ");
}

/** `p99 < 1.50 s` */
export function sloText({ quantile, limitS }: Slo): string {
  return `p${Number((quantile * 100).toPrecision(4))} < ${formatValue(limitS * 1e9, "ns")}`;
}

export function hostText({ host: { resources }, runId, whatIf }: CapacityPlan): string {
  const { cores, memoryBytes, safeShare } = resources;
  return `${whatIf === null ? "hosts as measured" : "hosts as asked for"}: ${cores} CPUs, ${formatValue(memoryBytes, "bytes")}, of which sandboxes may take ${formatShare(safeShare)}; samples of run ${runId}`;
}

/** Configurations that were not planned, a line a reason. */
export function leftTexts({ left }: Pick<CapacityPlan, "left">): string[] {
  return [...Map.groupBy(left, ({ reason }) => reason)].map(([reason, group]) => {
    const [first, ...rest] = group;
    const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
    return `${first!.configuration}${more}: not planned: ${reason}`;
  });
}
