/** Generated filters enforced on real programs, and compared with what the programs were seen to call. */

import { LEAST_ISOLATED } from "../../src/axes/sandbox.ts";
import { containerDefaultFile, loadProfile } from "../../src/sandbox/seccomp/load-profile.ts";
import { recordScenario } from "../../src/sandbox/seccomp/record.ts";
import { GLIBC_CALLS } from "../../src/seccomp/filter/base-calls.ts";
import { callSet } from "../../src/seccomp/filter/call-set.ts";
import { ociProfile } from "../../src/seccomp/formats/oci.ts";
import { readStaticCalls, runsC } from "../../src/seccomp/program/static-calls.ts";
import { buildHelper } from "../../src/workload/programs.ts";
import { enforce } from "./enforce.ts";
import { findSubjects, type Subject } from "./programs.ts";

type Row = {
  name: string;
  go: string;
  cgo: boolean;
  allowed: number;
  deaths: string[];
  observed: number;
  missed: string[];
  precision: number;
  recall: number;
};

type Request = { runs: number; traced: number; dir: string };

export async function benchEnforcement(request: Request): Promise<string> {
  const { subjects, missing } = await findSubjects(request.dir);
  const launcher = await buildHelper("sbx-launch");
  const rows: Row[] = [];
  for (const subject of subjects) {
    process.stderr.write(`${subject.name} …\n`);
    rows.push(await judge(subject, launcher, request));
  }
  return report(rows, missing, request);
}

/** The filter is made of the code alone, and what was traced only judges it, but for a program that starts others. */
async function judge(subject: Subject, launcher: string, { runs, traced, dir }: Request): Promise<Row> {
  const [program] = subject.command;
  const code = await readStaticCalls(program, subject.name, new AbortController().signal);
  const libc = runsC(code) ? GLIBC_CALLS : [];
  const seen = new Set<string>();
  for (let run = 0; run < traced; run++) for (const name of await trace(subject, dir)) seen.add(name);
  const observed = subject.startsOthers ? [...seen] : null;
  const calls = callSet({ static: code, observed, libc, launchers: [LEAST_ISOLATED] });
  const names = calls.calls.map(({ name }) => name);
  const outcomes = await enforce(subject, launcher, ociProfile(calls, "kill"), { runs, dir });
  const hits = names.filter((name) => seen.has(name)).length;
  return {
    name: subject.name,
    go: code.goVersion,
    cgo: libc.length > 0,
    allowed: names.length,
    deaths: outcomes.filter(({ ok }) => !ok).map(({ how }) => how),
    observed: seen.size,
    missed: [...seen].filter((name) => !names.includes(name)).sort(),
    precision: hits / names.length,
    recall: seen.size === 0 ? 1 : hits / seen.size,
  };
}

/** With the program's input; a program that fails under strace is not traced. */
async function trace({ command, cwd, stdin }: Subject, dir: string): Promise<string[]> {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const shell = `printf %s "$INPUT" | exec ${quoted}`;
  const bash: [string, ...string[]] = stdin === "" ? command : ["/bin/bash", "-c", shell];
  const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ""]));
  const recording = await recordScenario({
    ...{ program: bash, env: { ...env, INPUT: stdin }, cwd, traceDir: dir, timeoutMs: 60_000 },
  });
  // The shell's own calls would count as the program's: of a program with input nothing is judged.
  return stdin === "" ? recording.syscalls : [];
}

/** Of n runs without a death: the upper end of the exact 95 % interval (1 - 0.05^(1/n)). */
function bound(n: number): string {
  return `< ${(100 * (1 - 0.05 ** (1 / n))).toFixed(2)} %`;
}

function report(rows: readonly Row[], missing: readonly string[], { runs, traced }: Request): string {
  const judged = rows.filter((row) => row.observed > 0);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const f1 = ({ precision, recall }: Row) => (2 * precision * recall) / (precision + recall);
  const deaths = rows.reduce((sum, row) => sum + row.deaths.length, 0);
  const usual = new Set(loadProfile(containerDefaultFile()).syscalls.flatMap((entry) => entry.names)).size;
  const lines = rows.map((row) => {
    const scores =
      row.observed === 0
        ? "– | – | – | –"
        : `${row.observed} | ${row.precision.toFixed(2)} | ${row.recall.toFixed(2)} | ${f1(row).toFixed(2)}`;
    const died = row.deaths.length === 0 ? "0" : `${row.deaths.length}: ${row.deaths[0]}`;
    return `| ${row.name} | ${row.go}${row.cgo ? ", cgo" : ""} | ${row.allowed} | ${died} | ${scores} | ${row.missed.join(" ") || "none"} |`;
  });
  return `${[
    `| program | Go | allowed | deaths in ${runs} runs | seen in ${traced} traced runs | precision | recall | F1 | seen, not allowed |`,
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    `Deaths: ${deaths} in ${rows.length * runs} runs of ${rows.length} programs${deaths === 0 ? `: ${bound(rows.length * runs)} of all runs, ${bound(runs)} a program (upper ends of 95 % intervals)` : ""}.`,
    `Mean over ${judged.length} traced programs: precision ${mean(judged.map((row) => row.precision)).toFixed(2)}, recall ${mean(judged.map((row) => row.recall)).toFixed(3)}, F1 ${mean(judged.map(f1)).toFixed(2)} (goal 0.85).`,
    `The container default allows ${usual}: ${(usual / mean(rows.map((row) => row.allowed))).toFixed(1)} times the mean filter (goal 4).`,
    ...(missing.length === 0 ? [] : [`Not on this host: ${missing.join(", ")}.`]),
  ].join("\n")}\n`;
}
