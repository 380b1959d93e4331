/**
 * Measures the corpus of real programs (bench/model/programs.ts) in every configuration that this host can run.
 *
 *   bin/with-node node bench/model-programs.ts [--rounds 6] [--seed 1] [--out reports/model] [--programs gzip,redis]
 *     [--cells GLOB]... [--repeat 1] [--warmup 1] [--memory] [--resume [RUN]] [--list]
 *
 * With --memory each launch stops one more repetition half-way and samples what the whole sandbox holds.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { SbxError } from "../src/base/errors.ts";
import { type Collected, collect, resume } from "./model/collect.ts";
import { PROGRAMS } from "./model/programs.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "6" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: "reports/model" },
    programs: { type: "string", default: "" },
    cells: { type: "string", multiple: true, default: [] },
    repeat: { type: "string", default: "1" },
    warmup: { type: "string", default: "1" },
    memory: { type: "boolean", default: false },
    resume: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});

if (values.list) {
  for (const { name, what } of PROGRAMS) process.stdout.write(`${name.padEnd(16)}${what}\n`);
} else {
  try {
    report(await measured());
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    process.stderr.write(`${error.what}: ${error.why}\n${error.fix}\n`);
    process.exitCode = error.exitCode;
  }
}

async function measured(): Promise<Collected> {
  const out = resolve(values.out);
  if (values.resume) return resume(out, positionals[0] ?? null);
  return collect({
    rounds: Number(values.rounds),
    seed: values.seed,
    out,
    programs: values.programs.split(",").filter((name) => name !== ""),
    repetitions: {
      repeat: Number(values.repeat),
      warmup: Number(values.warmup),
      memoryAt: values.memory ? 0.5 : 0,
    },
    cells: values.cells,
    operations: false,
  });
}

function report({ run, summary, missing }: Collected): void {
  const of = (status: string) => summary.cells.filter((cell) => cell.status === status);
  process.stdout.write(`${of("measured").length} cells measured, in ${run.dir}\n`);
  for (const { name, reason } of missing) process.stdout.write(`left out: ${name} ${reason}\n`);
  for (const { cell, reason } of [...of("failed"), ...of("unavailable")])
    process.stdout.write(`${cell}: ${reason}\n`);
  if (!run.finished) {
    process.stdout.write("broken off; go on with --resume\n");
    process.exitCode = 130;
  }
}
