/** The use case behind `sbx-bench doctor`: what this host can run, how well, and what to do about the rest. */
import { setTimeout as sleep } from "node:timers/promises";
import { factsOf, REAL_SANDBOXES } from "../axes/sandbox.ts";
import type { HostLoad } from "../samples/launch-record.ts";
import type { Finding } from "./finding.ts";
import { platformFindings, privilegeFindings, sandboxFindings, toolFindings } from "./findings-ability.ts";
import { inheritedFindings } from "./findings-inherited.ts";
import { activityFindings, processorFindings } from "./findings-noise.ts";
import { sampleHostLoad } from "./host-load.ts";
import { type HostProbe, type ProbeOptions, probeHost } from "./probe-host.ts";

const DOCTOR_SCHEMA = "sbx-bench/doctor@1";

/** The report itself is what `doctor --json` prints. */
export type DoctorReport = {
  schema: typeof DOCTOR_SCHEMA;
  /** Native and at least one sandbox can run: exit code 0, else 4. */
  canRun: boolean;
  /** `native`, `unshare`, `runsc/systrap` ... */
  runs: string[];
  runsNot: string[];
  findings: Finding[];
  fingerprint: HostProbe["fingerprint"];
  versions: HostProbe["versions"];
  notes: string[];
  emulated: boolean;
  tools: HostProbe["tools"];
  cgroups: HostProbe["cgroups"];
  platforms: HostProbe["platforms"];
  sandboxes: HostProbe["sandboxes"];
  networks: HostProbe["networks"];
  /** ISO 8601. */
  triedAt: string;
  remembered: boolean;
};

/** Long enough for 2 CPUs to count 100 ticks, so that 1 % shows. */
const WATCH_MS = 500;

/** At most 13 s when a platform hangs, 1 s when the trials are remembered. */
export async function runDoctor(options: ProbeOptions): Promise<DoctorReport> {
  // Before the trials, which make load of their own.
  const before = sampleHostLoad();
  await sleep(WATCH_MS, undefined, options.signal ? { signal: options.signal } : {});
  const after = sampleHostLoad();
  return doctorReport(await probeHost(options), before, after);
}

/** Pure. `before` and `after` are samples around a moment in which the bench itself did nothing. */
export function doctorReport(host: HostProbe, before: HostLoad, after: HostLoad): DoctorReport {
  const { sandboxes } = host;
  const names = REAL_SANDBOXES.flatMap((name) => {
    const { platforms } = factsOf({ sandbox: name });
    if (platforms.length === 0) return [{ name, works: sandboxes[name].status === "works" }];
    return platforms.map((platform) => ({
      name: `${name}/${platform}`,
      works: host.platforms[platform].status === "works",
    }));
  });
  const running = names.filter(({ works }) => works).map(({ name }) => name);
  return {
    schema: DOCTOR_SCHEMA,
    canRun: running.length > 1,
    runs: running,
    runsNot: names.filter(({ works }) => !works).map(({ name }) => name),
    findings: [
      ...toolFindings(host),
      ...sandboxFindings(host),
      ...platformFindings(host),
      ...privilegeFindings(host),
      ...activityFindings(host, before, after),
      ...processorFindings(host),
      ...inheritedFindings(host),
    ],
    fingerprint: host.fingerprint,
    versions: host.versions,
    notes: host.notes,
    emulated: host.emulated,
    tools: host.tools,
    cgroups: host.cgroups,
    platforms: host.platforms,
    sandboxes,
    networks: host.networks,
    triedAt: host.triedAt,
    remembered: host.remembered,
  };
}
