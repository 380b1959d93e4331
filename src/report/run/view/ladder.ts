/** The ladder: what each layer between the program and the kernel adds, everything else held fixed. */
import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import type { NetworkName } from "../../../axes/network.ts";
import { sandboxLabel } from "../../../axes/sandbox.ts";
import { agreeingValues } from "../../../stats/estimates/agreeing-values.ts";
import { hodgesLehmann } from "../../../stats/estimates/hodges-lehmann.ts";
import { logRatioPairs } from "../../../stats/estimates/log-ratio-pairs.ts";
import { againstText, besideRatios } from "../../kit/beside-ratios.ts";
import { evaluatorOf, NETWORK_PREFERENCE, seccompLabel } from "../../kit/configurations.ts";
import type { Ratio } from "../../kit/figure.ts";
import { formatRatio, toEstimate, toRatio } from "../../kit/format.ts";
import type { KeyMetric } from "./key-metrics.ts";
import type { LadderRung, LadderView } from "./report-view.ts";
import type { RunData } from "./run-data.ts";
import { metricKey, missingReason } from "./summary-index.ts";

/** One ladder a key metric. Empty without a baseline or with nothing to stand on it. */
export function ladders(run: RunData, keys: readonly KeyMetric[]): LadderView[] {
  return keys.flatMap((key) => {
    const network = networkOf(run, key);
    if (network === null) return [];
    const rungs = rungConfigurations(run, network)
      .map(({ config, on }) => rung(run, key, config, on))
      .filter((rung, _, all) => rung.estimate !== null || tellsSomething(rung, all))
      .map(agreeingRung);
    const against = againstText(
      rungs.map(({ ratio }) => ratio),
      run.index.summary.baseline,
    );
    return [
      {
        key: metricKey(key.scenario, key.metric.metric),
        title: `${key.label}${against}`,
        short: key.short,
        network,
        rungs,
      },
    ];
  });
}

/** A rung stands beside its own ratios and, as what they are against, beside those of others. */
function agreeingRung(rung: LadderRung, _: number, all: readonly LadderRung[]): LadderRung {
  if (rung.estimate === null) return rung;
  const ratios = all.flatMap(({ configuration: of, ratio, step }) => [
    { of, ratio },
    { of, ratio: step?.ratio ?? null },
  ]);
  return { ...rung, estimate: besideRatios(rung.estimate, rung.configuration, ratios) };
}

/** The filter of the "+ seccomp" rungs: the distribution's default where the run has it. */
function ladderFilter(run: RunData): string | null {
  const names = new Set(run.index.configurations.map((config) => config.seccomp));
  return ["default", "generated", ...names].find((name) => name !== "none" && names.has(name)) ?? null;
}

function networkOf(run: RunData, key: KeyMetric): NetworkName | null {
  const { configurations, metric, baseline } = run.index;
  const has = (network: NetworkName) =>
    configurations.some(
      (config) =>
        config.network === network &&
        (baseline === null || configurationId(config) !== configurationId(baseline)) &&
        metric(config, key.scenario, key.metric.metric) !== null,
    );
  return NETWORK_PREFERENCE.find(has) ?? null;
}

/** What was excluded on purpose is no gap; a filter on a sandbox without a number would say the same twice. */
function tellsSomething(rung: LadderRung, all: readonly LadderRung[]): boolean {
  if (rung.missing?.startsWith("excluded")) return false;
  const plain = all.find((other) => other.evaluator === null && rung.label.startsWith(`${other.label} + `));
  return plain === undefined || plain.estimate !== null;
}

type Rung = { config: Configuration; on: Configuration | null };

/** In display order; a sandbox stands on the baseline, its filter stands on the sandbox without one. */
function rungConfigurations(run: RunData, network: NetworkName): Rung[] {
  const { baseline, configurations } = run.index;
  const rungs: Rung[] = baseline === null ? [] : [{ config: baseline, on: null }];
  const filter = ladderFilter(run);
  const own = configurations.filter(
    (config) =>
      config.network === network && !(baseline && configurationId(config) === configurationId(baseline)),
  );
  for (const config of own) {
    const plain = own.find(
      (other) => other.seccomp === "none" && sandboxLabel(other) === sandboxLabel(config),
    );
    if (config.seccomp === "none") rungs.push({ config, on: baseline });
    else if (config.seccomp === filter) rungs.push({ config, on: plain ?? baseline });
  }
  return rungs;
}

function rung(run: RunData, key: KeyMetric, config: Configuration, on: Configuration | null): LadderRung {
  const { cell, metric } = run.index;
  const found = metric(config, key.scenario, key.metric.metric);
  const evaluator = evaluatorOf(config);
  const filter = evaluator === null ? "" : ` + seccomp ${seccompLabel(config.seccomp)}`;
  // On the baseline the step is the ratio itself, which stands beside it.
  const isRatio = on === null || found?.overhead?.baseline === configurationId(on);
  const step = isRatio || found === null ? null : stepRatio(run, key, config, on);
  return {
    label: `${sandboxLabel(config)}${filter}`,
    configuration: configurationId(config),
    evaluator,
    estimate: found === null ? null : toEstimate(found),
    ratio: toRatio(found?.overhead ?? null),
    step: step === null || on === null ? null : { on: configurationId(on), ratio: step },
    missing: found === null ? missingReason(cell(config, key.scenario), key.metric.metric) : null,
  };
}

/** The same calculation as the overhead, with the rung below as the other side. */
function stepRatio(run: RunData, key: KeyMetric, config: Configuration, on: Configuration): Ratio | null {
  const ours = run.seriesOf(config, key.scenario, key.metric.metric);
  const theirs = run.seriesOf(on, key.scenario, key.metric.metric);
  if (ours === null || theirs === null) return null;
  const { better } = key.metric;
  const { logRatios } = logRatioPairs(ours.byRound, theirs.byRound, better);
  const effect = hodgesLehmann(logRatios);
  if (effect === null) return null;
  const ratio = {
    value: Math.exp(effect.estimate),
    low: effect.low === null ? null : Math.exp(effect.low),
    high: effect.high === null ? null : Math.exp(effect.high),
    n: effect.n,
    baseline: configurationId(on),
  };
  const values = agreeingValues([...ours.byRound.values()], [...theirs.byRound.values()], {
    ...ratio,
    better,
  });
  return { ...ratio, values, text: formatRatio(ratio) };
}
