import { describe, expect, test } from "vitest";
import { renderTerminal, terminalOptions } from "../../../src/report/run/terminal.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { type FixtureOptions, fixture } from "../fixture.ts";

function viewOf(options: FixtureOptions = {}) {
  const { manifest, summary, launches } = fixture({ rounds: 7, ...options });
  return buildView(manifest, summary, launches);
}

const view = viewOf();
const files = ["Report: reports/latest/report.html"];

test.each([80, 100, 140])("no line is wider than %i columns", (columns) => {
  const text = renderTerminal(view, { columns, colour: false, files });
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
});

test("the answer comes first, the files last", () => {
  const lines = renderTerminal(view, { columns: 80, colour: false, files }).trimEnd().split("\n");
  expect(lines[0]).toMatch(/^On this host a system call costs/);
  expect(lines.at(-1)).toBe(files[0]);
});

test("the ladder is a row a layer", () => {
  const text = renderTerminal(view, { columns: 80, colour: false, files });
  const from = text.indexOf("What each layer adds");
  expect(text.slice(from, text.indexOf("\n\n", from))).toMatchInlineSnapshot(`
    "What each layer adds: times native ± 95 % interval (or low…high), n=7
                             syscall    start-up      memory        open  read 4 KiB
    native                    169 ns     1.04 ms    3.54 MiB     1.47 µs      645 ns
    unshare                 1.01 ±6%     3.4 ±3%    1.59 ±7%   1.03 ±12%    0.98 ±7%
      + seccomp (kernel)    1.08 ±4%     3.7 ±8%    1.70 ±7%    1.10 ±8%    1.04 ±8%
    runc                    0.97 ±6%      53 ±8%    1.66 ±5%    1.10 ±6%    1.02 ±3%
      + seccomp (kernel)   1.08 ±10%      57 ±6%    1.81 ±4%    1.16 ±8%    1.11 ±7%
    runsc systrap            8.0 ±7%     180 ±6%      11 ±4%      14 ±8%     5.0 ±8%
      + seccomp (Sentry)     8.1 ±6%     179 ±4%      11 ±4%      14 ±4%     5.1 ±8%
    runsc ptrace              98 ±5%     169 ±6%     9.4 ±5%      37 ±3%      42 ±7%
      + seccomp (Sentry)      98 ±6%     170 ±7%     9.6 ±3%      38 ±9%      44 ±8%
    runsc kvm                      -           -           -           -           -"
  `);
});

test("cells without a number are summed up with their reasons", () => {
  const text = renderTerminal(view, { columns: 80, colour: false, files });
  expect(text).toContain("- 63 cells unavailable: hangs: no answer within 10 s");
  expect(text).toContain("! failed: runc/net=host/seccomp=generated::files");
  expect(text).toContain('  > fatal error: <unexpected> signal & "quotes" </script>');
});

test("few rounds show n where the interval would be", () => {
  const text = renderTerminal(viewOf({ rounds: 3, scenarios: ["syscalls"] }), {
    columns: 80,
    colour: false,
    files,
  });
  expect(text).toMatch(/runsc systrap +\d\.\d n=3/);
  expect(text).toContain("an interval needs 6 rounds");
});

test("an emulated run shows the banner and no figure", () => {
  const text = renderTerminal(viewOf({ emulated: true }), { columns: 80, colour: false, files });
  expect(text).toMatch(/^Functional test only/);
  expect(text).not.toMatch(/\d (ns|µs|ms)|±/);
});

describe("colour", () => {
  const hasColour = (colour: boolean) =>
    renderTerminal(view, { columns: 80, colour, files }).includes("\u001b[");

  test("only where it is asked for", () => {
    expect([hasColour(true), hasColour(false)]).toEqual([true, false]);
  });

  test("off with NO_COLOR and where nobody looks", () => {
    expect(terminalOptions({ isTTY: true, columns: 120 }, {})).toEqual({ columns: 120, colour: true });
    expect(terminalOptions({ isTTY: true }, { NO_COLOR: "1" })).toEqual({ columns: 80, colour: false });
    expect(terminalOptions({ isTTY: true }, { NO_COLOR: "" }).colour).toBe(true);
    expect(terminalOptions({}, {}).colour).toBe(false);
  });
});
