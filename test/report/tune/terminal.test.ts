import { describe, expect, test } from "vitest";
import { tuneTerminal } from "../../../src/report/tune/terminal.ts";
import { candidate } from "../../model/tune/made-costs.ts";
import { madeFactor, madeReport } from "./made-report.ts";

const shown = (...args: Parameters<typeof madeReport>) =>
  tuneTerminal(madeReport(...args), { columns: 80, colour: false });
/** What is to be copied keeps its lines. */
const beforeUse = (text: string) => text.slice(0, text.indexOf("To use "));

describe("advice in a terminal", () => {
  const gain = shown(madeFactor(0.8));

  test("starts with what to switch, what it saves, and from how many rounds", () => {
    expect(gain).toMatch(/^Switch flags from default to faster: this workload's cost -\d\d\.\d %/);
    expect(gain.split("\n").slice(0, 2).join(" ")).toMatch(/\[-2\d\.\d, -1\d\.\d\] n=11/);
  });

  test("lists gains, what they give up with the source, losses, and what was not measured", () => {
    expect(gain).toMatch(/Gains that give up nothing \(1\).*\n {2}flags: default → faster/);
    expect(gain).toMatch(/network: sandbox → host .*\n {4}gives up \(security\)/);
    expect(gain).toContain("[gvisor.dev/docs/user_guide/networking]");
    expect(gain).toMatch(/Costs more \(1\).*\n {2}platform: systrap → ptrace +3\.\d\dx/);
    expect(gain).toMatch(
      /neither advised nor advised against\n {2}1 configuration unavailable: runsc hangs on this host/,
    );
  });

  test("shows effects with their contexts, and how many interactions chance would show", () => {
    expect(gain).toMatch(/platform: systrap → ptrace +3\.\d\dx +\[3\.\d\d, 3\.\d\d\] n=11\n {4}2 contexts/);
    expect(gain).toMatch(/interactions: \d of 1 have an interval without 1; about 0\.1 would by chance/);
  });

  test("shows the front by layers, with what is there now", () => {
    expect(gain).toContain("runsc/systrap/net=sandbox/seccomp=none (now)");
    expect(gain.replaceAll(/\s+/g, " ")).toMatch(
      / KN-M- runsc\S+flags=faster \(on the Pareto front:[^)]*work/,
    );
  });

  test("gives no slowdown where the baseline was not measured, and says so", () => {
    const report = madeReport(madeFactor(0.8));
    const front = report.front
      .filter(({ configuration }) => configuration !== report.baseline)
      .map((row) => ({ ...row, slowdown: null }));
    const text = tuneTerminal({ ...report, front }, { columns: 200, colour: false });
    expect(text).toContain(`no slowdown is known: the run has not measured ${report.baseline}`);
    expect(text).not.toContain("slowdown against");
    expect(text).toMatch(/\n {4}not known /);
    expect(gain).toContain(`slowdown against`);
  });

  test.each([60, 80, 120])("is never wider than a window of %i columns", (columns) => {
    const text = tuneTerminal(madeReport(madeFactor(0.8)), { columns, colour: false });
    for (const line of beforeUse(text).split("\n")) expect(line.length, line).toBeLessThanOrEqual(columns);
    expect(text).toMatch(/^Gains that give something up \(2\)/m);
  });

  test("says to change nothing where nothing gains, and how to set what is there", () => {
    const nothing = shown(madeFactor(1), { candidates: [candidate(), candidate({ flags: "faster" })] });
    expect(nothing).toMatch(/^Change nothing\.\nThe only single change that was looked at does not lower/);
    expect(nothing).toContain("To use runsc/systrap/net=sandbox/seccomp=none\n");
  });

  test("names what a gain would give up where that is all there is", () => {
    const trade = shown(madeFactor(1), { candidates: [candidate(), candidate({ network: "host" })] });
    expect(trade).toMatch(/^Change nothing\./);
    expect(trade.replaceAll(/\s+/g, " ")).toContain("1 change would, and gives something up");
  });
});
