/** A vitest reporter that leaves every test's outcome as JSON. Vitest's own JSON has no reasons of skips. */
import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import type { Outcome } from "./outcome.ts";

/** Names the file that the outcomes are written to. */
export const OUTCOMES_FILE_VARIABLE = "SBX_BENCH_OUTCOMES_FILE";

export default class OutcomesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { message: string }[]): void {
    const outcomes = modules.flatMap(outcomesOfModule);
    for (const error of unhandledErrors) {
      outcomes.push({ name: "unhandled error", state: "failed", reason: firstLine(error.message) });
    }
    writeFileSync(process.env[OUTCOMES_FILE_VARIABLE]!, JSON.stringify(outcomes));
  }
}

function outcomesOfModule(module: TestModule): Outcome[] {
  const file = module.relativeModuleId;
  const outcomes = [...module.children.allTests()].map((test) => outcomeOfTest(file, test));
  // A file that cannot be imported, or a failing hook, has no failing test to show for it.
  if (module.state() === "failed" && !outcomes.some((outcome) => outcome.state === "failed")) {
    const errors = [module, ...module.children.allSuites()].flatMap((part) => part.errors());
    outcomes.push({ name: file, state: "failed", reason: firstLine(errors[0]?.message) });
  }
  return outcomes;
}

function outcomeOfTest(file: string, test: TestCase): Outcome {
  const name = `${file} > ${test.fullName}`;
  const result = test.result();
  if (result.state === "passed") return { name, state: "passed", reason: null };
  if (result.state === "failed")
    return { name, state: "failed", reason: firstLine(result.errors[0]?.message) };
  if (result.state === "skipped") return { name, state: "skipped", reason: result.note ?? null };
  return { name, state: "failed", reason: "did not end" };
}

function firstLine(text: string | undefined): string | null {
  return text?.split("\n", 1)[0] ?? null;
}
