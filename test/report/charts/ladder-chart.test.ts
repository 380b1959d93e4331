import { expect, test } from "vitest";
import { ladderChart } from "../../../src/report/run/charts/ladder-chart.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { fixture } from "../fixture.ts";

const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["syscalls"] });
const ladder = buildView(manifest, summary, launches).performance!.ladders[0]!;

test("only what the ratios are against is called baseline", () => {
  const rungs = ladder.rungs.map((rung) =>
    rung.label === "runc" ? { ...rung, ratio: null, step: null } : rung,
  );
  const { numbers } = ladderChart([{ ...ladder, rungs }])!;
  const overheads = new Map(numbers.rows.map(([, layer, , overhead]) => [layer, overhead]));
  expect(overheads.get("native")).toBe("baseline");
  expect(overheads.get("runc")).toBe("");
});
