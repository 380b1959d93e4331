import type { Configuration } from "../../src/axes/configuration.ts";
import type { ResolvedConfig } from "../../src/config/resolved-config.ts";
import { type ConfigurationProbes, PROBES_SCHEMA, type ProbesResult } from "../../src/isolation/result.ts";
import type { VerdictName } from "../../src/isolation/verdict.ts";

export const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };

export function configuration(
  id: string,
  verdicts: Record<string, VerdictName>,
  config: Configuration = NATIVE,
): ConfigurationProbes {
  return {
    id,
    config,
    status: "probed",
    reason: null,
    wallMs: 1,
    verdicts: Object.entries(verdicts).map(([probe, verdict]) => ({
      probe,
      verdict,
      detail: `${verdict} for a reason`,
    })),
    posture: null,
    inside: null,
  };
}

export function result(
  configurations: ConfigurationProbes[],
  changed: Partial<ProbesResult> = {},
): ProbesResult {
  return {
    schema: PROBES_SCHEMA,
    id: "20261201-000000-0000",
    toolVersion: "0.1.0",
    startedAt: "2026-12-01T00:00:00.000Z",
    endedAt: "2026-12-01T00:01:00.000Z",
    host: { fingerprint: { id: "f", fields: { kernel: "6.18" } }, kernel: "6.18", launchedBy: "root" },
    config: {} as ResolvedConfig,
    versions: { runc: "1.1.5" },
    probes: ["read-host-file", "io-uring", "orphan"],
    configurations,
    warnings: [],
    ...changed,
  };
}
