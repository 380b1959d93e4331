import { describe, expect, test } from "vitest";
import { upgradesOf } from "../../../src/check/upgrade.ts";
import { pageHtml } from "../../../src/report/run/html/page.ts";
import { renderMarkdown } from "../../../src/report/run/markdown.ts";
import { renderTerminal } from "../../../src/report/run/terminal.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import type { RunscUsed } from "../../../src/samples/run-manifest.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";
import { madeRun, NATIVE, RULES, RUNSC } from "../../check/sides.ts";
import { metricMeta } from "../../stats/records.ts";

const used = (label: string, version: string, flags: string[]): RunscUsed => ({
  label,
  version,
  sha256: "ab",
  source: null,
  flags: flags.map((name) => ({ name, default: null })),
});
const config = { debian: { ...RUNSC, runsc: "debian" }, latest: { ...RUNSC, runsc: "latest" } };
const run = madeRun({
  cells: [
    { config: NATIVE },
    { config: config.debian, metrics: { getpid: 1000, open: 5000, read: 700 } },
    { config: config.latest, metrics: { getpid: 1300, open: 3500, read: 700 } },
    { config: { ...config.debian, network: "sandbox" }, status: "unavailable" },
    { config: { ...config.latest, network: "sandbox" } },
  ],
  metas: ["getpid", "open", "read"].map((name) => metricMeta(name)),
  manifest: {
    runscs: [
      used("debian", "20240729", ["directfs"]),
      used("latest", "20260905", ["directfs", "host-settings"]),
    ],
  },
});
const summary = {
  ...summarise(run.manifest, run.launches),
  upgrades: upgradesOf(run, { rules: RULES, floors: {} }),
};
const view = buildView(run.manifest, summary, run.launches);

describe("the upgrade's answer", () => {
  test("counts verdicts, names what changed most and what only one can run", () => {
    expect(view.upgrades[0]?.text).toMatchInlineSnapshot(
      `"From runsc debian (20240729) to latest (20260905): operations: 1 worse, 1 better, 1 the same within 2 %. Dearest: getpid on systrap (cost +30.4 %). Cheapest: open on systrap (cost -29.5 %). 1 cell only latest can run."`,
    );
  });

  test("says how sure it is", () => {
    expect(view.upgrades[0]?.trust).toContain("Both ran in the same 15 random rounds.");
    expect(view.upgrades[0]?.trust).toContain(
      "among the 3 rows of a platform is held to 5 % each (joint sign flips of the rounds)",
    );
  });

  test("has a table of operations with an interval and n in every row, worst news first", () => {
    const [operations] = view.upgrades[0]!.sections;
    expect(operations?.rows.map(([metric, , verdict]) => [metric, verdict])).toEqual([
      ["syscalls getpid", "worse"],
      ["syscalls open", "better"],
      ["syscalls read", "the same"],
    ]);
    for (const row of operations!.rows) expect(row[4]).toMatch(/^\[.+, .+\] n=15$/);
  });

  test("names flags that one of them lacks", () => {
    expect(view.upgrades[0]?.gaps.at(-1)?.rows).toEqual([["only latest knows", "--host-settings"]]);
  });
});

test("Markdown, terminal and page have the same answer", async () => {
  const { text, title } = view.upgrades[0]!;
  expect(renderMarkdown(view)).toContain(`## ${title}`);
  const terminal = renderTerminal(view, { columns: 80, colour: false, files: [] });
  expect(terminal.replaceAll(/\s+/g, " ")).toContain(text);
  expect(Math.max(...terminal.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  const page = await pageHtml(view);
  expect(page).toContain('id="section-upgrade-debian-latest"');
  expect(page).toContain('"upgrade-debian-latest"');
});

test("charts show the newest runsc alone, and nothing is lost of the older one", () => {
  const columns = view.performance!.matrices.flatMap((matrix) =>
    matrix.columns.map((one) => one.configuration),
  );
  expect(columns).toEqual([
    "runsc@latest/systrap/net=none/seccomp=none",
    "runsc@latest/systrap/net=sandbox/seccomp=none",
  ]);
  expect(summary.cells.map(({ cell }) => cell)).toContain(
    "runsc@debian/systrap/net=none/seccomp=none::syscalls",
  );
});
