import { describe, expect, test } from "vitest";
import { tuneShort } from "../../../src/report/tune/terminal-short.ts";
import { candidate } from "../../model/tune/made-costs.ts";
import { madeFactor, madeReport } from "./made-report.ts";

const OPTIONS = { columns: 80, colour: false };
const shown = (...args: Parameters<typeof madeReport>) => tuneShort(madeReport(...args), OPTIONS, false);
const linesOf = (text: string) => text.trimEnd().split("\n");

describe("advice on one screen", () => {
  test.each([
    ["a gain", madeReport(madeFactor(0.8))],
    ["nothing to change", madeReport(madeFactor(1))],
    [
      "many warnings, and long ones",
      { ...madeReport(madeFactor(0.8)), warnings: Array(9).fill(`the host ${"was busy ".repeat(40)}`) },
    ],
  ])("fits 24 lines of 80 columns with the prompt: %s", (_, report) => {
    const lines = linesOf(tuneShort(report, OPTIONS, false));
    expect(lines.length).toBeLessThan(24);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("begins with the answer, shows gains before losses with what they give up, and says where the rest is", () => {
    const text = shown(madeFactor(0.8));
    expect(text).toMatch(/^Switch flags from default to faster/);
    expect(text).toMatch(/flags: default → faster +-\d\d\.\d %.*\n {4}gains that give up nothing/);
    expect(text).toMatch(/network: sandbox → host .*\n {4}gives up security/);
    expect(text.indexOf("network: sandbox")).toBeLessThan(text.indexOf("platform: systrap → ptrace"));
    expect(text).toContain("--verbose");
  });

  test("to change nothing describes no change to be set", () => {
    const text = shown(madeFactor(1), { candidates: [candidate(), candidate({ flags: "faster" })] });
    expect(text).toMatch(/^Change nothing\./);
    expect(text).not.toContain("daemon.json");
  });

  test("counts the warnings that it leaves out", () => {
    const report = { ...madeReport(madeFactor(0.8)), warnings: ["one", "two", "three"] };
    expect(tuneShort(report, OPTIONS, false)).toContain("! one (and 2 more warnings)");
  });

  test("shows how to set a configuration that was asked for", () => {
    expect(tuneShort(madeReport(madeFactor(1)), OPTIONS, true)).toContain("daemon.json");
  });
});
