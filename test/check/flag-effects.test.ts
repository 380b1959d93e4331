import { describe, expect, test } from "vitest";
import { flagEffectsOf } from "../../src/check/flag-effects.ts";
import { variedFlags } from "../../src/config/vary-flags.ts";
import { pageHtml } from "../../src/report/run/html/page.ts";
import { renderMarkdown } from "../../src/report/run/markdown.ts";
import { renderTerminal } from "../../src/report/run/terminal.ts";
import { buildView } from "../../src/report/run/view/build-view.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { metricMeta } from "../stats/records.ts";
import { type MadeCell, madeRun, NATIVE, RULES, RUNSC } from "./sides.ts";

const variants = variedFlags(["directfs", "overlay2=none"], true);
const COST: Record<string, number> = {
  "directfs=false": 2,
  "overlay2=none": 0.8,
  // 2 x 0.8 x 1.5: they interact.
  "directfs=false+overlay2=none": 2.4,
};

function run(filters = ["none"], extra: { name: string; flags: string[] }[] = [], emulated = false) {
  const cells = filters.flatMap((seccomp): MadeCell[] => [
    { config: { ...RUNSC, seccomp }, metrics: { getpid: 100, open: 1000 } },
    ...[...variants, ...extra].map(({ name }) => ({
      config: { ...RUNSC, seccomp, flags: name },
      metrics: { getpid: 100, open: 1000 * (COST[name] ?? 1) },
    })),
  ]);
  return madeRun({
    cells: [{ config: NATIVE, metrics: { getpid: 10, open: 100 } }, ...cells],
    metas: ["getpid", "open"].map((name) => metricMeta(name)),
    manifest: { config: { runsc: { path: null, flags: [], variants: [...variants, ...extra] } }, emulated },
  });
}
const effects = (made: ReturnType<typeof run>) => flagEffectsOf(made, { rules: RULES, floors: {} });

describe("a factorial sweep of two flags", () => {
  const [found] = effects(run(["none", "default"]));
  const group = (...levels: string[]) =>
    [...found!.main, ...found!.pairs].find(
      ({ of }) => of.map(({ factor, level }) => `${factor}=${level}`).join() === levels.join(),
    );
  const open = (...levels: string[]) => group(...levels)?.metrics.find(({ metric }) => metric === "open");

  test("has the main effect of each, as the mean over the other and over network and filter", () => {
    expect(open("directfs=false")).toMatchObject({ verdict: "worse", configurations: 2, contexts: 4, n: 15 });
    expect(open("directfs=false")?.effect.ratio).toBeCloseTo(Math.sqrt(2 * 3), 1);
    expect(open("overlay2=none")?.effect.ratio).toBeCloseTo(Math.sqrt(0.8 * 1.2), 1);
  });

  test("has the pair that interacts", () => {
    const pair = open("directfs=false", "overlay2=none") ?? open("overlay2=none", "directfs=false");
    expect(pair?.verdict).toBe("worse");
    expect(pair?.effect.ratio).toBeCloseTo(1.5, 1);
  });

  test("calls what did not change the same", () => {
    expect(group("directfs=false")?.counts).toEqual({ worse: 1, better: 0, same: 1, unclear: 0 });
  });

  test("says what a flag gives up", () => {
    expect(group("directfs=false")?.tradeOff).toContain("gofer");
  });
});

test("a variant of one's own is held against the cell without one", () => {
  const [found] = effects(run(["none"], [{ name: "mine", flags: ["--debug"] }]));
  expect(found?.main.map(({ of }) => of)).toContainEqual([{ factor: "flags", level: "mine" }]);
});

test("without variants there is nothing to tell, and of an emulated run nothing is told", () => {
  expect(effects(madeRun({ cells: [{ config: RUNSC }] }))).toEqual([]);
  expect(effects(run(["none"], [], true))).toEqual([]);
});

test("terminal, Markdown and page show each flag with interval and n, and the pairs", async () => {
  const made = run();
  const summary = { ...summarise(made.manifest, made.launches), flagEffects: effects(made) };
  const view = buildView(made.manifest, summary, made.launches);
  const terminal = renderTerminal(view, { columns: 80, colour: false, files: [] });
  expect(terminal).toContain("Flags of runsc on systrap");
  expect(terminal.replaceAll(/\s+/g, " ")).toMatch(
    /directfs=false: 1 worse, 1 same costs more: open 2\.\d+x \[/,
  );
  expect(terminal).toContain("Pairs that interact: 1 of 1");
  expect(Math.max(...terminal.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(renderMarkdown(view)).toContain("### Main effect of each flag");
  const page = await pageHtml(view);
  expect(page).toContain('<section id="section-flags-of-runsc-on-systrap">');
  expect(page).toContain("n=15");
});
