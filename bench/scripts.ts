/**
 * Scripts: what tagging a line costs, and how much slower yaegi is than the same script compiled.
 *
 * Tagging is timed as the harness does it, in reads of 64 KiB, with the bytes dropped behind it. The sieve runs natively in
 * turn in both modes, with its start and yaegi's reading of the script in each time, as a user has them.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { compileScript } from "../src/script/compiled.ts";
import { readScript } from "../src/script/script-file.ts";
import { LineTagger } from "../src/script/tag-lines.ts";
import { buildHelper } from "../src/workload/programs.ts";
import type { Figure } from "./figure.ts";
import { median, pairedRatio, ratioText } from "./paired-ratio.ts";

const GOAL_NS_A_LINE = 2000;
const GOAL_MB_A_SECOND = 300;
const READ_BYTES = 64 * 1024;
const TIMES = 15;
const SIEVE = join(import.meta.dirname, "../docs/scripts/sieve.go");
/** Long enough that a start is a small part of either. */
const BELOW = "10000000";

export async function scripts(): Promise<Figure[]> {
  return [...tagging(), await sieve()];
}

function tagging(): Figure[] {
  const short = median(Array.from({ length: TIMES }, () => tagged(20, 200_000).nsALine));
  const long = Array.from({ length: TIMES }, () => tagged(1000, 100_000).bytesASecond / 1e6);
  const n = `median of ${TIMES}, ${load()}`;
  return [
    {
      name: "--tag-output, lines of 20 bytes",
      seen: `${short.toFixed(0)} ns a line, ${n}`,
      goal: `≤ ${GOAL_NS_A_LINE} ns`,
      met: short <= GOAL_NS_A_LINE,
    },
    {
      name: "--tag-output, lines of 1000 bytes",
      seen: `${median(long).toFixed(0)} MB/s, ${n}`,
      goal: `≥ ${GOAL_MB_A_SECOND} MB/s`,
      met: median(long) >= GOAL_MB_A_SECOND,
    },
  ];
}

function tagged(lineBytes: number, lines: number): { nsALine: number; bytesASecond: number } {
  const output = Buffer.from(`${"x".repeat(lineBytes - 1)}\n`.repeat(lines));
  const tagger = new LineTagger("sieve.go", "20261201-120000-abcd");
  let seen = 0;
  const began = process.hrtime.bigint();
  for (let from = 0; from < output.length; from += READ_BYTES)
    seen += tagger.tag(output.subarray(from, from + READ_BYTES), Date.now()).length;
  const ns = Number(process.hrtime.bigint() - began);
  if (seen <= output.length) throw new Error("nothing was tagged");
  return { nsALine: ns / lines, bytesASecond: (output.length / ns) * 1e9 };
}

async function sieve(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "sbx-bench-scripts-"));
  try {
    const compiled = await compileScript(readScript(SIEVE), join(folder, "script"), false);
    const yaegi = await buildHelper("sbx-yaegi");
    symlinkSync(SIEVE, join(folder, "sieve.go"));
    const request = JSON.stringify({ token: "bench", file: "sieve.go" });
    const compiledNs: number[] = [];
    const yaegiNs: number[] = [];
    for (let round = 0; round < TIMES; round += 1) {
      const inTurn = [
        () => compiledNs.push(timeOf(compiled, [BELOW], folder)),
        () => yaegiNs.push(timeOf(yaegi, [request, BELOW], folder)),
      ];
      for (const one of round % 2 === 0 ? inTurn : inTurn.reverse()) one();
    }
    const ms = (values: number[]) => `${(median(values) / 1e6).toFixed(0)} ms`;
    return {
      name: `yaegi against compiled, sieve below ${Number(BELOW).toLocaleString("en")}, native`,
      seen: `${ratioText(pairedRatio(compiledNs, yaegiNs))}; medians ${ms(compiledNs)} and ${ms(yaegiNs)}; ${load()}`,
      goal: "",
      met: null,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeOf(program: string, args: string[], folder: string): number {
  const began = process.hrtime.bigint();
  const out = execFileSync(program, args, {
    env: { SBX_DIR_BIND: folder },
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
  if (!out.startsWith("664579 primes")) throw new Error(`the sieve is wrong: ${out}`);
  return Number(process.hrtime.bigint() - began);
}

function load(): string {
  return `load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} CPUs`;
}
