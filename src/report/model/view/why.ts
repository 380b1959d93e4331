/** Why a configuration costs what it does: its terms, the operations that they add up to, and what is not known. */

import { compareConfigurations } from "../../../axes/axes.ts";
import type { ConfigurationModel, CostModel, FittedOp } from "../../../model/cost-model.ts";
import type { CostReport } from "../../../model/cost-report.ts";
import { COMPUTE_OPS, OP_DEMANDS } from "../../../model/op-demands.ts";
import { TERMS, type TermName } from "../../../model/terms.ts";
import type { RunManifest } from "../../../samples/run-manifest.ts";
import { fullSandboxLabel, seccompLabel } from "../../kit/configurations.ts";
import { formatEstimate } from "../../kit/format.ts";
import type { WhyConfiguration, WhyCost, WhyView } from "./model-view.ts";
import { operationRows, programRows } from "./why-rows.ts";

/** @param preferred configuration that the rest of the report speaks of; `null` = none */
export function why(
  model: CostModel,
  report: CostReport,
  manifest: RunManifest,
  preferred: string | null,
): WhyView {
  const members = model.configurations.toSorted((a, b) => compareConfigurations(a.config, b.config));
  const chosen = members.findIndex(({ configuration }) => configuration === preferred);
  return {
    chosen: Math.max(0, chosen),
    configurations: members.map((member) => whyConfiguration(member, report, manifest)),
    unfitted: model.unfitted,
  };
}

function whyConfiguration(
  member: ConfigurationModel,
  report: CostReport,
  manifest: RunManifest,
): WhyConfiguration {
  const { configuration } = member;
  return {
    configuration,
    label: configurationLabel(member),
    hasFilter: member.config.seccomp !== "none",
    rounds: member.rounds,
    costs: member.terms.map((cost) => whyCost(cost, member)),
    ops: operationRows(member.ops, member.entangled, (op) => opTitle(op, manifest)),
    programs: programRows(
      report.programs.filter((one) => one.configuration === configuration),
      member.entangled,
    ),
    gaps: gaps(member),
    command: member.absent.length + member.entangled.length === 0 ? null : measuringCommand(member),
  };
}

/** `runsc systrap · net none · seccomp default` */
export function configurationLabel({ config }: Pick<ConfigurationModel, "config">): string {
  const filter = config.seccomp === "none" ? "" : ` · seccomp ${seccompLabel(config.seccomp)}`;
  return `${fullSandboxLabel(config)} · net ${config.network}${filter}`;
}

function opTitle({ scenario, metric }: FittedOp, manifest: RunManifest): string {
  const found = manifest.metrics[scenario]?.find((meta) => meta.metric === metric);
  const title = found?.title ?? metric;
  return scenario === "syscalls-paused" ? `${title}, after a pause` : title;
}

/** Terms whose single piece is too small to be read. */
const PIECES: Partial<Record<TermName, { per: string; factor: number }>> = {
  byte: { per: "KiB", factor: 1024 },
  "net-byte": { per: "KiB", factor: 1024 },
  compute: { per: "µs of computation", factor: 1000 },
};

function whyCost(
  { term, costNs, lowNs, highNs }: ConfigurationModel["terms"][number],
  { config, rounds, entangled }: ConfigurationModel,
): WhyCost {
  const { per, factor } = PIECES[term] ?? { per: TERMS[term].per, factor: 1 };
  const estimate = { value: costNs * factor, low: lowNs * factor, high: highNs * factor };
  return {
    term,
    title:
      term === "trap" && config.seccomp !== "none"
        ? `${TERMS[term].title}, with the seccomp filter`
        : TERMS[term].title,
    text: formatEstimate({ ...estimate, n: rounds, unit: "ns" }),
    per,
    kind: TERMS[term].article === "none" ? "" : TERMS[term].article,
    isEntangled: entangled.includes(term),
  };
}

function gaps({ absent, merged, entangled }: ConfigurationModel): string[] {
  const bySources = Map.groupBy(absent, (term) => sourcesOf(term).join(" or "));
  return [
    ...[...bySources].map(
      ([scenarios, terms]) => `${sentence(terms)}: not measured here. The scenario ${scenarios} does.`,
    ),
    ...merged.map(
      ({ term, into }) =>
        `${capital(TERMS[term].title)}: no operation tells it from ${into.map((one) => TERMS[one].title).join(" and ")}. Its cost is in these.`,
    ),
    ...(entangled.length === 0
      ? []
      : [
          `${sentence(entangled)}: the operations measured here hardly tell these from one another. Together they fit; each alone means nothing, and *what if* leaves them out.`,
        ]),
  ];
}

/** Scenarios that have an operation with this term. */
export function sourcesOf(term: TermName): string[] {
  const ops =
    term === "compute" ? COMPUTE_OPS : OP_DEMANDS.filter(({ demand }) => demand[term] !== undefined);
  return [...new Set(ops.map(({ scenario }) => scenario))];
}

/** A model is fitted to one run, so the baseline joins. A generated filter is made for a scenario: no preset for it. */
function measuringCommand({ configuration, config }: ConfigurationModel): string {
  const preset = config.seccomp === "generated" ? "standard" : "model";
  const runsc = config.runsc === undefined ? "" : ` --runsc ${config.runsc}`;
  return `sbx-bench run --preset ${preset}${runsc} --cells '${configuration}::*' 'native/*::*'`;
}

function sentence(terms: readonly TermName[]): string {
  return capital(terms.map((term) => TERMS[term].title).join("; "));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
