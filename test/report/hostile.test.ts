/** Whatever a text of a run says, no renderer lets it steer the terminal, the page, the sheet or the CI system. */
import { describe, expect, test } from "vitest";
import { doctorReport } from "../../src/probe/doctor.ts";
import { renderComparisonHtml } from "../../src/report/comparison/html.ts";
import { COMPARISON_FORMATS, renderComparison } from "../../src/report/comparison/render-comparison.ts";
import { doctorText } from "../../src/report/doctor/terminal.ts";
import { EXPORT_FORMATS, renderExport } from "../../src/report/exports/render-export.ts";
import { historyPage } from "../../src/report/history/page.ts";
import { historyTerminal } from "../../src/report/history/terminal.ts";
import { chartToSvg } from "../../src/report/kit/render-chart.ts";
import { visibleScreen } from "../../src/report/kit/terminal-table.ts";
import { verifiedTerminal } from "../../src/report/predict/verified.ts";
import { renderProfile } from "../../src/report/profile/terminal.ts";
import { pageHtml } from "../../src/report/run/html/page.ts";
import { renderMarkdown } from "../../src/report/run/markdown.ts";
import { renderTerminal } from "../../src/report/run/terminal.ts";
import { buildView } from "../../src/report/run/view/build-view.ts";
import { frontChart } from "../../src/report/tune/front-chart.ts";
import { tuneMarkdown } from "../../src/report/tune/markdown.ts";
import { tunePage } from "../../src/report/tune/page.ts";
import { tuneTerminal } from "../../src/report/tune/terminal.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { AFTER, BEFORE, FAKE_PROBE } from "../probe/fake-probe.ts";
import { PROFILE } from "../profile/profile.ts";
import { madeMeasured } from "./article/made-run.ts";
import { comparisonFixture } from "./comparison/fixture.ts";
import { parseXml } from "./comparison/xml.ts";
import { parseOpenMetrics } from "./exports/open-metrics.ts";
import { fixture } from "./fixture.ts";
import { OPS } from "./fixture-ops.ts";
import { history, points, STEP } from "./history/points.ts";
import { faults, HOSTILE, hostile } from "./hostile.ts";
import { madeFactor, madeReport } from "./tune/made-report.ts";

type Measured = Pick<ReturnType<typeof fixture>, "manifest" | "launches">;

function measuredAgain({ manifest, launches }: Measured) {
  return { manifest, launches, summary: summarise(manifest, launches) };
}

