import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { costReport } from "../../../src/model/cost-report.ts";
import { articleHtml } from "../../../src/report/article/html.ts";
import { pageHtml } from "../../../src/report/run/html/page.ts";
import { renderMarkdown } from "../../../src/report/run/markdown.ts";
import { renderTerminal } from "../../../src/report/run/terminal.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { writeReport } from "../../../src/report/run/write-report.ts";
import { KVM_REASON, madeMeasured } from "./made-run.ts";

const scratch = mkdtempSync(join(tmpdir(), "sbx-article-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const measured = madeMeasured({
  figures: ({ sandbox }, metric) => (metric === "torn-reads" ? 0 : sandbox === "native" ? 100 : 4_000),
  hasKvm: false,
});
const view = buildView(measured.manifest, measured.summary, measured.launches);
const other = madeMeasured({ figures: () => 1, manifest: { preset: "quick" } });
const otherView = buildView(other.manifest, other.summary, other.launches);
const claims = view.article!.groups.flatMap((group) => group.claims);
const terminal = { columns: 80, colour: false, files: [] };

describe("a run of another preset", () => {
  test("has no word of the article anywhere", async () => {
    expect(otherView.article).toBeNull();
    expect(renderMarkdown(otherView)).not.toContain("The article, checked");
    expect(renderTerminal(otherView, terminal)).not.toContain("statements of the article");
    expect(await pageHtml(otherView)).not.toContain('id="article"');
  });

  test("writes no article.json", async () => {
    const dir = join(scratch, "other");
    await writeReport({ ...other, dir });
    expect(readdirSync(dir)).not.toContain("article.json");
  });
});

test("article.json holds what the view shows, with the terms of the fitted model", async () => {
  const dir = join(scratch, "article");
  await writeReport({ ...measured, dir });
  const { manifest, summary, launches } = measured;
  const fitted = buildView(manifest, summary, launches, costReport(manifest, launches, new Map(), null));
  expect(JSON.parse(readFileSync(join(dir, "article.json"), "utf8"))).toEqual(fitted.article);
  expect(fitted.article!.classes[0]!.fitted.length).toBeGreaterThan(0);
});

describe("the page", () => {
  test("has a card a claim, and the section in its contents", async () => {
    const page = await pageHtml(view);
    expect(page).toContain('<a href="#article">The article</a>');
    expect(page.match(/<article class="claim /g)).toHaveLength(claims.length);
  });

  test("every card says its verdict in words", () => {
    const html = articleHtml(view.article!);
    for (const words of ["does not hold here", "cannot be true as stated", "could not be measured here"]) {
      expect(html).toContain(`<span class="tag">${words}</span>`);
    }
  });

  test("what the claims say is text, not markup", () => {
    const [group] = view.article!.groups;
    const claim = { ...group!.claims[0]!, subject: "<script>", why: "a < b, `x & y`" };
    const html = articleHtml({ ...view.article!, groups: [{ ...group!, claims: [claim] }] });
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain("a &lt; b, <code>x &amp; y</code>");
  });
});

test("quoted commands are code in Markdown", () => {
  expect(renderMarkdown(view)).toContain("`runsc run` on a bundle");
});

describe("every renderer", () => {
  test.each([
    ["Markdown", renderMarkdown(view)],
    ["the page", articleHtml(view.article!)],
  ])("%s names every claim, and kvm's reason in full and once", (_, text) => {
    const plain = text.replaceAll("&amp;", "&").replaceAll("&lt;", "<");
    for (const { subject } of claims) expect(plain).toContain(subject);
    expect(plain.split("More about it.").length).toBe(_ === "Markdown" ? plain.split(KVM_REASON).length : 2);
  });

  test("the terminal names every claim with its figure, within its width", () => {
    const text = renderTerminal(view, terminal);
    const words = text.replaceAll(/\s+/g, " ");
    for (const { subject, measured } of claims) {
      expect(words).toContain(subject);
      expect(words).toContain(measured.replaceAll(/\s+/g, " "));
    }
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

test("in the terminal the claims take the place of the tables", () => {
  expect(renderTerminal(view, terminal)).toMatch(/^Of \d+ statements of the article, /);
  expect(renderTerminal(view, terminal)).not.toContain("What each layer adds");
});

test.each([
  [0.27, false],
  [0.8, true],
])("with a share of %d of the launches disturbed, every renderer warns: %s", (disturbedShare, warns) => {
  const article = { ...view.article!, disturbedShare };
  for (const text of [
    renderMarkdown({ ...view, article }),
    renderTerminal({ ...view, article }, terminal).replaceAll("\n", " "),
    articleHtml(article),
  ]) {
    expect(text.includes("on a quieter host")).toBe(warns);
  }
});

test("fitted terms of a model stand with their class", () => {
  const [first, ...rest] = view.article!.classes;
  const fitted = [{ label: "fitted", text: "2.70 µs [2.60, 2.80] n=15" }];
  const html = articleHtml({ ...view.article!, classes: [{ ...first!, fitted }, ...rest] });
  expect(html).toContain("<td>fitted</td><td>2.70 µs [2.60, 2.80] n=15</td>");
});
