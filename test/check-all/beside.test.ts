import { expect, test } from "vitest";
import { beside } from "./beside.ts";

test("two steps run at the same time, and the outcomes of both count", async () => {
  const begun: string[] = [];
  const step = (name: string, state: "passed" | "failed") => ({
    name,
    run: async () => {
      begun.push(name);
      // Goes on only once both have begun: one after the other would never end.
      while (begun.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      return [{ name, state, reason: null }];
    },
  });
  const both = beside(step("one", "passed"), step("other", "failed"));
  expect(both.name).toBe("one; beside them: other");
  expect((await both.run()).map(({ state }) => state)).toEqual(["passed", "failed"]);
});
