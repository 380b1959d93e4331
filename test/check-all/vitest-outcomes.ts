/** A vitest reporter that leaves every test's outcome as JSON. Vitest's own JSON has no reasons of skips. */
import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import type { Outcome } from "./outcome.ts";

/** Names the file that the outcomes are written to. */
export const OUTCOMES_FILE_VARIABLE = "SBX_BENCH_OUTCOMES_FILE";

export default class OutcomesReporter implements Reporter {
  readonly #underWay = new Set<string>();
  readonly #outcomes: Outcome[] = [];

  onTestModuleStart(module: TestModule): void {
    this.#underWay.add(module.relativeModuleId);
    this.#write();
  }

  onTestModuleEnd(module: TestModule): void {
    this.#underWay.delete(module.relativeModuleId);
    this.#outcomes.push(...outcomesOfModule(module));
    this.#write();
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandledErrors: readonly { message: string }[]): void {
    for (const { message } of unhandledErrors) {
      this.#outcomes.push({ name: "unhandled error", state: "failed", reason: firstLine(message) });
    }
    this.#write();
  }

  /** After each file, so that a run that is killed still shows what it did and where it hung. */
  #write(): void {
    const hung = [...this.#underWay].map(
      (name): Outcome => ({ name, state: "failed", reason: "did not end" }),
    );
    writeFileSync(process.env[OUTCOMES_FILE_VARIABLE]!, JSON.stringify([...this.#outcomes, ...hung]));
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
