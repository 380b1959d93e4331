/** Overhead of every op under every configuration, a matrix a network. */
import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import { NETWORKS } from "../../../axes/network.ts";
import { sandboxLabel } from "../../../axes/sandbox.ts";
import { againstText, besideRatios } from "../../kit/beside-ratios.ts";
import { evaluatorOf, seccompLabel } from "../../kit/configurations.ts";
import { toEstimate, toRatio } from "../../kit/format.ts";
import type { KeyMetric } from "./key-metrics.ts";
import type { MatrixCell, MatrixRow, MatrixView } from "./report-view.ts";
import { metricKey, missingReason, type SummaryIndex } from "./summary-index.ts";

/** Networks in which nothing but the baseline was measured have no matrix. */
export function matrices(index: SummaryIndex, keys: readonly KeyMetric[]): MatrixView[] {
  const keyIds = new Set(keys.map((key) => metricKey(key.scenario, key.metric.metric)));
  return NETWORKS.flatMap((network) => {
    const configs = index.configurations.filter(
      (config) => config.network === network && isShown(index, config),
    );
    if (configs.length === 0) return [];
    const rows = index.metrics
      .map(({ scenario, metric }) => ({
        group: metric.group,
        row: matrixRow(index, configs, scenario, metric, keyIds),
      }))
      .filter(({ row }) => row.cells.some((cell) => cell.estimate !== null));
    const groups = [...Map.groupBy(rows, ({ group }) => group)].map(([group, members]) => ({
      group,
      rows: members.map(({ row }) => row),
    }));
    return [{ network, columns: configs.map(column), groups }];
  });
}

/** The baseline is what all columns are compared with; what never ran is listed elsewhere, with its reason. */
function isShown(index: SummaryIndex, config: Configuration): boolean {
  if (index.baseline !== null && configurationId(index.baseline) === configurationId(config)) return false;
  return index.scenarios.some((scenario) => (index.cell(config, scenario)?.metrics.length ?? 0) > 0);
}

function column(config: Configuration): MatrixView["columns"][number] {
  return {
    configuration: configurationId(config),
    sandbox: sandboxLabel(config),
    seccomp: seccompLabel(config.seccomp),
    evaluator: evaluatorOf(config),
  };
}

function matrixRow(
  index: SummaryIndex,
  configs: readonly Configuration[],
  scenario: string,
  meta: { metric: string; title: string; better: "lower" | "higher" },
  keyIds: ReadonlySet<string>,
): MatrixRow {
  const key = metricKey(scenario, meta.metric);
  const native = index.baseline === null ? null : index.metric(index.baseline, scenario, meta.metric);
  const cells = configs.map((config) => matrixCell(index, config, scenario, meta.metric));
  const ratios = cells.map(({ ratio }, at) => ({ of: configurationId(configs[at]!), ratio }));
  return {
    key,
    scenario,
    metric: meta.metric,
    title: `${meta.title}${againstText(
      cells.map(({ ratio }) => ratio),
      index.summary.baseline,
    )}`,
    isKey: keyIds.has(key),
    better: meta.better,
    native: native === null ? null : besideRatios(toEstimate(native), index.summary.baseline, ratios),
    cells: cells.map((cell, at) => ({
      ...cell,
      estimate: cell.estimate && besideRatios(cell.estimate, ratios[at]!.of, ratios),
    })),
  };
}

function matrixCell(index: SummaryIndex, config: Configuration, scenario: string, name: string): MatrixCell {
  const metric = index.metric(config, scenario, name);
  const cell = index.cell(config, scenario);
  if (metric === null) return { estimate: null, ratio: null, missing: missingReason(cell, name) };
  if (metric.unit === "count")
    return { estimate: toEstimate(metric), ratio: null, missing: "a count, not a cost" };
  const ratio = toRatio(metric.overhead);
  const missing =
    cell?.status === "failed" ? `failed: ${cell.reason}` : ratio === null ? "nothing to compare with" : null;
  return { estimate: toEstimate(metric), ratio, missing };
}
