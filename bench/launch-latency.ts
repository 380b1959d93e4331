/** What the driver adds to a launch: spawn -> reaped through the guard, against the bare runtime. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { monotonicNs } from "../src/run/launch/monotonic.ts";
import { buildScenario } from "../src/workload/programs.ts";
import { type BenchCell, type BenchHost, withBenchHost } from "./bench-cells.ts";
import type { Figure } from "./figure.ts";
import { median, pairedRatio, ratioText } from "./paired-ratio.ts";

const ROUNDS = 60;
const GOAL = 1.05;

export async function launchLatency(): Promise<Figure[]> {
  const program = await buildScenario(join(import.meta.dirname, "..", "scenarios", "startup"));
  return withBenchHost(async (host) => {
    const common = { network: "none", seccomp: "none" } as const;
    const runsc = await host.cell({ sandbox: "runsc", platform: "systrap", ...common }, program, {});
    const runc = await host.cell({ sandbox: "runc", platform: null, ...common }, program, {});
    // Outside a mount namespace runsc leaves a mount in its state folder.
    const bareState = join(host.stateDir, "bare");
    mkdirSync(bareState);
    const bareRunsc = (flags: string[]) => (id: string) => [
      host.runsc,
      `--root=${bareState}`,
      "--platform=systrap",
      "--network=none",
      ...flags,
      "run",
      "--bundle",
      runsc.workDir,
      id,
    ];
    const figures = [
      await compare(host, "runsc run (systrap)", runsc, bareRunsc([]), GOAL),
      // Without limits: no cgroup is joined, which on kernels where that waits for RCU is most of the difference.
      await compare(
        host,
        "runsc --ignore-cgroups run (no limits)",
        runsc,
        bareRunsc(["--ignore-cgroups"]),
        null,
      ),
      await compare(
        host,
        "runc run",
        runc,
        (id) => [host.runc, "--root", host.stateDir, "run", "--bundle", runc.workDir, id],
        GOAL,
      ),
    ];
    await execa("umount", ["--lazy", join(bareState, "null-netns")], { reject: false });
    return figures;
  });
}

async function compare(
  host: BenchHost,
  name: string,
  cell: BenchCell,
  bareArgv: (id: string) => string[],
  goal: number | null,
): Promise<Figure> {
  const bare: number[] = [];
  const driver: number[] = [];
  for (let round = -3; round < ROUNDS; round += 1) {
    const bareNs = await bareLaunch(bareArgv(`bare-${process.pid}-${name.length}-${round + 3}`));
    const { phases } = await host.launch(cell);
    const driverNs = (phases.readyNs ?? 0) + (phases.workNs ?? 0) + (phases.exitNs ?? 0);
    // The first three warm the page cache.
    if (round < 0) continue;
    bare.push(bareNs);
    driver.push(driverNs);
  }
  const ratio = pairedRatio(bare, driver);
  return {
    name: `through the driver / bare \`${name}\``,
    seen: `${ratioText(ratio)}; medians ${(median(driver) / 1e6).toFixed(1)} ms / ${(median(bare) / 1e6).toFixed(1)} ms`,
    goal: goal === null ? "none" : `<= ${goal}x`,
    met: goal === null ? null : ratio.ratio <= goal,
  };
}

/** Spawn -> exit, with pipes as hyperfine uses none but runsc needs (it overwrites regular files). */
async function bareLaunch(argv: readonly string[]): Promise<number> {
  const [command = "", ...args] = argv;
  const start = monotonicNs();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout?.resume();
  const [code] = (await once(child, "close")) as [number | null];
  const elapsed = monotonicNs() - start;
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}`);
  return elapsed;
}
