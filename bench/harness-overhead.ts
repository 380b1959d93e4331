/** Share of a run's wall time in which no launch is under way, over a short run of the quick matrix. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Summary } from "../src/stats/summaries/summary-types.ts";
import type { Figure } from "./figure.ts";

const GOAL = 0.03;

export async function harnessOverhead(): Promise<Figure[]> {
  const out = mkdtempSync(join(tmpdir(), "sbx-bench-overhead-"));
  try {
    const tool = join(import.meta.dirname, "..", "bin", "sbx-bench");
    const args = ["run", "--matrix", "--preset", "quick", "--rounds", "3", "--out", out, "--json"];
    const run = await execa(tool, args, { timeout: 600_000, stderr: "inherit", reject: false });
    const { harness, cells } = JSON.parse(run.stdout) as Summary;
    const launches = cells.reduce((sum, cell) => sum + cell.launches, 0);
    return [
      {
        name: "wall time without a launch under way",
        seen: `${(harness.overheadShare * 100).toFixed(2)} % of ${(harness.wallMs / 1000).toFixed(1)} s, ${launches} launches`,
        goal: `<= ${GOAL * 100} %`,
        met: harness.overheadShare <= GOAL,
      },
    ];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
