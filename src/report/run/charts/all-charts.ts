import type { Chart } from "../../kit/chart.ts";
import { NETWORK_PREFERENCE } from "../../kit/configurations.ts";
import { identityChart } from "../../model/charts/identity-chart.ts";
import { whyChart } from "../../model/charts/why-chart.ts";
import type { ModelView } from "../../model/view/model-view.ts";
import type { PerformanceView } from "../view/report-view.ts";
import { ecdfChart } from "./ecdf-chart.ts";
import { forestChart } from "./forest-chart.ts";
import { heatmapChart } from "./heatmap-chart.ts";
import { ladderChart } from "./ladder-chart.ts";
import { memoryChart } from "./memory-chart.ts";
import { startupChart } from "./startup-chart.ts";

/** The charts of a report by section; `null` where the run has no data for one. */
export type Charts = {
  ladder: Chart | null;
  /** The network that tells most first. */
  overhead: Chart[];
  intervals: Chart | null;
  distributions: Chart | null;
  startup: Chart | null;
  memory: Chart | null;
};

export function allCharts(view: PerformanceView): Charts {
  const matrices = view.matrices.toSorted(
    (a, b) => NETWORK_PREFERENCE.indexOf(a.network) - NETWORK_PREFERENCE.indexOf(b.network),
  );
  const first = matrices[0];
  return {
    ladder: ladderChart(view.ladders),
    overhead: matrices.map(heatmapChart),
    intervals: first === undefined ? null : forestChart(first),
    distributions: ecdfChart(view.distributions),
    startup: startupChart(view.startup),
    memory: memoryChart(view.memory),
  };
}

export function chartList(charts: Charts): Chart[] {
  const { ladder, overhead, intervals, distributions, startup, memory } = charts;
  return [ladder, ...overhead, intervals, distributions, startup, memory].filter((chart) => chart !== null);
}

/** Those of the cost model; of *why*, the configuration that the page begins with. */
export type ModelCharts = { operations: Chart | null; programs: Chart | null; identity: Chart | null };

export function modelCharts(view: ModelView | null): ModelCharts {
  const chosen = view?.why?.configurations[view.why.chosen] ?? null;
  return {
    operations: chosen === null ? null : whyChart(chosen, "operations"),
    programs: chosen === null ? null : whyChart(chosen, "programs"),
    identity: view === null || view.validation === null ? null : identityChart(view.validation),
  };
}

export function modelChartList({ operations, programs, identity }: ModelCharts): Chart[] {
  return [operations, programs, identity].filter((chart) => chart !== null);
}
