/** 100,000 cells plan in under 1 s. A timing loop of the harness itself, so tinybench's business. */
import { Bench } from "tinybench";
import { resolveConfig } from "../src/config/resolve.ts";
import { buildPlan } from "../src/plan/build-plan.ts";
import { roundOrder } from "../src/plan/schedule.ts";
import type { Figure } from "./figure.ts";

const GOAL_MS = 1000;

export async function planSpeed(): Promise<Figure[]> {
  // 1 native + 1 unshare + 1 runc + 3 runsc platforms, x 3 networks x 794 filters x 7 scenarios = 100,044.
  const seccomp = ["none", ...Array.from({ length: 793 }, (_, index) => `/profiles/${index}.json`)];
  const config = resolveConfig({ preset: "standard" }, { matrix: { seccomp } }, "bench", "/");
  let cells = 0;
  const bench = new Bench({ time: 4000, iterations: 5 }).add("plan", () => {
    const plan = buildPlan(config, () => null, ["*"]);
    cells = plan.length;
    roundOrder(
      plan.map((cell) => cell.id),
      0,
      "1",
    );
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== "completed") throw new Error("the planning loop did not complete");
  const { p50, max, samplesCount } = result.latency;
  return [
    {
      name: `plan and shuffle ${cells.toLocaleString("en")} cells`,
      seen: `median ${p50.toFixed(0)} ms, worst ${max.toFixed(0)} ms, n=${samplesCount}`,
      goal: `< ${GOAL_MS} ms`,
      met: max < GOAL_MS,
    },
  ];
}