/** Names that charts and headlines look for stay in the first, which shows everything; in the second none does. */
const OWN_NAMES = new Set([
  ...Object.keys(OPS),
  ...Object.values(OPS).flatMap((ops) => ops.map((op) => op.metric)),
]);
const NAMED = measuredAgain(hostile(fixture({ rounds: 6 }), (text) => OWN_NAMES.has(text)));
const NAMELESS = measuredAgain(hostile(fixture({ rounds: 6, scenarios: ["syscalls", "files"] })));
const SMALL = measuredAgain(
  hostile(fixture({ rounds: 3, scenarios: ["cpu"], sandboxes: ["native", "runc"] })),
);
const ARTICLE = measuredAgain(
  hostile(madeMeasured({ figures: () => 100, hasKvm: false }), (text) => !/\s/.test(text)),
);
const COMPARISON = hostile(comparisonFixture());
const TUNED = hostile(madeReport(madeFactor(1)), (text) => /^[\w=/;.+-]+$/.test(text));
const HISTORY = hostile(history(points(STEP)));
const SCREEN = { columns: 80, files: [HOSTILE] };
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const withoutColours = (text: string) => text.replaceAll(/\u001b\[(?:0|1|2|22|31|32|33|36|39)m/g, "");

/** A page but for the code of others in it. */
function withoutCode(html: string): string {
  return html.replaceAll(/<script>[\s\S]*?<\/script>/g, "");
}

const PLAIN: [string, () => string | Promise<string>][] = [
  ...[NAMED, NAMELESS, ARTICLE].flatMap((run, index): [string, () => string | Promise<string>][] => {
    const view = () => buildView(run.manifest, run.summary, run.launches);
    return [
      [`terminal ${index}`, () => renderTerminal(view(), { ...SCREEN, colour: false })],
      [
        `coloured terminal ${index}`,
        () => withoutColours(renderTerminal(view(), { ...SCREEN, colour: true })),
      ],
      [`report.md ${index}`, () => renderMarkdown(view())],
      [`report.html ${index}`, async () => withoutCode(await pageHtml(view()))],
    ];
  }),
  ...EXPORT_FORMATS.map((format): [string, () => string] => [
    `report as ${format}`,
    () => renderExport(NAMELESS.summary, NAMELESS.launches, format).replaceAll("\r\n", "\n"),
  ]),
  ...COMPARISON_FORMATS.filter((format) => format !== "github").map((format): [string, () => string] => [
    `comparison as ${format}`,
    () => renderComparison(COMPARISON, format, { all: true }).replaceAll("\r\n", "\n"),
  ]),
  ["comparison page", async () => withoutCode(await renderComparisonHtml(COMPARISON))],
  ["tune terminal", () => tuneTerminal(TUNED, { columns: 80, colour: false })],
  ["tune markdown", () => tuneMarkdown(TUNED)],
  ["tune page", async () => withoutCode(await tunePage(TUNED))],
  ["front chart", async () => chartToSvg(frontChart(TUNED)!, "light")],
  ["history terminal", () => historyTerminal(HISTORY, { columns: 80, colour: false })],
  ["history page", async () => withoutCode(await historyPage(HISTORY))],
  ["profile", () => renderProfile(hostile(PROFILE), 80)],
  [
    "verified",
    () => {
      const predicted = { value: 1, low: 1, high: 1 };
      const cell = { configuration: HOSTILE, predicted, measured: null, reason: HOSTILE };
      return verifiedTerminal([cell], { columns: 80, colour: false });
    },
  ],
  ["doctor", () => visibleScreen(doctorText(hostile(doctorReport(FAKE_PROBE, BEFORE, AFTER)), false), false)],
];

test.each(PLAIN)("%s", async (_, render) => {
  const text = await render();
  expect(text.length).toBeGreaterThan(50);
  expect(faults(text)).toEqual([]);
});

test("the words are still there to be read", () => {
  const view = buildView(NAMED.manifest, NAMED.summary, NAMED.launches);
  expect(renderMarkdown(view)).toContain("\\x1b]0;owned\\x07\\x1b[2J");
  expect(renderTerminal(view, { ...SCREEN, colour: false })).toContain("\\u202eback\\u202c");
});

describe("annotations", () => {
  const lines = renderComparison(COMPARISON, "github").trimEnd().split("\n");

  test("every line is a command of ours, and holds no other", () => {
    for (const line of lines) {
      const [, message] = /^::(?:error|warning|notice) title=[^:,]*::(.*)$/.exec(line) ?? [];
      expect(message).toBeDefined();
      expect(faults(message!.replaceAll("%0A", "\n").replaceAll("%25", "%"))).toEqual([]);
    }
  });

  test("no title holds what is hidden", () => {
    expect(faults(lines.map((line) => line.slice(2)).join("\n"))).toEqual([]);
  });
});

describe("other programs still read", () => {
  test("JSON: the very words, escaped", () => {
    expect(JSON.parse(renderComparison(COMPARISON, "json"))).toEqual(COMPARISON);
  });

  test("SARIF: made visible, since its viewers show them", () => {
    const { runs } = JSON.parse(renderComparison(COMPARISON, "sarif"));
    const texts: string[] = runs[0].results.map((one: { message: { text: string } }) => one.message.text);
    expect(texts.flatMap(faults)).toEqual([]);
  });

  test("JUnit", () => {
    expect(parseXml(renderComparison(COMPARISON, "junit")).name).toBe("testsuites");
  });

  test("OpenMetrics", () => {
    const families = parseOpenMetrics(renderExport(SMALL.summary, [], "openmetrics"));
    expect(families.size).toBeGreaterThan(3);
  });

  test("the page's data: as the page will show them", async () => {
    const view = buildView(NAMED.manifest, NAMED.summary, NAMED.launches);
    const html = await pageHtml(view);
    const blocks = [...html.matchAll(/<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/g)];
    const texts: string[] = [];
    for (const [, json = ""] of blocks)
      JSON.parse(json, (_, value) => {
        if (typeof value === "string") texts.push(value);
        return value;
      });
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.flatMap(faults)).toEqual([]);
  });
});
