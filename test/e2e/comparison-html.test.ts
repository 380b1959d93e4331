import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderComparisonHtml } from "../../src/report/comparison/html.ts";
import { comparisonFixture } from "../report/comparison/fixture.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

let dir = "";
let browser: Browser;

describe.skipIf(CHROMIUM === undefined)("the page of a comparison in Chromium", () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "sbx-comparison-"));
    writeFileSync(join(dir, "page.html"), await renderComparisonHtml(comparisonFixture()));
    // Chromium's own sandbox does not start for root.
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The page as drawn, with everything that went wrong and everything that it tried to fetch. */
  async function open(options: BrowserContextOptions) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("request", (request) => {
      if (/^https?:/.test(request.url())) problems.push(`fetched ${request.url()}`);
    });
    await page.goto(`file://${join(dir, "page.html")}`);
    await page.waitForSelector("figure.drawn .live svg");
    return { page, problems, close: () => context.close() };
  }

  test.each([
    ["on a desk", { viewport: { width: 1280, height: 900 } }],
    ["in the dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 390, height: 800 } }],
  ] as const)("%s it draws its chart, fetches nothing and does not scroll sideways", async (_, options) => {
    const { page, problems, close } = await open(options);
    const overflow = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    expect({ problems, overflow }).toEqual({ problems: [], overflow: 0 });
    await close();
  });

  test("the chart has a point for every gated metric, and its legend tells verdicts by shape", async () => {
    const { page, close } = await open({ viewport: { width: 1280, height: 900 } });
    const points = await page.locator(".live .mark-symbol.role-mark path").count();
    expect(points).toBe(17);
    const shapes = await page
      .locator(".live .role-legend-symbol path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
    expect(new Set(shapes).size).toBe(4);
    await close();
  });

  test("what stayed the same is folded, and every link of the contents leads somewhere", async () => {
    const { page, close } = await open({ viewport: { width: 1280, height: 900 } });
    expect(await page.locator("#same details").getAttribute("open")).toBeNull();
    const targets = await page
      .locator("nav a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    const missing: string[] = [];
    for (const target of targets) if ((await page.locator(target).count()) !== 1) missing.push(target);
    expect(missing).toEqual([]);
    await close();
  });
});
