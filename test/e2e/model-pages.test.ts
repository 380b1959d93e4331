/** *Why*, *predicted against measured* and *what if* as a reader uses them: in Debian's Chromium, without a network. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { costReport } from "../../src/model/cost-report.ts";
import { predictTime } from "../../src/model/predict-time.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";
import { writeReport } from "../../src/report/run/write-report.ts";
import { madeCell } from "../model/made-model.ts";
import { fixture } from "../report/fixture.ts";
import { textContrasts } from "./contrast.ts";

const CHROMIUM = "/usr/bin/chromium";
const ARGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SYSTRAP = "runsc/systrap/net=none/seccomp=none";
const scratch = mkdtempSync(path.join(tmpdir(), "sbx-model-page-"));
const run = fixture({ rounds: 7, scenarios: ["syscalls", "files"], sandboxes: ["native", "runc", "runsc"] });
let file = "";
let context: BrowserContext | null = null;

beforeAll(async () => {
  const dir = path.join(scratch, "run");
  mkdirSync(dir);
  const cells = ["gzip", "grep", "go", "redis", "sqlite"].map((name) => madeCell(name));
  const program = { program: "gzip", configuration: SYSTRAP, nativeNs: 1e8, measured: 2.2, modelled: 1.8 };
  const programs = [{ ...program, measuredLow: 2.1, measuredHigh: 2.3, parts: [{ term: "trap", ns: 80e6 }] }];
  writeFileSync(
    path.join(dir, "model.json"),
    JSON.stringify({ schema: "sbx-bench/model@1", cells, programs }),
  );
  file = (await writeReport({ ...run, dir })).html;
});
afterEach(async () => {
  await context?.close();
  context = null;
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Options = { viewport: typeof PHONE; colorScheme?: "light" | "dark" };

async function open(options: Options): Promise<{ page: Page; console: string[] }> {
  context = await chromium.launchPersistentContext(mkdtempSync(path.join(scratch, "profile-")), {
    executablePath: CHROMIUM,
    args: ARGS,
    acceptDownloads: true,
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  const console: string[] = [];
  page.on("console", (message) => console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => console.push(`uncaught: ${error.message}`));
  await page.goto(pathToFileURL(file).href);
  return { page, console };
}

async function draw(figure: Locator): Promise<void> {
  await figure.scrollIntoViewIfNeeded();
  await figure.locator(".live svg").waitFor({ timeout: 60_000 });
}

const slowdownOf = async (page: Page, configuration = SYSTRAP) =>
  Number.parseFloat(
    (await page.locator(`#what-if-results [data-configuration="${configuration}"] .value`).textContent()) ??
      "",
  );

const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env.CI) throw new Error(`${CHROMIUM} is missing: install Debian's chromium`);

describe.skipIf(!hasChromium)(`the model's pages in ${CHROMIUM} (skipped where it is not installed)`, () => {
  test("another configuration brings its own stacks, costs and gaps, and the first one comes back", async () => {
    const { page, console } = await open({ viewport: DESKTOP });
    const figure = page.locator("figure[data-chart=why]");
    await draw(figure);
    const bars = () => figure.locator(".live svg").innerHTML();
    const numbers = () => figure.locator(".numbers tbody :is(th, td)").allTextContents();
    const costs = () => page.locator("#why-costs tbody :is(th, td)").allTextContents();
    const before = { bars: await bars(), numbers: await numbers(), costs: await costs() };
    const choice = page.locator("#why-choice");
    const label = await choice.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label);
    await choice.selectOption({ label: "runsc ptrace · net none" });
    await expect.poll(bars, { timeout: 60_000 }).not.toBe(before.bars);
    expect(await numbers()).not.toEqual(before.numbers);
    expect(await costs()).not.toEqual(before.costs);
    await choice.selectOption({ label: label ?? "" });
    expect(await numbers()).toEqual(before.numbers);
    expect(await costs()).toEqual(before.costs);
    expect(console).toEqual([]);
  });

  test("programs are hidden where a configuration has none, and come back", async () => {
    const { page } = await open({ viewport: DESKTOP });
    const programs = page.locator("figure[data-chart=why-programs]");
    expect(await programs.isVisible()).toBe(true);
    await page.locator("#why-choice").selectOption({ label: "runc · net none" });
    expect(await programs.isVisible()).toBe(false);
    await page.locator("#why-choice").selectOption({ label: "runsc systrap · net none" });
    expect(await programs.isVisible()).toBe(true);
  });

  test("the CSV is that of the configuration shown", async () => {
    const { page } = await open({ viewport: DESKTOP });
    await draw(page.locator("figure[data-chart=why]"));
    await page.locator("#why-choice").selectOption({ label: "runc · net none" });
    const saved = page.waitForEvent("download");
    await page.locator("figure[data-chart=why] button[data-export=csv]").click();
    const target = path.join(scratch, "why.csv");
    await (await saved).saveAs(target);
    const lines = readFileSync(target, "utf8").trim().split("\n");
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines.slice(1)) expect(line.split(",")[1]).toBe("runc/net=none/seccomp=none");
  });

  test("numbers typed in give the slowdown that the model gives", async () => {
    const { page, console } = await open({ viewport: DESKTOP });
    const { model } = costReport(run.manifest, run.launches, new Map(), null)!;
    const member = model!.configurations.find(({ configuration }) => configuration === SYSTRAP)!;
    await page.locator("button[data-example]", { hasText: "compute" }).click();
    await page.locator("#section-what-if summary").first().click();
    for (const [id, value] of Object.entries({ calls: 200_000, think: 0, faults: 0, computing: 0 }))
      await page.locator(`#what-if-${id}`).fill(String(value));
    const expected = predictTime(1e9, { demand: { trap: 200_000 }, overlap: 1 }, member, NO_CORRECTIONS);
    expect(expected.slowdown).toBeGreaterThan(1.1);
    expect(await slowdownOf(page)).toBeCloseTo(expected.slowdown, 2);
    const interval = page.locator(`#what-if-results [data-configuration="${SYSTRAP}"] .interval`);
    expect(await interval.textContent()).toMatch(/^\[[\d.]+, [\d.]+\] n=7$/);
    expect(console).toEqual([]);
  });

  test("a slider moves its number and the results", async () => {
    const { page } = await open({ viewport: DESKTOP });
    await page.locator("#section-what-if summary").first().click();
    for (const id of ["messages", "messageSize", "computing", "wakes"])
      await page.locator(`#what-if-${id}`).fill("0");
    const before = await slowdownOf(page);
    const slider = page.locator("[data-slider=calls]");
    await slider.focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press("PageUp");
    expect(Number(await page.locator("#what-if-calls").inputValue())).toBeGreaterThan(60_000);
    expect(await slowdownOf(page)).toBeGreaterThan(before);
  });

  test("a program that needs what this run has not measured gets no number, and the reason", async () => {
    const { page } = await open({ viewport: DESKTOP });
    await page.locator("button[data-example]", { hasText: "HTTP server" }).click();
    const unknown = page.locator("#what-if-unknown");
    await expect.poll(() => unknown.locator("summary").textContent()).toMatch(/have no number/);
    expect(await unknown.locator("ul").textContent()).toMatch(/message through the network stack.*network/);
    expect(await page.locator(`#what-if-results [data-configuration="${SYSTRAP}"]`).count()).toBe(0);
  });

  test.each(["light", "dark"] as const)(
    "a phone scrolls down only, and text can be read, %s",
    async (colorScheme) => {
      const { page } = await open({ viewport: PHONE, colorScheme });
      for (const id of ["why", "why-programs", "predicted"])
        await draw(page.locator(`figure[data-chart=${id}]`));
      for (const details of await page.locator("#section-what-if details, #section-why details").all())
        await details.evaluate((element) => element.setAttribute("open", ""));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(PHONE.width);
      expect(await textContrasts(page, 4.5)).toEqual([]);
    },
  );
});
