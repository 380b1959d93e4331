/** Runs every check, all of them even when one fails, and closes with `N passed, N failed`. */
import { resolve } from "node:path";
import { type Outcome, summarise } from "./outcome.ts";
import { allSteps } from "./steps.ts";

const root = resolve(import.meta.dirname, "../..");
const outcomes: Outcome[] = [];
for (const step of allSteps(root)) {
  console.log(`\n== ${step.name}`);
  const startedMs = performance.now();
  const stepOutcomes = await step
    .run()
    .catch((error: unknown): Outcome[] => [{ name: step.name, state: "failed", reason: String(error) }]);
  outcomes.push(...stepOutcomes);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const failed = stepOutcomes.filter((outcome) => outcome.state === "failed").length;
  console.log(`   ${failed === 0 ? "passed" : `${failed} failed`}, ${seconds} s`);
}
console.log(summarise(outcomes));
process.exitCode = outcomes.some((outcome) => outcome.state === "failed") ? 1 : 0;
