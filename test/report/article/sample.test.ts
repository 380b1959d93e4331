import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { costReport } from "../../../src/model/cost-report.ts";
import { articleMarkdown } from "../../../src/report/article/markdown.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { LAUNCHES_FILE, readManifest } from "../../../src/run/run-folder.ts";
import { readLaunchLog } from "../../../src/samples/launch-log.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";

const ROOT = join(import.meta.dirname, "../../..");
const SAMPLE = join(ROOT, "reports/sample-article");
const PAGE = join(ROOT, "docs/article.md");
const scratch = mkdtempSync(join(tmpdir(), "sbx-sample-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Everything is made anew from the launches; SBX_UPDATE=1 writes it. */
const log = join(scratch, LAUNCHES_FILE);
writeFileSync(log, gunzipSync(readFileSync(join(SAMPLE, `${LAUNCHES_FILE}.gz`))));
const manifest = readManifest(SAMPLE);
const { records, bad } = readLaunchLog(log);

const MADE = /(<!-- made from [^>]*-->\n)[\s\S]*?(<!-- end -->)/;
const cost = costReport(manifest, records, new Map(), null);
const article = buildView(manifest, summarise(manifest, records), records, cost).article!;

if (process.env.SBX_UPDATE === "1") {
  writeFileSync(join(SAMPLE, "article.json"), `${JSON.stringify(article, null, 1)}\n`);
  const page = readFileSync(PAGE, "utf8");
  const made = articleMarkdown(article);
  writeFileSync(
    PAGE,
    page.replace(MADE, (_, start: string, end: string) => `${start}\n${made}\n\n${end}`),
  );
}

test("the stored run is whole, and of the preset", () => {
  expect(bad).toEqual([]);
  expect(manifest).toMatchObject({ preset: "article", emulated: false });
  expect(manifest.commandLine).toEqual(["run", "--preset", "article", "--matrix"]);
  expect(manifest.rounds).toBeGreaterThanOrEqual(11);
  expect(manifest.endedAt).not.toBeNull();
});

test("article.json is what its launches yield (SBX_UPDATE=1 writes it)", () => {
  expect(JSON.parse(readFileSync(join(SAMPLE, "article.json"), "utf8"))).toEqual(article);
});

test("docs/article.md shows the stored run (SBX_UPDATE=1 writes it)", () => {
  const [region, start, end] = MADE.exec(readFileSync(PAGE, "utf8")) ?? [];
  expect(region).toBe(`${start}\n${articleMarkdown(article)}\n\n${end}`);
});

test("no figure of docs/article.md is typed by hand", () => {
  const prose = readFileSync(PAGE, "utf8").replace(MADE, "");
  expect(prose.match(/\d[\d.,]*\s?(ns|µs|ms|s|KiB|MiB|MB|x|%|times|of)\b|×\s?\d|\bn=\d/g)).toBeNull();
});

test("the stored run holds no absolute path of the machine that it is of", () => {
  const text = readFileSync(join(SAMPLE, "run.json"), "utf8");
  expect(text.match(/"\/(home|root|work|tmp|Users)\b[^"]*"/g)).toBeNull();
});
