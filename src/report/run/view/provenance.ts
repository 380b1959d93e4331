import type { JudgedSummary } from "../../../check/judged-summary.ts";
import type { RunManifest } from "../../../samples/run-manifest.ts";
import type { Provenance } from "../../kit/figure.ts";
import { formatShare, formatValue } from "../../kit/format.ts";

/** Where the numbers come from: enough to judge them, and to run the same again. */
export function provenance(manifest: RunManifest, summary: JudgedSummary): Provenance {
  const { harness } = summary;
  return [
    { label: "Run", value: summary.runId },
    { label: "Command", value: manifest.commandLine.join(" ") },
    { label: "Preset", value: summary.preset },
    { label: "Rounds", value: String(summary.rounds) },
    { label: "Seed", value: summary.seed },
    { label: "Started", value: formatTime(summary.startedAt) },
    {
      label: "Ended",
      value: summary.endedAt === null ? "not ended: the run was interrupted" : formatTime(summary.endedAt),
    },
    { label: "Wall time", value: formatValue(harness.wallMs * 1e6, "ns") },
    {
      label: "Harness overhead",
      value: `${formatShare(harness.overheadShare)} of the wall time had no launch under way`,
    },
    { label: "sbx-bench", value: summary.toolVersion },
    ...Object.entries(summary.versions).map(([label, value]) => ({ label, value })),
    ...Object.entries(summary.filters ?? {}).map(([name, hash]) => ({
      label: `Filter ${name}`,
      value: `sha256 ${hash}`,
    })),
    { label: "Host fingerprint", value: summary.host.fingerprint },
    ...Object.entries(summary.host.fields).map(([label, value]) => ({ label, value })),
    ...summary.host.notes.map((value) => ({ label: "Note", value })),
  ];
}

/** `23 November 2026, 10:15 UTC` */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const text = time.toLocaleString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${text.replace(" at ", ", ")} UTC`;
}
