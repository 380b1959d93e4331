/** The one hand that changes a run's manifest: by what happened, and never by assignment. */
import type { QuarantinedStart, RunManifest } from "../samples/run-manifest.ts";
import { writeManifest } from "./run-folder.ts";

export type ManifestEvent =
  | { type: "cell-unavailable"; cell: string; reason: string }
  | { type: "warning"; message: string }
  | { type: "host-note"; note: string }
  | { type: "quarantined"; entry: QuarantinedStart }
  /** Rounds are added to a run that had ended, up to so many in all. */
  | { type: "extended"; rounds: number }
  | { type: "session-ended"; wallMs: number; launchMs: number }
  /** Nothing is missing. `rounds`: how many there came to be, where a budget or a precision decided. */
  | { type: "ended"; at: string; rounds?: number };

/** The manifest after an event. Pure. */
export function afterEvent(manifest: RunManifest, event: ManifestEvent): RunManifest {
  switch (event.type) {
    case "cell-unavailable": {
      const cells = manifest.cells.map((cell) =>
        cell.id === event.cell ? { ...cell, status: "unavailable" as const, reason: event.reason } : cell,
      );
      return { ...manifest, cells };
    }
    case "warning":
      return { ...manifest, warnings: withOne(manifest.warnings, event.message) };
    case "host-note":
      return { ...manifest, hostNotes: withOne(manifest.hostNotes, event.note) };
    case "quarantined":
      return { ...manifest, quarantined: [...(manifest.quarantined ?? []), event.entry] };
    case "extended":
      return { ...manifest, rounds: event.rounds, endedAt: null, extended: true };
    case "session-ended": {
      const { wallMs, launchMs } = manifest.harness;
      const harness = { wallMs: wallMs + event.wallMs, launchMs: launchMs + event.launchMs };
      return { ...manifest, harness };
    }
    case "ended":
      return { ...manifest, endedAt: event.at, rounds: event.rounds ?? manifest.rounds };
  }
}

/** The same sentence twice tells no more. */
function withOne(sentences: readonly string[], sentence: string): readonly string[] {
  return sentences.includes(sentence) ? sentences : [...sentences, sentence];
}

export class ManifestWriter {
  readonly #dir: string;
  #manifest: RunManifest;

  constructor(dir: string, manifest: RunManifest) {
    this.#dir = dir;
    this.#manifest = manifest;
  }

  /** As it is now; what was read earlier stays as it was. */
  get manifest(): RunManifest {
    return this.#manifest;
  }

  record(event: ManifestEvent): void {
    this.#manifest = afterEvent(this.#manifest, event);
  }

  /** @throws SbxError (exit code 4) when the folder may not be written to or the disk is full */
  save(): void {
    writeManifest(this.#dir, this.#manifest);
  }
}
