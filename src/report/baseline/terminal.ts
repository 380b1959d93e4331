/** What `baseline list` prints. */
import { basename, dirname } from "node:path";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

export type BaselineRow = {
  name: string;
  fingerprint: string;
  /** False for a file that can't be read; the rest is unknown then. */
  readable: boolean;
  runId: string;
  startedAt: string;
  /** Measured ones, twins not counted; so are launches. */
  cells: number;
  launches: number;
  cpu: string;
  kernel: string;
  runsc: string;
};

export function baselineRow(
  manifest: RunManifest | null,
  launches: readonly LaunchRecord[],
  file: string,
): BaselineRow {
  const twins = new Set(manifest?.cells.filter(({ twinOf }) => twinOf !== undefined).map(({ id }) => id));
  const good = launches.filter(({ cell, status }) => status === "ok" && !twins.has(cell));
  const fields = manifest?.fingerprint.fields ?? {};
  return {
    name: basename(dirname(file)),
    fingerprint: basename(file, ".ndjson"),
    readable: manifest !== null,
    runId: manifest?.runId ?? "",
    startedAt: manifest?.startedAt ?? "",
    cells: new Set(good.map(({ cell }) => cell)).size,
    launches: good.length,
    cpu: fields["cpu.model"] ?? "unknown",
    kernel: fields["kernel.release"] ?? "unknown",
    runsc: manifest?.versions.runsc ?? "none",
  };
}

export function baselineTable(rows: readonly BaselineRow[]): string {
  const head = ["name", "fingerprint", "measured", "cells", "launches", "CPU", "kernel", "runsc"];
  const body = rows.map((row) =>
    row.readable
      ? [
          row.name,
          row.fingerprint,
          row.startedAt.slice(0, 16).replace("T", " "),
          String(row.cells),
          String(row.launches),
          row.cpu,
          row.kernel,
          row.runsc,
        ]
      : [row.name, row.fingerprint, "can't be read"],
  );
  const lines = [head, ...body];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
