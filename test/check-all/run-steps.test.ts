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

  test("an early one goes on beside those before it, and the next waits for its end", async () => {
    const order: string[] = [];
    const { promise: firstIsOver, resolve: endFirst } = Promise.withResolvers<void>();
    const noting = (name: string): Outcome[] => {
      order.push(name);
      return passed(name);
    };
    const first = async () => {
      endFirst();
      return noting("first");
    };
    const early = async () => {
      order.push("early begins");
      await firstIsOver;
      return noting("early ends");
    };
    const steps: Step[] = [
      { name: "first", run: first },
      { name: "early", run: early, early: true },
      { name: "last", run: async () => noting("last") },
    ];
    await runSteps(steps, () => {});
    expect(order).toEqual(["early begins", "first", "early ends", "last"]);
  });
});
