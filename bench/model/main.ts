/**
 * The cost model against real programs that it has not seen.
 *
 *   npm run bench:model                                  collect, profile and analyse
 *   npm run bench:model -- collect [--rounds 6] [--resume] [--programs gzip,redis]
 *   npm run bench:model -- profile [RUN]                 natively, what each program does
 *   npm run bench:model -- analyse [RUN]                 print the table, from the newest run or RUN
 *   npm run bench:model -- analyse [RUN] --part 1/2      from the first half of its rounds
 *   npm run bench:model -- ship reports/model-data       the errors that predictions elsewhere are given
 *   npm run bench:model -- analyse [RUN] --cells 'runsc/*'  count these cells alone
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SbxError } from "../../src/base/errors.ts";
import { writeAtomically } from "../../src/base/write-atomically.ts";
import { analyse } from "./analyse.ts";
import { collect, resume } from "./collect.ts";
import { profileCorpus } from "./profile-corpus.ts";
import { errorsOfRun } from "./ship.ts";

const SHIPPED = join(import.meta.dirname, "../../src/model/corpus-errors.json");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "6" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: "reports/model" },
    programs: { type: "string", default: "" },
    cells: { type: "string", multiple: true, default: [] },
    resume: { type: "boolean", default: false },
    part: { type: "string", default: "1/1" },
  },
});
const [step = "all", run = "latest"] = positionals;
const out = resolve(values.out);
const programs = values.programs.split(",").filter((name) => name !== "");
const say = (message: string) => process.stderr.write(`${message}\n`);

try {
  if (step === "collect" || step === "all") await collectStep();
  if (step === "profile" || step === "all") await profileStep();
  if (step === "analyse" || step === "all")
    process.stdout.write(analyse(run, out, { rounds: partOf(values.part), cells: values.cells }));
  if (step === "ship") writeAtomically(SHIPPED, `${JSON.stringify(errorsOfRun(run, out), null, 2)}\n`);
} catch (error) {
  if (!(error instanceof SbxError)) throw error;
  say(`${error.what}: ${error.why}\n${error.fix}`);
  process.exitCode = error.exitCode;
}

async function collectStep(): Promise<void> {
  const repetitions = { repeat: 1, warmup: 1, memoryAt: 0 };
  const { rounds, seed, cells } = values;
  const collected = values.resume
    ? await resume(out, null)
    : await collect({ rounds: Number(rounds), seed, out, programs, repetitions, cells, operations: true });
  for (const { name, reason } of collected.missing) say(`left out: ${name} ${reason}`);
  for (const { cell, status, reason } of collected.summary.cells) {
    if (status === "failed") say(`failed: ${cell}: ${reason}`);
  }
  if (!collected.run.finished) {
    say("broken off; go on with: npm run bench:model -- collect --resume");
    process.exit(130);
  }
}

async function profileStep(): Promise<void> {
  for (const { program, reason } of await profileCorpus(join(out, run), programs, say)) {
    say(`not profiled: ${program}: ${reason}`);
  }
}

function partOf(text: string): { part: number; of: number } {
  const [part = Number.NaN, of = Number.NaN] = text.split("/").map(Number);
  if (!Number.isInteger(part) || !Number.isInteger(of) || part < 1 || part > of) {
    throw new SbxError({
      what: `--part ${text} is no part`,
      why: "It is the n-th of so many parts of the rounds.",
      fix: "Say --part 1/2 or --part 2/2.",
    });
  }
  return { part, of };
}
