import { expect, test } from "vitest";
import { joinText } from "../../../src/run/environment/join-cost.ts";

test("the note on joining a cgroup claims what was tried, and nothing of the launches", () => {
  expect(joinText({ paused: [19, 6, 18, 12, 18], soon: [0.2, 0.1, -0.3, 0.4, 0.2] })).toBe(
    "Joining a cgroup takes 18 ms on this kernel (median of 5 tries before the run, 6 to 19 ms), and 0 ms right after another join. How much of it a launch pays was not measured; it is part of every sandbox's start-up, and native joins no cgroup.",
  );
});

test("next to nothing is not told", () => {
  expect(joinText({ paused: [0.4, 1.2, 0.9, 0.1, 9], soon: [0, 0, 0, 0, 0] })).toBeNull();
});
