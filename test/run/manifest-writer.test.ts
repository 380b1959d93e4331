import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { afterEvent, type ManifestEvent, ManifestWriter } from "../../src/run/manifest-writer.ts";
import { readManifest } from "../../src/run/run-folder.ts";
import { RUN_SCHEMA, type RunManifest } from "../../src/samples/run-manifest.ts";
import { deepFreeze } from "./deep-freeze.ts";

const CELL = { config: {}, scenario: "syscalls", status: "planned", reason: null };
const MANIFEST = deepFreeze({
  schema: RUN_SCHEMA,
  runId: "one",
  endedAt: null,
  rounds: 11,
  hostNotes: ["a note"],
  warnings: [],
  cells: [
    { ...CELL, id: "a" },
    { ...CELL, id: "b" },
  ],
  harness: { wallMs: 10, launchMs: 5 },
} as unknown as RunManifest);

const QUARANTINED = { what: "runc", cells: ["a"] } as unknown as Extract<
  ManifestEvent,
  { type: "quarantined" }
>["entry"];

/** What an event changes, and nothing else. */
test.each<[ManifestEvent, Partial<RunManifest>]>([
  [
    { type: "cell-unavailable", cell: "b", reason: "no runc" },
    { cells: [MANIFEST.cells[0]!, { ...MANIFEST.cells[1]!, status: "unavailable", reason: "no runc" }] },
  ],
  [{ type: "warning", message: "busy" }, { warnings: ["busy"] }],
  [{ type: "host-note", note: "slow join" }, { hostNotes: ["a note", "slow join"] }],
  [{ type: "host-note", note: "a note" }, {}],
  [{ type: "quarantined", entry: QUARANTINED }, { quarantined: [QUARANTINED] }],
  [
    { type: "extended", rounds: 40 },
    { rounds: 40, endedAt: null, extended: true },
  ],
  [{ type: "session-ended", wallMs: 4, launchMs: 3 }, { harness: { wallMs: 14, launchMs: 8 } }],
  [{ type: "ended", at: "2026-12-01T00:00:00Z" }, { endedAt: "2026-12-01T00:00:00Z" }],
  [
    { type: "ended", at: "2026-12-01T00:00:00Z", rounds: 7 },
    { endedAt: "2026-12-01T00:00:00Z", rounds: 7 },
  ],
])("%j changes what it names, and leaves the manifest before it as it was", (event, changes) => {
  expect(afterEvent(MANIFEST, event)).toEqual({ ...MANIFEST, ...changes });
});

test("a sentence that stands there already is not said twice", () => {
  const twice = [1, 2].reduce(
    (manifest) => afterEvent(manifest, { type: "warning", message: "busy" }),
    MANIFEST,
  );
  expect(twice.warnings).toEqual(["busy"]);
});

test("what was recorded stands in the file once it is saved", () => {
  const dir = mkdtempSync(join(tmpdir(), "sbx-manifest-"));
  try {
    const writer = new ManifestWriter(dir, MANIFEST);
    writer.save();
    writer.record({ type: "warning", message: "busy" });
    expect(readManifest(dir)).toEqual(MANIFEST);
    writer.save();
    expect(readManifest(dir)).toEqual(writer.manifest);
    expect(writer.manifest.warnings).toEqual(["busy"]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
