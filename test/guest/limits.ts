/** The tests of the limits, the same for every guest: its cgroups are of one version or the other. */
import { describe, expect, test } from "vitest";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { CPUS, LIMITED_PLATFORMS, LIMITED_RUNS } from "./limited-runs.ts";
import type { Guest } from "./use-guest.ts";

const CONFIGURATIONS = ["unshare", "runc", ...LIMITED_PLATFORMS.map((platform) => `runsc/${platform}`)];

/** What a guest must do for these tests. */
export const LIMIT_STEPS = Object.keys(LIMITED_RUNS).map((name) => `limits-${name}`);

export function testLimits(guest: { current: Guest }, reason: string | null): void {
  const launchOf = (run: string, configuration: string): LaunchRecord => {
    const launch = guest.current.run(run).launches.find(({ cell }) => cell.startsWith(`${configuration}/`));
    if (launch === undefined) throw new Error(`${configuration} was not launched`);
    return launch;
  };

  describe.each(CONFIGURATIONS)("limits of %s", (configuration) => {
    test("a program that stays below them runs", (context) => {
      if (reason !== null) return context.skip(reason);
      expect(launchOf("limits-roomy", configuration).failure).toBeNull();
    });

    test("memory: one that takes more is ended by the kernel", (context) => {
      if (reason !== null) return context.skip(reason);
      expect(launchOf("limits-memory", configuration).failure?.kind).toBe("crash");
    });

    // Threads of a program in gVisor are gVisor's own, and few of them are tasks of the host: 48 run under a limit of 40.
    // What gVisor itself needs is refused below its floor, when the configuration is read (config/limit-floors.ts).
    if (!configuration.startsWith("runsc")) {
      test("pids: one that starts more does not get them", (context) => {
        if (reason !== null) return context.skip(reason);
        expect(launchOf("limits-pids", configuration).failure?.kind).toMatch(/^(crash|hang)$/);
      });
    }

    test("CPU: one that spins gets no more than its share of a processor", (context) => {
      if (reason !== null) return context.skip(reason);
      const { phases, cpuNs } = launchOf("limits-roomy", configuration);
      const wallNs = (phases.readyNs ?? 0) + (phases.workNs ?? 0) + (phases.exitNs ?? 0);
      expect(cpuNs).toBeGreaterThan(0.5 * CPUS * (phases.workNs ?? 0));
      // A period's quota may be taken at the very end of one and the beginning of the next.
      expect(cpuNs).toBeLessThan(1.15 * CPUS * wallNs + 0.1e9);
    });
  });
}
