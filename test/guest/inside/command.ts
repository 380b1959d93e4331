/** Runs the command line in the guest, as a user would. */
import { writeFileSync } from "node:fs";
import { execa } from "execa";
import type { BenchConfig } from "../../../src/config/define-config.ts";

const LIMIT_MS = 300_000;

export type Ended = { code: number | undefined; out: string; err: string };

export async function command(args: string[], config?: BenchConfig, before: string[] = []): Promise<Ended> {
  const file = "/tmp/bench.config.ts";
  if (config !== undefined) {
    const whole = { scenarioDir: "/bench/scenarios", out: "/out/runs", ...config };
    writeFileSync(file, `export default ${JSON.stringify(whole)};\n`);
  }
  const node = [process.execPath, "--disable-warning=ExperimentalWarning", "/bench/src/cli/main.ts"];
  const [program = "", ...rest] = [...before, ...node, ...args, ...(config === undefined ? [] : ["--config", file])];
  const done = await execa(program, rest, { reject: false, timeout: LIMIT_MS, stdin: "ignore", env: { NO_COLOR: "1" } });
  return { code: done.exitCode, out: done.stdout, err: done.stderr };
}
