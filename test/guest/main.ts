/**
 * `npm run test:kvm`: the tests of this folder. `--all-kernels` also boots the newest kernel that the release or its
 * backports have; `--write-docs` puts the cells that ran into docs/kvm.md.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { ALL_KERNELS_VARIABLE, KEEP_VARIABLE } from "./variables.ts";
import { writeDocs } from "./write-docs.ts";

const ROOT = join(import.meta.dirname, "../..");

const { values } = parseArgs({
  options: { "all-kernels": { type: "boolean" }, "write-docs": { type: "boolean" } },
});
const kept = mkdtempSync(join(tmpdir(), "sbx-guest-kept-"));
try {
  const ended = await execa("vitest", ["run", "--project", "guest", "--maxWorkers=2"], {
    cwd: ROOT,
    reject: false,
    stdio: "inherit",
    env: {
      [KEEP_VARIABLE]: kept,
      ...(values["all-kernels"] === true || values["write-docs"] === true
        ? { [ALL_KERNELS_VARIABLE]: "1" }
        : {}),
    },
  });
  process.exitCode = ended.exitCode ?? 1;
  if (values["write-docs"] === true && ended.exitCode === 0) writeDocs(kept, join(ROOT, "docs/kvm.md"));
} finally {
  rmSync(kept, { recursive: true, force: true });
}
