import { expect, test } from "vitest";
import { costReport } from "../../../../src/model/cost-report.ts";
import { codeForScript, escapeHtml, jsonForScript } from "../../../../src/report/kit/escape.ts";
import { pageHtml } from "../../../../src/report/run/html/page.ts";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import { type FixtureOptions, fixture } from "../../fixture.ts";

async function pageOf(options: FixtureOptions) {
  const { manifest, summary, launches } = fixture({ rounds: 7, ...options });
  return pageHtml(buildView(manifest, summary, launches, costReport(manifest, launches, new Map(), null)));
}

const page = await pageOf({});
const words = page.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "");

test("the page stays below 3.5 MB", () => {
  expect(Buffer.byteLength(page)).toBeLessThan(3_500_000);
});

test("it names nothing that a browser would fetch", () => {
  expect(words).not.toMatch(/\b(src|href)="(?!#|data:)/);
  expect(page).not.toMatch(/@import|sourceMappingURL/);
});

test("it forbids the browser to fetch", () => {
  expect(page).toContain("default-src 'none'");
});

test("every link of the contents has its section", () => {
  const targets = [...words.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(targets.length).toBeGreaterThan(8);
  for (const id of targets) expect(words).toContain(`id="${id}"`);
});

test("no id is used twice", () => {
  const ids = [...words.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("what a failed program printed is text, not markup", () => {
  expect(words).toContain("fatal error: &lt;unexpected&gt; signal &amp; &quot;quotes&quot; &lt;/script&gt;");
});

test("the model's parts stand in the page, with their data", () => {
  expect(words).toMatch(/<select id="why-choice"[^>]*><option/);
  expect(words).toContain("What each term costs");
  expect(words).toContain("Model, not measured.");
  const data = page.match(/id="what-if-data">(.*?)<\/script>/s)?.[1] ?? "";
  expect(JSON.parse(data).configurations.length).toBeGreaterThan(20);
});

test("without a model there are neither its parts nor its scripts", async () => {
  const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["syscalls"] });
  const plain = await pageHtml(buildView(manifest, summary, launches));
  expect(plain).not.toMatch(/why-choice"|id="section-what-if"|whatIfPage/);
});

test("an emulated run has the banner, no chart and no script", async () => {
  const emulated = await pageOf({ emulated: true, scenarios: ["syscalls", "cpu"] });
  expect(emulated).toMatch(/class="banner" role="alert">Functional test only/);
  expect(emulated).not.toContain("<figure");
  expect(emulated).not.toContain("vegaEmbed");
  expect(emulated).not.toMatch(/\d (ns|µs)\b/);
});

test("data cannot end the script that holds it", () => {
  expect(escapeHtml('<a b="c">&')).toBe("&lt;a b=&quot;c&quot;&gt;&amp;");
  expect(jsonForScript({ text: "</script><!--" })).toBe('{"text":"\\u003c/script>\\u003c!--"}');
  expect(codeForScript("x('</script>')\n//# sourceMappingURL=x.map\n")).toBe("x('<\\/script>')\n");
});
