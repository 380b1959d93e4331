import { SbxError } from "../../base/errors.ts";
import { parseJson } from "../../base/read-json.ts";
import type { Cell } from "../../plan/cell.ts";
import { LAUNCH_SCHEMA, type LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { DISTURBED, keptOp, nothingKept } from "../reduce-launch.ts";
import { BASELINE_SCHEMA, type BaselineLine, baselineLine, type LineOf } from "./lines.ts";

/**
 * The run that a baseline's file holds, its launches reduced and in the order of rounds.
 *
 * A gate can't do without a part of its baseline, so one wrong line condemns the file.
 *
 * @param file its name, for messages
 * @throws SbxError (exit code 2) for another schema version, a line that is none, or a file that is not whole
 */
export function decodeBaseline(
  content: string,
  file: string,
): { manifest: RunManifest; launches: LaunchRecord[] } {
  const lines = parseLines(content, file);
  const head = lines[0];
  const end = lines.at(-1);
  if (head?.type !== "baseline") throw broken(file, "It has no head line.");
  if (end?.type !== "end" || end.lines !== lines.length - 1) {
    throw broken(file, "It is not whole: its last line is missing or counts other lines.");
  }
  const of = <T extends BaselineLine["type"]>(type: T) =>
    lines.filter((line): line is LineOf<T> => line.type === type);
  const { scenarios, limits, runscFlags, runscs, filters, variants = [], ...run } = head.run;
  const manifest: RunManifest = {
    ...run,
    commandLine: [],
    hostNotes: [],
    cells: of("cell").map(
      ({ type: _, twinOf, config: { runsc, flags, ...config }, ...cell }): Cell => ({
        ...cell,
        config: {
          ...config,
          ...(runsc === undefined ? {} : { runsc }),
          ...(flags === undefined ? {} : { flags }),
        },
        ...(twinOf === undefined ? {} : { twinOf }),
      }),
    ),
    metrics: Object.fromEntries(of("metrics").map(({ scenario, metrics }) => [scenario, metrics])),
    config: { scenarios, limits, runsc: { path: null, flags: runscFlags, variants } },
    ...(filters === undefined ? {} : { filters }),
    ...(runscs === undefined ? {} : { runscs: runscs.map((one) => ({ ...one, source: null, flags: null })) }),
  };
  const start = Date.parse(run.startedAt);
  const launches = new Map<string, LaunchRecord>();
  const add = (cell: string, round: number, position: number, startedMs: number) => {
    const startedAt = new Date(start + startedMs).toISOString();
    const place = { schema: LAUNCH_SCHEMA, cell, round, position, startedAt } as const;
    const launch: LaunchRecord = { ...nothingKept(), ...place, status: "ok", failure: null };
    launches.set(`${round} ${cell}`, launch);
    return launch;
  };
  for (const { cell, rounds, positions, startedMs, disturbed } of of("launches")) {
    for (const [index, round] of rounds.entries()) {
      const launch = add(cell, round, positions[index] ?? 0, startedMs[index] ?? 0);
      if (disturbed.includes(round)) launch.load.disturbed = [...DISTURBED];
    }
  }
  for (const { cell, round, position, startedMs, kind, message } of of("failed")) {
    const launch = add(cell, round, position, startedMs);
    launch.status = "failed";
    launch.failure = { kind, message, exitCode: null, signal: null, stdoutTail: "", stderrTail: "" };
  }
  for (const line of of("series")) addSeries(line, launches, file);
  return {
    manifest,
    launches: [...launches.values()].sort((a, b) => a.round - b.round || a.position - b.position),
  };
}

function addSeries(line: LineOf<"series">, launches: ReadonlyMap<string, LaunchRecord>, file: string): void {
  const { cell, metric, unit, rounds, values, batches } = line;
  for (const [index, round] of rounds.entries()) {
    const launch = launches.get(`${round} ${cell}`);
    const value = values[index];
    if (launch === undefined || value === undefined) {
      throw broken(file, `${metric} of ${cell} has values of a launch that is not in the file.`);
    }
    if (batches === null) launch.values.push({ name: metric, unit, value });
    else launch.ops.push(keptOp(metric, unit, value, batches[index] ?? []));
  }
}

function parseLines(content: string, file: string): BaselineLine[] {
  return content
    .split("\n")
    .map((text, index) => ({ text, number: index + 1 }))
    .filter(({ text }) => text !== "")
    .map(({ text, number }) => {
      let value: unknown;
      try {
        value = parseJson(text, file, number);
      } catch (error) {
        throw broken(file, `${error instanceof Error ? error.message : String(error)}.`);
      }
      if (number === 1) requireSchema(value, file);
      const parsed = baselineLine.safeParse(value);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw broken(file, `Line ${number}: ${issue?.path.join(".") || "type"}: ${issue?.message ?? "wrong"}.`);
    });
}

function requireSchema(value: unknown, file: string): void {
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema === BASELINE_SCHEMA) return;
  throw new SbxError({
    what: `The baseline ${file} is of another version`,
    why: `Its schema is ${JSON.stringify(schema ?? null)}; this version reads ${BASELINE_SCHEMA}.`,
    fix: "Save it again with this version (`sbx-bench baseline save NAME --force`), or read it with the version that wrote it.",
  });
}

function broken(file: string, why: string): SbxError {
  return new SbxError({
    what: `The baseline ${file} can't be used`,
    why,
    fix: "Restore it from version control, or save it again with `sbx-bench baseline save NAME --force`.",
  });
}
