import { describe, expect, test } from "vitest";
import type { Outcome, Step } from "./outcome.ts";
import { runSteps } from "./run-steps.ts";

const passed = (name: string): Outcome[] => [{ name, state: "passed", reason: null }];

describe("the steps of all checks", () => {
  test("run one after another, and all of them where one fails", async () => {
    const said: string[] = [];
    const steps: Step[] = [
      { name: "one", run: () => Promise.reject(new Error("broken")) },
      { name: "two", run: async () => passed("two") },
    ];
    const outcomes = await runSteps(steps, (line) => said.push(line));
    expect(outcomes).toEqual([
      { name: "one", state: "failed", reason: "Error: broken" },
      { name: "two", state: "passed", reason: null },
    ]);
    expect(said.map((line) => line.replace(/[0-9.]+ s/, "S"))).toEqual([
      "\n== one",
      "   1 failed, S",
      "\n== two",
      "   passed, S",
    ]);
  });

  test("one that begins with an earlier one goes on beside what comes between, and the next waits for its end", async () => {
    const order: string[] = [];
    const { promise: secondIsOver, resolve: endSecond } = Promise.withResolvers<void>();
    const step = (name: string, run: () => Promise<void>): Step => ({
      name,
      run: async () => {
        order.push(`${name} begins`);
        await run();
        order.push(`${name} ends`);
        return passed(name);
      },
    });
    const steps: Step[] = [
      step("first", async () => {}),
      step("second", async () => endSecond()),
      { ...step("beside", () => secondIsOver), beginsWith: "second" },
      step("last", async () => {}),
    ];
    const outcomes = await runSteps(steps, () => {});
    expect(outcomes.map(({ name }) => name)).toEqual(["first", "second", "beside", "last"]);
    expect(order.slice(0, 2)).toEqual(["first begins", "first ends"]);
    expect(order.slice(2, 4).toSorted()).toEqual(["beside begins", "second begins"]);
    expect(order.slice(4, 6).toSorted()).toEqual(["beside ends", "second ends"]);
    expect(order.slice(6)).toEqual(["last begins", "last ends"]);
  });
});
