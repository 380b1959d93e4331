/** A capacity plan as a Markdown table to paste. */
import type { CapacityPlan } from "../../capacity/plan/capacity-plan.ts";
import type { ConfigurationPlan } from "../../capacity/plan/plan-configuration.ts";
import { formatShare, formatValue } from "../kit/format.ts";
import { markdownDocument, markdownTable, markdownText } from "../kit/markdown-text.ts";
import { byHosts, rateBand } from "./plan-terminal.ts";
import { hostText, leftTexts, sloText, trafficText } from "./plan-words.ts";

const HEAD = [
  "configuration",
  "hosts, one to lose",
  "a host keeps it up to",
  "sure",
  "p99 as planned",
  "limit",
  "at once",
  "declared",
  "overhead memory (p95)",
  "launches",
];

export function planMarkdown(plan: CapacityPlan): string {
  return markdownDocument([
    `**${markdownText(trafficText(plan.traffic))}**: ${markdownText(hostText(plan))}`,
    plan.warnings.map((warning) => `> ${markdownText(warning)}`).join("\n"),
    markdownTable(
      HEAD,
      byHosts(plan.configurations).map((one) => cells(one, plan)),
    ),
    leftTexts(plan)
      .map((text) => `- ${markdownText(text)}`)
      .join("\n"),
    "Intervals are 90 %. No host was loaded with this traffic to check the plan.",
  ]);
}

function cells(one: ConfigurationPlan, { traffic }: CapacityPlan): string[] {
  const time = (seconds: number) => formatValue(seconds * 1e9, "ns");
  const hosts = one.hosts?.withOneLost;
  return [
    one.configuration,
    hosts === undefined
      ? `none: best ${sloText({ ...traffic.slo, limitS: one.bestAchievableS })}`
      : `${hosts.value} [${hosts.low}, ${hosts.high}]`,
    hosts === undefined ? "–" : rateBand(one.hostRatePerS),
    hosts === undefined ? "–" : `±${formatShare(one.sureness)}`,
    one.answer === null ? "–" : time(one.answer.p99S),
    one.physical.binding,
    String(one.physical.slots),
    `${one.declared.slots} by ${one.declared.binding}`,
    one.podFixedBytes === null ? "not measured" : formatValue(one.podFixedBytes, "bytes"),
    String(one.launches),
  ];
}
