import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { cellId } from "../../../src/plan/cell.ts";
import type { ProgramWhy } from "../../../src/report/program/why.ts";
import { renderMarkdown } from "../../../src/report/run/markdown.ts";
import { renderTerminal } from "../../../src/report/run/terminal.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import type { LaunchRecord } from "../../../src/samples/launch-record.ts";
import type { RunManifest } from "../../../src/samples/run-manifest.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";
import { fixture } from "../fixture.ts";
import { okLaunch } from "../fixture-launches.ts";

const MS = 1e6;
const MIB = 2 ** 20;
const config = (
  sandbox: Configuration["sandbox"],
  seccomp: string,
  platform: Configuration["platform"] = null,
): Configuration => ({
  sandbox,
  platform,
  network: sandbox === "native" ? "host" : "none",
  seccomp,
});
const NATIVE = config("native", "none");
const UNSHARE = config("unshare", "default");
const RUNSC = config("runsc", "none", "systrap");
const FACTOR = new Map([
  [NATIVE, 1],
  [UNSHARE, 1.02],
  [RUNSC, 1.5],
]);
const METRICS = [
  { metric: "run", title: "zip: run time", unit: "ns", better: "lower", group: "time" },
  {
    metric: "ready",
    title: "spawn to the program's first line",
    unit: "ns",
    better: "lower",
    group: "start-up",
  },
  { metric: "pss@running", title: "PSS", unit: "bytes", better: "lower", group: "memory" },
] as const;

function launch(of: Configuration, round: number, disturbed = false): LaunchRecord {
  const drift = 1 + round / 100;
  const ns = 200 * MS * FACTOR.get(of)! * drift;
  const record = okLaunch(cellId(of, "zip"), round, {
    ops: [
      {
        op: "run",
        unit: "ns",
        iterations: 3,
        batchSize: 1,
        batches: [ns, ns, ns],
        ...{ median: ns, p10: ns, p50: ns, p90: ns, p99: ns },
        histogram: [],
      },
    ],
    values: new Map([["ready", FACTOR.get(of)! ** 4 * 10 * MS]]),
    checks: [],
    skips: [],
    disturbed,
  });
  const pssBytes = (of === RUNSC ? 40 : 8) * MIB;
  return { ...record, memory: [{ ...record.memory[0]!, mark: "running", pssBytes }] };
}

function run(rounds: number, disturbed = false) {
  const { manifest } = fixture({ scenarios: ["startup"] });
  const cells = [...FACTOR.keys()].map((of) => ({
    ...{ id: cellId(of, "zip"), config: of, scenario: "zip" },
    ...{ status: "planned" as const, reason: null },
  }));
  const own: RunManifest = {
    ...manifest,
    rounds,
    cells,
    metrics: { zip: [...METRICS] },
    config: { scenarios: [{ use: "program", as: "zip", params: { argv: ["gzip", "-k", "a"] } }] },
  };
  const launches = cells.flatMap((cell) =>
    Array.from({ length: rounds }, (_, round) => launch(cell.config, round, disturbed)),
  );
  return { manifest: own, launches, summary: summarise(own, launches) };
}

const viewOf = (rounds = 9, why?: ProgramWhy) => {
  const { manifest, summary, launches } = run(rounds);
  return buildView(manifest, summary, launches, null, new Map(why === undefined ? [] : [["zip", why]]));
};
const screen = (view: ReturnType<typeof viewOf>) =>
  renderTerminal(view, { columns: 80, colour: false, files: [] });

describe("the answer to run -- PROGRAM", () => {
  test("begins with a host that was busy, and what to do", () => {
    const { manifest, summary, launches } = run(9, true);
    const busy = buildView(manifest, summary, launches, null, new Map());
    expect(screen(busy)).toMatch(
      /^! The host was busy: 100 % of the launches were disturbed; stop other\s+work/,
    );
    expect(busy.performance?.headline.text).toContain("stop other work and measure again.");
    expect(screen(viewOf())).toMatch(/^gzip -k a\n/);
  });

  test("is a row a configuration, in order of isolation, the strongest marked", () => {
    const { programs } = viewOf();
    expect(programs).toHaveLength(1);
    const [zip] = programs;
    expect(zip).toMatchObject({ name: "zip", command: "gzip -k a", why: null });
    expect(zip!.rows.map(({ label, isStrongest }) => [label, isStrongest])).toEqual([
      ["unshare + filter", false],
      ["runsc systrap", true],
    ]);
    expect(zip!.rows[1]!.slowdown).toMatchObject({ n: 9 });
    expect(zip!.rows[1]!.slowdown!.value).toBeCloseTo(1.5, 10);
    expect(zip!.rows[1]!.memory).toMatchObject({ bytes: 32 * MIB, n: 9, short: "+32 MiB" });
  });

  test("stands first on the screen, fits 80 columns, and is the headline of the page", () => {
    const view = viewOf();
    const text = screen(view);
    expect(text.split("\n").slice(0, 4)).toEqual([
      "gzip -k a",
      "  native            208 ms [202, 214] n=9",
      "  unshare + filter  1.02x ±0.0%    start-up 10.8 ms   memory +0 B",
      "  runsc systrap     1.50x ±0.0%    start-up 50.6 ms   memory +32 MiB       ←",
    ]);
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(view.performance!.headline.text).toMatch(
      /^zip takes 1\.50 times as long under runsc systrap as natively/,
    );
    expect(renderMarkdown(view)).toContain("## zip: gzip -k a");
  });

  test("has no interval below six rounds, and says how many there are", () => {
    expect(screen(viewOf(5))).toContain("1.50x n=5");
  });

  test("does not call the memory of a program at work that of an idle sandbox", () => {
    expect(JSON.stringify(viewOf().performance!.ladders)).not.toContain("idle");
  });
});

describe("why", () => {
  const why = (slowdown: number, ns: number): ProgramWhy => ({
    source: "run 1",
    cells: [
      {
        configuration: "runsc/systrap/net=none/seccomp=none",
        slowdown,
        terms: [{ label: "page faults", ns }],
      },
    ],
  });

  test("is told in shares of the extra time that was measured", () => {
    expect(viewOf(9, why(1.45, 52 * MS)).programs[0]!.why).toMatch(
      /^of the 104 ms that runsc systrap adds: 50 % page faults \(cost model of run 1, which expects 1\.45x\)$/,
    );
  });

  test("is not told where the model expects another cost than was measured", () => {
    expect(viewOf(9, why(1.1, 10 * MS)).programs[0]!.why).toMatch(
      /^not explained: .* expects 1\.10x here, which is 20 % of/,
    );
  });
});
