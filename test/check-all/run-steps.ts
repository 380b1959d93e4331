import type { Outcome, Step } from "./outcome.ts";

/**
 * Runs all of them, even when one fails; one after another, but for those that begin with an earlier one.
 *
 * @param say for people: what begins, and how it ended
 */
export async function runSteps(steps: readonly Step[], say: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const begun = new Map<Step, ReturnType<typeof timed>>();
  for (const step of steps) {
    say(`\n== ${step.name}`);
    for (const beside of steps.filter(({ beginsWith }) => beginsWith === step.name)) {
      begun.set(beside, timed(beside));
    }
    const { own, seconds } = await (begun.get(step) ?? timed(step));
    outcomes.push(...own);
    const failed = own.filter((outcome) => outcome.state === "failed").length;
    const beside = begun.has(step) ? `, since "${step.beginsWith}" began` : "";
    say(`   ${failed === 0 ? "passed" : `${failed} failed`}, ${seconds.toFixed(1)} s${beside}`);
  }
  return outcomes;
}

async function timed(step: Step): Promise<{ own: Outcome[]; seconds: number }> {
  const startedMs = performance.now();
  const own = await step
    .run()
    .catch((error: unknown): Outcome[] => [{ name: step.name, state: "failed", reason: String(error) }]);
  return { own, seconds: (performance.now() - startedMs) / 1000 };
}
