/** The report as a reader opens it: a file, in Debian's Chromium, without a network. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../src/report/run/write-report.ts";
import { fixture } from "../report/fixture.ts";
import { cellContrasts, textContrasts } from "./contrast.ts";

const CHROMIUM = "/usr/bin/chromium";
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const scratch = mkdtempSync(path.join(tmpdir(), "sbx-page-"));
let file = "";
let context: BrowserContext | null = null;

beforeAll(async () => {
  const files = await writeReport({ ...fixture({ rounds: 7 }), dir: path.join(scratch, "run") });
  file = files.html;
});
afterEach(async () => {
  await context?.close();
  context = null;
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Seen = { page: Page; console: string[]; requests: string[] };

async function open(
  html: string,
  options: { viewport: typeof PHONE; colorScheme?: "light" | "dark" },
): Promise<Seen> {
  const profile = mkdtempSync(path.join(scratch, "profile-"));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ARGS,
    acceptDownloads: true,
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  const seen: Seen = { page, console: [], requests: [] };
  page.on("console", (message) => seen.console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => seen.console.push(`uncaught: ${error.message}`));
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.goto(pathToFileURL(html).href);
  return seen;
}

/** Scrolls through the page, so that every chart comes into view, and waits for each. */
async function drawAll(page: Page): Promise<void> {
  for (const details of await page.locator("details.fold").all())
    await details.evaluate((element) => element.setAttribute("open", ""));
  for (const figure of await page.locator("figure[data-chart]").all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator(".live svg").waitFor({ timeout: 60_000 });
  }
}

const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env.CI) throw new Error(`${CHROMIUM} is missing: install Debian's chromium`);

describe.skipIf(!hasChromium)(`report.html in ${CHROMIUM} (skipped where it is not installed)`, () => {
  test("draws every chart, says nothing on the console and asks nothing of the network", async () => {
    const { page, console, requests } = await open(file, { viewport: DESKTOP });
    await drawAll(page);
    for (const figure of await page.locator("figure[data-chart]").all()) {
      const marks = figure.locator(
        ".live g.role-mark.mark-symbol path, .live g.role-mark.mark-rect path, .live g.role-mark.mark-line path",
      );
      expect(await marks.count(), (await figure.getAttribute("data-chart")) ?? "").toBeGreaterThan(4);
    }
    expect(console).toEqual([]);
    expect(requests.filter((url) => !/^(data|blob):/.test(url))).toEqual([pathToFileURL(file).href]);
  });

  test.each(["csv", "svg", "png"])("every %s button makes a file", async (kind) => {
    const { page } = await open(file, { viewport: DESKTOP });
    for (const details of await page.locator("details.fold").all())
      await details.evaluate((element) => element.setAttribute("open", ""));
    for (const figure of await page.locator("figure[data-chart]").all()) {
      const saved = page.waitForEvent("download");
      await figure.locator(`button[data-export=${kind}]`).click();
      const download = await saved;
      const target = path.join(scratch, download.suggestedFilename());
      await download.saveAs(target);
      expect(download.suggestedFilename()).toBe(
        `20261123-101500-quick-${await figure.getAttribute("data-chart")}.${kind}`,
      );
      expect(statSync(target).size).toBeGreaterThan(300);
      const head = readFileSync(target).subarray(0, 8).toString("latin1");
      if (kind === "png") expect(head.slice(1, 4)).toBe("PNG");
      if (kind === "svg") expect(head.slice(0, 4)).toBe("<svg");
    }
  });

  test("a cell of the heatmap tells its interval when it is pointed at", async () => {
    const { page } = await open(file, { viewport: DESKTOP });
    const heatmap = page.locator("figure[data-chart=overhead-none]");
    await heatmap.scrollIntoViewIfNeeded();
    await heatmap.locator(".live g.mark-rect.role-mark path").first().hover();
    await expect.poll(() => page.locator("#vg-tooltip-element").textContent()).toMatch(/\[.+, .+\] n=7/);
  });

  test("the numbers of a chart unfold", async () => {
    const { page } = await open(file, { viewport: DESKTOP });
    const numbers = page.locator("figure[data-chart=ladder] details.numbers");
    expect(await numbers.locator("table").isVisible()).toBe(false);
    await numbers.locator("summary").click();
    expect(await numbers.locator("tbody tr").count()).toBeGreaterThan(20);
    expect(await numbers.locator("table").isVisible()).toBe(true);
  });

  test.each(["light", "dark"] as const)("a phone scrolls down only, %s", async (colorScheme) => {
    const { page } = await open(file, { viewport: PHONE, colorScheme });
    await drawAll(page);
    for (const details of await page.locator("details").all())
      await details.evaluate((element) => element.setAttribute("open", ""));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
  });

  test.each(["light", "dark"] as const)("text can be read on its background, %s", async (colorScheme) => {
    const { page } = await open(file, { viewport: DESKTOP, colorScheme });
    await drawAll(page);
    expect(await textContrasts(page, 4.5)).toEqual([]);
    expect(await cellContrasts(page, "figure[data-chart=overhead-none] .live", 4.5)).toEqual([]);
  });

  test("charts follow the colour scheme and the width of the page", async () => {
    const { page } = await open(file, { viewport: DESKTOP });
    await drawAll(page);
    const background = () =>
      page
        .locator("figure[data-chart=memory] .live svg")
        .evaluate((svg) => getComputedStyle(svg).backgroundColor);
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(background, { timeout: 60_000 }).toBe("rgb(21, 24, 29)");
    await page.setViewportSize(PHONE);
    const width = () =>
      page.locator("figure[data-chart=memory] .live svg").evaluate((svg) => svg.clientWidth);
    await expect.poll(width, { timeout: 60_000 }).toBeLessThan(400);
  });

  test("without scripts the charts are there as pictures", async () => {
    const profile = mkdtempSync(path.join(scratch, "profile-"));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      args: ARGS,
      javaScriptEnabled: false,
      viewport: DESKTOP,
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator("figure[data-chart=ladder] .static svg").isVisible()).toBe(true);
    expect(await page.locator("figure[data-chart=ladder] button").first().isVisible()).toBe(false);
  });

  test("paper shows the light pictures, also of a dark page", async () => {
    const { page } = await open(file, { viewport: DESKTOP, colorScheme: "dark" });
    await drawAll(page);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const ladder = page.locator("figure[data-chart=ladder]");
    expect(await ladder.locator(".static svg").isVisible()).toBe(true);
    expect(await ladder.locator(".live").isVisible()).toBe(false);
  });

  test("an emulated run shows its banner and no chart", async () => {
    const emulated = fixture({ rounds: 7, scenarios: ["syscalls"], emulated: true });
    const { html } = await writeReport({ ...emulated, dir: path.join(scratch, "emulated") });
    const { page, console } = await open(html, { viewport: DESKTOP });
    expect(await page.locator(".banner").textContent()).toMatch(/^Functional test only/);
    expect(await page.locator("figure").count()).toBe(0);
    expect(console).toEqual([]);
  });
});
