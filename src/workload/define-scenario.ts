/** What a scenario says about itself, in its `scenario.ts`. */
import type { PresetName } from "../config/schema.ts";
import type { MetricMeta } from "../samples/metric-meta.ts";

/** A parameter is a number, a text, a flag, or a list of texts (to choose operations). */
export type ParameterValue = number | string | boolean | readonly string[];

export type ScenarioDefinition = {
  /** The same as the folder's name. */
  name: string;
  /** One sentence for people who choose scenarios. */
  description: string;
  /** Every parameter with its default. What is not listed here is refused. */
  params: Readonly<Record<string, ParameterValue>>;
  /** Other defaults in a preset. */
  presets?: Readonly<Partial<Record<PresetName, Readonly<Record<string, ParameterValue>>>>>;
  /** All metrics that the program can print, in the order in which reports show them. */
  metrics: readonly MetricMeta[];
  /** Metrics that the host takes, beside those that the program prints. */
  host?: {
    /** Start-up phases as metrics `ready`, `exit`, `cleanup`, `total`. */
    startup?: boolean;
    /** CPU time of the whole launch, from its cgroup, as `launch-cpu`; native has none. */
    cpu?: boolean;
    /** Memory at these marks, as `pss@MARK`, `cgroup@MARK`, `cgroup-shmem@MARK`. */
    memoryMarks?: readonly string[];
  };
  /** Start the program a second time as the far end, in the peer's network namespace. */
  peer?: boolean;
  /**
   * It runs programs of the host. Its parameters `binds` and `work` name folders that its sandboxes get
   * (docs/programs.md), and no filter can be generated for it.
   */
  hostPrograms?: boolean;
  /** It starts a server, which the harness drives from outside; further parameters as in docs/servers.md. */
  load?: boolean;
};

/** Identity, for editor completion. */
export function defineScenario(definition: ScenarioDefinition): ScenarioDefinition {
  return definition;
}
