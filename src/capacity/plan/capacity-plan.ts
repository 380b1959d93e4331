import type { SandboxName } from "../../axes/sandbox.ts";
import type { ConfigurationPlan, PlanEffort } from "./plan-configuration.ts";
import type { HostResources, Traffic } from "./traffic.ts";

export const CAPACITY_PLAN_SCHEMA = "sbx-bench/capacity-plan@1";

/** The whole answer of `capacity plan`, as `--json` prints it. */
export type CapacityPlan = {
  schema: typeof CAPACITY_PLAN_SCHEMA;
  /** The run whose samples it replays. */
  runId: string;
  host: { fingerprint: string; resources: HostResources };
  traffic: Traffic;
  slowdownBy: string | null;
  /** Whether a host was loaded with just this traffic afterwards. */
  validated: boolean;
  /** What the host has other than the measured one; `null`: nothing. */
  whatIf: Partial<HostResources> | null;
  effort: PlanEffort;
  configurations: (ConfigurationPlan & { sandbox: SandboxName })[];
  /** Asked for, and not measured. */
  left: { configuration: string; reason: string }[];
  warnings: string[];
};
