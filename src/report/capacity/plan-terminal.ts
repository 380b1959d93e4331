/** A capacity plan in a terminal: one block a configuration, fewest hosts first. */
import type { CapacityPlan } from "../../capacity/plan/capacity-plan.ts";
import type { Band, ConfigurationPlan } from "../../capacity/plan/plan-configuration.ts";
import { formatShare, formatValue, plural } from "../kit/format.ts";
import { painter, screenText, wrap } from "../kit/terminal-table.ts";
import { hostText, leftTexts, sloText, trafficText } from "./plan-words.ts";

const INDENT = "  ";

export function planTerminal(
  plan: CapacityPlan,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const paint = painter(colour);
  const ordered = byHosts(plan.configurations);
  const lines = [
    ...wrap(`${trafficText(plan.traffic)}`, columns).map(paint.bold),
    ...wrap(hostText(plan), columns).map(paint.dim),
    ...plan.warnings.flatMap((warning) => wrap(`! ${warning}`, columns).map(paint.yellow)),
    "",
    ...ordered.flatMap((one) => [
      paint.bold(one.configuration),
      ...configurationLines(one, plan).flatMap((text) => wrap(text, columns, INDENT)),
      ...one.warnings.flatMap((warning) => wrap(`! ${warning}`, columns, INDENT).map(paint.yellow)),
    ]),
    ...leftTexts(plan).flatMap((text) => wrap(text, columns)),
    "",
    ...wrap(
      "Intervals are 90 %: other launches could have been measured, and other arrivals could come. No host was loaded with this traffic to check the plan.",
      columns,
    ).map(paint.dim),
  ];
  return screenText(lines, colour);
}

/** Fewest hosts first, those that keep no promise last. */
export function byHosts<T extends ConfigurationPlan>(plans: readonly T[]): T[] {
  const needed = ({ hosts }: ConfigurationPlan) => hosts?.needed.value ?? Number.POSITIVE_INFINITY;
  const rate = ({ hostRatePerS }: ConfigurationPlan) => hostRatePerS.value;
  return plans.toSorted((a, b) => (needed(a) === needed(b) ? rate(b) - rate(a) : needed(a) - needed(b)));
}

function configurationLines(one: ConfigurationPlan, plan: CapacityPlan): string[] {
  const { slo } = plan.traffic;
  if (one.physical.slots < 1)
    return [`not one sandbox fits on the host: ${one.physical.binding} is the limit`];
  if (one.hosts === null || one.answer === null) {
    return [
      `cannot keep ${sloText(slo)} on any number of hosts: the best achievable is ${formatValue(one.bestAchievableS * 1e9, "ns")}, with nobody waiting`,
    ];
  }
  const { answer, hosts } = one;
  const ms = (seconds: number) => formatValue(seconds * 1e9, "ns");
  return [
    `${plural(hosts.withOneLost.value, "host")} ${whole(hosts.withOneLost)}: ${hosts.needed.value} carry the traffic, and one may be lost`,
    `a host keeps the promise up to ${rateBand(one.hostRatePerS)} (n=${one.launches} launches, ±${formatShare(one.sureness)}); ${plural(one.admitted, "sandbox", "sandboxes")} at once, the rest wait: ${one.physical.binding} is the limit`,
    `at ${rateText(hosts.ratePerHost)} a host, ${formatShare(hosts.loadPerHost)} busy: p50 ${ms(answer.p50S)}, p95 ${ms(answer.p95S)}, p99 ${ms(answer.p99S)}; ${checkText(one)}`,
    `physically ${slotsText(one.physical)}; declared ${slotsText(one.declared)}`,
    `to hold starts back from requests: ${plural(one.poolPerHost ?? 0, "sandbox", "sandboxes")} ready a host${one.podFixedBytes === null ? "" : `; memory above the program ${formatValue(one.podFixedBytes, "bytes")} (p95)`}`,
  ];
}

function checkText({ answer, checkWaitS }: ConfigurationPlan): string {
  const wait = formatValue(answer!.meanWaitS.value * 1e9, "ns");
  if (checkWaitS === null) return `mean wait ${wait}`;
  return `mean wait ${wait}, by Allen and Cunneen ${formatValue(checkWaitS * 1e9, "ns")}`;
}

function slotsText({ limits }: ConfigurationPlan["physical"]): string {
  return limits
    .map(({ resource, slots, unknown }) =>
      slots === null ? `${resource} unknown (${unknown})` : `${slots} by ${resource}`,
    )
    .join(", ");
}

function whole({ low, high }: Band): string {
  return `[${low}, ${high}]`;
}

/** `0.72/s [0.71, 0.78]` */
export function rateBand({ value, low, high }: Band): string {
  return `${rateText(value)} [${low.toPrecision(3)}, ${high.toPrecision(3)}]`;
}

function rateText(ratePerS: number): string {
  return `${Number(ratePerS.toPrecision(3))}/s`;
}
