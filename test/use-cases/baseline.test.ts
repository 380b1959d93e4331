import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { forgetBaseline, keepAsBaseline, listBaselines, showBaseline } from "../../src/use-cases/baseline.ts";
import { fakeConfig, recordingContext, runFake, useFolder, warningsOf } from "./lab.ts";

vi.mock("../../src/use-cases/probe-host.ts", async () => (await import("./fake-host.ts")).FAKE_HOST);
vi.mock("../../src/report/run/write-report.ts", async () => (await import("./fake-host.ts")).NO_PAGES);

const folder = useFolder();

test("a run is kept, listed beside one that cannot be read, shown with its figures, and forgotten", async () => {
  const config = fakeConfig(folder.path);
  const { baselines: dir, out } = config;
  const { manifest } = await runFake(config);
  const keep = { name: "main", run: "latest", out, dir, force: false };
  const kept = await keepAsBaseline(keep, recordingContext());
  expect(kept.run).toBe(manifest.runId);
  expect(kept.sizeBytes).toBeGreaterThan(1000);

  const broken = join(dir, "broken", "0123456789ab.ndjson");
  mkdirSync(dirname(broken), { recursive: true });
  writeFileSync(broken, "nothing\n");
  const context = recordingContext();
  const rows = await listBaselines({ dir }, context);
  expect(rows.map(({ name, readable, launches }) => ({ name, readable, launches }))).toEqual([
    { name: "broken", readable: false, launches: 0 },
    { name: "main", readable: true, launches: 14 },
  ]);
  expect(warningsOf(context).length).toBe(1);

  const [shown] = await showBaseline({ name: "main", dir, fingerprint: null });
  expect(shown?.summary.cells.map(({ status }) => status)).toEqual(["measured", "measured"]);
  expect(await forgetBaseline({ name: "main", dir, fingerprint: null })).toEqual([kept.file]);
  expect((await listBaselines({ dir }, recordingContext())).map(({ name }) => name)).toEqual(["broken"]);
});
