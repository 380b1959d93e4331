/** `npm start` as a user types it: the quick matrix on every platform that starts, in at most 4 minutes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Summary } from "../src/stats/summaries/summary-types.ts";
import type { Figure } from "./figure.ts";

const GOAL_S = 240;
const GOAL_ROUNDS = 11;

export async function npmStart(): Promise<Figure[]> {
  const root = join(import.meta.dirname, "..");
  const startMs = Date.now();
  const run = await execa("npm", ["start"], {
    cwd: root,
    timeout: 1_200_000,
    stdio: ["ignore", "ignore", "inherit"],
    reject: false,
  });
  const seconds = (Date.now() - startMs) / 1000;
  const summary = JSON.parse(
    readFileSync(join(root, "reports", "latest", "summary.json"), "utf8"),
  ) as Summary;
  const measured = summary.cells.filter((cell) => cell.status === "measured");
  const rounds = Math.min(...measured.map((cell) => cell.launches));
  return [
    {
      name: "`npm start`, wall time",
      seen: `${seconds.toFixed(0)} s, exit code ${run.exitCode}, ${measured.length} cells measured`,
      goal: `<= ${GOAL_S} s`,
      met: seconds <= GOAL_S && run.exitCode === 0,
    },
    {
      name: "`npm start`, launches of the cell with the fewest",
      seen: String(rounds),
      goal: `>= ${GOAL_ROUNDS}`,
      met: rounds >= GOAL_ROUNDS,
    },
  ];
}
