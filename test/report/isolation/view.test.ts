import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { isolationMarkdown } from "../../../src/report/isolation/markdown.ts";
import type { Prices } from "../../../src/report/isolation/prices.ts";
import { isolationSarif } from "../../../src/report/isolation/sarif.ts";
import { isolationTerminal } from "../../../src/report/isolation/terminal.ts";
import { isolationView } from "../../../src/report/isolation/view.ts";
import type { Estimate } from "../../../src/report/kit/figure.ts";
import { configuration, NATIVE, result } from "../../isolation/made-probes.ts";

const RUNC: Configuration = { ...NATIVE, sandbox: "runc", network: "none", seccomp: "default" };
const CRUN: Configuration = { ...RUNC, sandbox: "crun" };
const GVISOR: Configuration = { ...RUNC, sandbox: "runsc", platform: "systrap" };
const STOPPED = { "read-host-file": "blocked", "io-uring": "blocked", orphan: "emulated" } as const;

const made = result([
  configuration("native", { "read-host-file": "reached", "io-uring": "reached", orphan: "blocked" }),
  configuration("runc", { ...STOPPED, "io-uring": "reached" }, RUNC),
  configuration("crun", { ...STOPPED, "read-host-file": "error" }, CRUN),
  configuration("runsc", STOPPED, GVISOR),
  { ...configuration("bwrap", {}), status: "unavailable", reason: "bwrap is missing" },
]);

const estimate = (value: number, low: number | null, high: number | null): Estimate => ({
  ...{ value, low, high, n: 15, unit: "ns" },
  short: `${value} ns`,
  text: `${value} ns [${low}, ${high}] n=15`,
});

function prices(by: Record<string, Estimate>): Prices {
  return { runId: "r", of: ({ sandbox }) => (by[sandbox] === undefined ? {} : { startup: by[sandbox] }) };
}

describe("the table", () => {
  const view = isolationView(made, null);

  test("counts what reached the host, of what reaches it natively", () => {
    const counts = Object.fromEntries(view.rows.map(({ id, reached, of }) => [id, `${reached}/${of}`]));
    expect(counts).toEqual({ native: "2/2", runc: "1/2", crun: "0/2", runsc: "0/2" });
    expect(view.absent.map(({ probe }) => probe)).toEqual(["orphan"]);
  });

  test("shows an unknown as unknown, and what did not run with its reason", () => {
    expect(view.rows.find(({ id }) => id === "crun")?.groups[0]).toMatchObject({ reached: 0, unknown: 1 });
    expect(view.errors).toMatchObject([{ configuration: "crun", probe: "read-host-file" }]);
    expect(view.notRun).toEqual([{ id: "bwrap", status: "unavailable", reason: "bwrap is missing" }]);
  });

  test("has a finding for each probe that got out of a sandbox; natively is no finding", () => {
    expect(view.findings.map(({ probe, reachedIn }) => [probe.name, reachedIn.length])).toEqual([
      ["io-uring", 1],
    ]);
  });

  test("says who evaluates a filter", () => {
    expect(view.rows.map(({ evaluator }) => evaluator)).toEqual([null, "kernel", "kernel", "Sentry"]);
  });
});

describe("a configuration is dominated", () => {
  const dominators = (by: Record<string, Estimate>) =>
    Object.fromEntries(isolationView(made, prices(by)).rows.map(({ id, dominatedBy }) => [id, dominatedBy]));

  test("by one that stops at least the same and costs less", () => {
    const found = dominators({
      runc: estimate(9, 8, 10),
      runsc: estimate(5, 4, 6),
      native: estimate(1, 1, 1),
    });
    expect(found).toMatchObject({ runc: "runsc", runsc: null, native: null });
  });

  test("by none whose interval overlaps, or that has none", () => {
    expect(dominators({ runc: estimate(9, 5, 10), runsc: estimate(5, 4, 6) })).toMatchObject({ runc: null });
    expect(dominators({ runc: estimate(9, null, null), runsc: estimate(5, 4, 6) })).toMatchObject({
      runc: null,
    });
  });

  test("by none of which less is known", () => {
    expect(dominators({ runsc: estimate(9, 8, 10), crun: estimate(1, 1, 2) })).toMatchObject({ runsc: null });
  });
});

describe("the formats", () => {
  const hostile = result(
    [configuration("native", {}), configuration("runc", { "io-uring": "reached" }, RUNC)].map((one) => ({
      ...one,
      verdicts: one.verdicts.map((verdict) => ({ ...verdict, detail: "\u001b[2J::error::|`x`\u202e" })),
    })),
  );
  const view = isolationView(hostile, null);

  test("the terminal shows finding, fix and what no probe tries, in its width", () => {
    const text = isolationTerminal(isolationView(made, null), { columns: 100, colour: false });
    expect(text).toContain("io-uring (1 configuration)");
    expect(text).toContain("fix: Filter io_uring_setup(2)");
    expect(text).toContain("Not tried by any probe");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("SARIF fails what was reached, and leaves open what is not known", () => {
    const { results } = JSON.parse(isolationSarif(isolationView(made, null))).runs[0];
    const kind = (configuration: string, probe: string) =>
      results.find(
        (one: { message: { text: string }; ruleId: string }) =>
          one.message.text.startsWith(`${configuration}: `) && one.ruleId === probe,
      ).kind;
    expect(kind("runc", "io-uring")).toBe("fail");
    expect(kind("crun", "read-host-file")).toBe("open");
    expect(kind("runsc", "io-uring")).toBe("pass");
    expect(results.some((one: { message: { text: string } }) => one.message.text.startsWith("native"))).toBe(
      false,
    );
  });

  test.for([
    ["terminal", isolationTerminal(view, { columns: 80, colour: false })],
    ["Markdown", isolationMarkdown(view)],
    ["SARIF", isolationSarif(view)],
  ] as const)("%s lets nothing through that steers", ([, text]) => {
    for (const steering of ["\u001b", "\u202e", "\n::error"]) expect(text).not.toContain(steering);
  });
});
