import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { cacheDir } from "../../src/base/cache-folder.ts";
import { Ledger } from "../../src/run/environment/ledger.ts";
import { doctor } from "../../src/use-cases/doctor.ts";
import { fakeConfig, recordingContext, useFolder } from "./lab.ts";

const asked = vi.hoisted((): unknown[] => []);
vi.mock("../../src/use-cases/probe-host.ts", () => ({
  probeOptions: async (_: unknown, fresh: boolean, onProgress: (message: string) => void) => {
    onProgress("trying");
    return { fresh };
  },
}));
vi.mock("../../src/probe/doctor.ts", () => ({
  runDoctor: async (options: unknown) => {
    asked.push(options);
    return { canRun: true };
  },
}));

const folder = useFolder();

test("removes what a killed run left behind, says so, and then looks at the host", async () => {
  const scratch = cacheDir("scratch", "killed");
  mkdirSync(scratch, { recursive: true });
  const ledger = new Ledger("killed");
  ledger.add({ kind: "folder", path: scratch });
  // As if its harness had ended: no process has this number.
  const file = join(cacheDir("ledger"), "killed.ndjson");
  writeFileSync(file, readFileSync(file, "utf8").replace(/"pid":\d+/, '"pid":4194305'));

  const context = recordingContext();
  const report = await doctor({ config: fakeConfig(folder.path), fresh: true }, context);
  expect(report.canRun).toBe(true);
  expect(existsSync(scratch)).toBe(false);
  expect(context.events).toMatchObject([
    { type: "run", event: { type: "swept", runId: "killed", failed: [] } },
    { type: "note", message: "trying" },
  ]);
  expect(asked).toEqual([{ fresh: true }]);
});
