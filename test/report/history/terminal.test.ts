import { describe, expect, test } from "vitest";
import { historyTerminal } from "../../../src/report/history/terminal.ts";
import { terminalChart } from "../../../src/report/history/terminal-chart.ts";
import { history, points, STEP } from "./points.ts";

const plain = { columns: 80, colour: false };

describe("history in the terminal", () => {
  test("shows points, the band and the change", () => {
    expect(historyTerminal(history(points([...STEP, 140])), plain)).toMatchInlineSnapshot(`
      "getpid: getpid, the trap alone
      15 runs, fingerprint f00d; lower is better

      runsc/systrap/net=none/seccomp=none::syscalls
        newest 140 ns [137, 143] n=15; expected 118 ns to 122 ns from 6 runs: outside,
        worse
       140 ns ┤                                ┊                       ◆
              │                                ┊    ░░░░
              │                                ┊    ░░░░░░░░░░░░░░░░░░░░
              │                                ●   ●░░░●░░░●░░░●░░░●░░░░
       115 ns ┤     ░░░░                       ┊    ░░░░
              │    ●░░░░░░░●░░░░░░░░░░░●░░░░   ┊
              │●    ░░░●░░░░░░░●░░░●░░░░░░░●   ┊
      89.5 ns ┤     ░░░░                       ┊
               2026-01-01                                     2026-01-15
        changed 2026-01-09 in run-8: 100 ns -> 123 ns, +23 %, worse (p=0.0002)

      ● a run's median ◆ outside the band ░ where 95 of 100 runs were to be expected,
      given the earlier ones ┊ a lasting change
      "
    `);
  });

  test("a level that was 0 has no share to have changed by", () => {
    const faults = points([0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 5, 6, 5, 5, 6, 4, 5], { unit: "count" });
    const view = history(faults);
    expect(view.series[0]!.changes.map(({ change }) => change)).toEqual([null]);
    expect(historyTerminal(view, plain)).toMatch(/changed 2026-01-09 in run-8: 0 -> 5, worse \(p=/);
  });

  test("of one run says that there is no band yet", () => {
    expect(historyTerminal(history(points([100])), plain)).toMatchInlineSnapshot(`
      "getpid: getpid, the trap alone
      1 run, fingerprint f00d; lower is better

      runsc/systrap/net=none/seccomp=none::syscalls
        newest 100 ns [98, 102] n=15; no band: it takes two earlier runs on this level

      "
    `);
  });

  test("names every cell where there are more than fit as charts", () => {
    const cells = Array.from({ length: 6 }, (_, index) => points(STEP, { cell: `cell-${index}` })).flat();
    const text = historyTerminal(history(cells), plain);
    expect(text).toContain("all 6 cells");
    for (let index = 0; index < 6; index++) expect(text).toContain(`cell-${index}`);
  });

  test.each([60, 80, 120])("never is wider than %i columns", (columns) => {
    const long = Array.from({ length: 300 }, (_, index) => 100 + Math.sin(index));
    for (const view of [history(points(long)), history(points(STEP)), history(points([1e9, 5e-3]))]) {
      const lines = historyTerminal(view, { columns, colour: false }).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });

  test("draws equal values, and none below an axis", () => {
    const [series] = history(points([7, 7, 7, 7])).series;
    const lines = terminalChart(series!, 40, String);
    expect(lines.join("").match(/●/g)).toHaveLength(4);
  });
});
