/** Our medians against an independent C program in the same cells, alternating launches. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { configurationId } from "../src/axes/axes.ts";
import type { Configuration } from "../src/axes/configuration.ts";
import { cacheDir } from "../src/base/cache-folder.ts";
import { contentHash } from "../src/workload/content-hash.ts";
import { buildScenario } from "../src/workload/programs.ts";
import { type BenchCell, withBenchHost } from "./bench-cells.ts";
import type { Figure } from "./figure.ts";
import { median, pairedRatio, ratioText } from "./paired-ratio.ts";

const ROUNDS = 25;
const OPS = ["getpid", "getpid-patchable", "pread-4k-tmpfs"];
const CONFIGURATIONS: { config: Configuration; goal: number }[] = [
  { config: { sandbox: "native", platform: null, network: "host", seccomp: "none" }, goal: 0.03 },
  { config: { sandbox: "unshare", platform: null, network: "none", seccomp: "none" }, goal: 0.03 },
  { config: { sandbox: "runc", platform: null, network: "none", seccomp: "none" }, goal: 0.03 },
  { config: { sandbox: "runsc", platform: "systrap", network: "none", seccomp: "none" }, goal: 0.1 },
  { config: { sandbox: "runsc", platform: "ptrace", network: "none", seccomp: "none" }, goal: 0.1 },
];

export async function independentProgram(): Promise<Figure[]> {
  const ours = await buildScenario(join(import.meta.dirname, "..", "scenarios", "syscalls"));
  const theirs = await buildC();
  const env = { SBX_PARAMS: JSON.stringify({ opMs: 20, thinkNs: 0, ops: OPS }), SBX_NETWORK: "none" };
  return withBenchHost(async (host) => {
    const cells: { ours: BenchCell; theirs: BenchCell; goal: number }[] = [];
    for (const { config, goal } of CONFIGURATIONS) {
      cells.push({
        ours: await host.cell(config, ours, env),
        theirs: await host.cell(config, theirs, env),
        goal,
      });
    }
    const figures: Figure[] = [];
    for (const cell of cells) {
      const samples = { ours: OPS.map((): number[] => []), theirs: OPS.map((): number[] => []) };
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const side of round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const)) {
          const record = await host.launch(cell[side]);
          for (const [index, name] of OPS.entries()) {
            const value = record.ops.find((op) => op.op === name)?.median;
            if (value === undefined) throw new Error(`${cell[side].id} did not measure ${name}`);
            samples[side][index]?.push(value);
          }
        }
      }
      for (const [index, op] of OPS.entries()) {
        const a = samples.theirs[index] ?? [];
        const b = samples.ours[index] ?? [];
        const off = median(b) / median(a) - 1;
        figures.push({
          name: `${op}, ${configurationId(cell.ours.config)}: sbx-bench / C`,
          seen: `medians ${median(b).toFixed(1)} ns / ${median(a).toFixed(1)} ns (${off >= 0 ? "+" : ""}${(off * 100).toFixed(1)} %); paired ${ratioText(pairedRatio(a, b))}`,
          goal: `within ${cell.goal * 100} %`,
          met: Math.abs(off) <= cell.goal,
        });
      }
    }
    return figures;
  });
}

async function buildC(): Promise<string> {
  const dir = join(import.meta.dirname, "independent");
  const binary = cacheDir(
    "build",
    `independent-${await contentHash([dir], (name) => name.endsWith(".c"), [])}`,
  );
  mkdirSync(cacheDir("build"), { recursive: true });
  await execa("gcc", ["-O2", "-Wall", "-static", "-pthread", "-o", binary, join(dir, "syscalls.c")], {
    timeout: 60_000,
  });
  return binary;
}
