import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** The tool's cache in a folder of this test file, so that neither disturbs the other. */
export function useOwnCache(): void {
  let folder = "";
  const before = process.env.XDG_CACHE_HOME;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sbx-cache-"));
    process.env.XDG_CACHE_HOME = folder;
  });
  afterAll(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(folder, { recursive: true, force: true });
  });
}
