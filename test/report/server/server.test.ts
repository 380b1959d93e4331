import { expect, test } from "vitest";
import { painter } from "../../../src/report/kit/terminal-table.ts";
import { latencyChart } from "../../../src/report/server/chart.ts";
import { serverSection } from "../../../src/report/server/html.ts";
import { serverMarkdown } from "../../../src/report/server/markdown.ts";
import { serverLines } from "../../../src/report/server/terminal.ts";
import { serverViews, withoutServers } from "../../../src/report/server/view.ts";
import { aServer, serverRun } from "./a-server.ts";

test("every configuration has its figures by rate, or the reason why there are none", () => {
  const view = aServer();
  expect(view.rates).toEqual([100, 400]);
  expect(view.rows.map(({ label, missing }) => [label, missing])).toEqual([
    ["native", null],
    ["unshare · sandbox · default", "failed: the server speaks <b>TLS</b>"],
    ["runsc systrap · sandbox", null],
  ]);
  const runsc = view.rows[2]!;
  expect(runsc.capacityMissing).toBe("no rate held");
  expect(runsc.rates.map(({ p99, missing }) => [p99?.value ?? null, missing])).toEqual([
    [4_500_000, null],
    [null, "the server was full at 100 requests/s"],
  ]);
});

test("the charts and tables of other scenarios are without the servers", () => {
  const run = serverRun();
  const others = withoutServers(run, serverViews(run));
  expect([others.index.scenarios, others.index.metrics]).toEqual([[], []]);
});

test("the terminal has the measured ones with their intervals, in 80 columns", () => {
  const lines = serverLines(aServer(), 80, painter(false));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "Server api: medians ± 95 % interval, 7 launches
                                         first answer          holds         memory
    native                                 20 ms ±10%     3 k/s ±10%              -
    runsc systrap · sandbox               300 ms ±10%              -              -
    p99 at                                      100/s          400/s
    native                                900 µs ±10%    900 µs ±10%
    runsc systrap · sandbox              4.50 ms ±10%           full
    holds: highest rate with every request answered and p99 within 20 ms; full: it
    was at a lower rate
    "
  `);
});

test("Markdown and page have every rate, and what failed with its words made harmless", async () => {
  const view = aServer();
  const markdown = serverMarkdown(view).join("\n");
  expect(markdown).toMatch(/\| runsc systrap · sandbox \| 100 \|.* 4\.50 ms \[4\.05, 4\.95\] n=7 \|/);
  expect(markdown).toContain("the server was full at 100 requests/s");
  const { html } = await serverSection(view, latencyChart(view));
  for (const text of [markdown, html]) expect(text).not.toContain("<b>TLS");
});

test("the chart draws what was measured, with its intervals", () => {
  const chart = latencyChart(aServer());
  expect(chart?.csv.rows).toContainEqual([
    "runsc/systrap/net=sandbox/seccomp=none",
    "p99",
    100,
    4_500_000,
    4_050_000,
    4_950_000,
    7,
  ]);
  expect(chart?.csv.rows.filter(([configuration]) => String(configuration).startsWith("unshare"))).toEqual(
    [],
  );
});

test("a server that was measured nowhere has no chart and no lines", () => {
  const view = aServer();
  const failed = { ...view, rows: view.rows.filter(({ missing }) => missing !== null) };
  expect(latencyChart(failed)).toBeNull();
  expect(serverLines(failed, 80, painter(false))).toEqual([]);
});
