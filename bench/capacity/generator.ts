/** The open loop's own lag: 50 starts a second of the driver that starts nothing. */

import { poissonArrivals } from "../../src/capacity/simulate/arrivals.ts";
import { openLoop } from "../../src/capacity/storm/open-loop.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { probeHost } from "../../src/probe/probe-host.ts";
import { holdEnvironment } from "../../src/run/environment/hold-environment.ts";
import { SANDBOX_TRIALS } from "../../src/sandbox/drivers.ts";
import { buildHelper, buildTrue } from "../../src/workload/programs.ts";
import type { Figure } from "../figure.ts";

const RATE_PER_S = 50;
const STARTS = 1000;
const GOALS = { lagS: 0.002, cpuShare: 0.05 };
const LIMITS = { launchMs: 60_000, outputBytes: 2 ** 20, memoryBytes: null, pids: null, cpus: null };

export async function generatorLag(): Promise<Figure[]> {
  const host = await probeHost({
    sandboxTrials: SANDBOX_TRIALS,
    trueBinary: await buildTrue(),
    kvmCapsBinary: await buildHelper("sbx-kvm-caps"),
  });
  return holdEnvironment({ host }, async (held) => {
    const workload = { name: "nothing", rootfs: "", env: {} };
    const configuration = { sandbox: "fake", platform: null, network: "none", seccomp: "none" } as const;
    const prepared = await held.prepare(configuration, workload, { limits: LIMITS });
    const scheduleS = poissonArrivals(RATE_PER_S, STARTS, seededRandom("generator"));
    const before = process.cpuUsage();
    const open = await openLoop(held, prepared, { scheduleS, mostAtOnce: 64 }, new AbortController().signal);
    const { user, system } = process.cpuUsage(before);
    const cpuShare = (user + system) / 1e6 / scheduleS.at(-1)!;
    return [
      {
        name: `generator at ${RATE_PER_S} starts/s of the fake driver: lag p99`,
        seen: `${(open.lagP99S * 1000).toFixed(2)} ms, ${(cpuShare * 100).toFixed(1)} % of one CPU, n=${open.summary.starts}, ${open.dropped} dropped`,
        goal: "<= 2 ms, <= 5 % of one CPU",
        met: open.lagP99S <= GOALS.lagS && cpuShare <= GOALS.cpuShare,
      },
    ];
  });
}
