/** Two runscs and a varied flag in the same rounds, for real; and what the command line says to bad input. */
import { appendFileSync, chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { JudgedSummary } from "../../src/check/judged-summary.ts";
import { findTools } from "../../src/probe/tools.ts";
import { useLab, whyNot } from "./lab.ts";

const lab = useLab();
const reason = whyNot();

/** The same program by another checksum: what stands behind an ELF file's sections is never read. */
async function otherRunsc(): Promise<string> {
  const path = (await findTools({ ...process.env, ...lab.current.env })).runsc.path;
  const copy = join(lab.current.dir, "runsc-copy");
  copyFileSync(path!, copy);
  appendFileSync(copy, "\0");
  chmodSync(copy, 0o755);
  return copy;
}

describe.skipIf(reason !== null)(`two runscs side by side (skipped where it ${reason})`, () => {
  let summary: JudgedSummary;
  let html = "";
  let copy = "";
  beforeAll(async () => {
    copy = await otherRunsc();
    const config = {
      matrix: {
        sandbox: ["native", "runsc"],
        platform: ["systrap"],
        network: ["none", "host"],
        seccomp: ["none"],
      },
      scenarios: ["startup"],
      runsc: { variants: { "no-such": ["--no-such-flag"] }, vary: ["directfs"] },
      rounds: 6,
    } as const;
    const args = ["--runsc", `old=${copy},default`, "--network", "none,host"];
    const ran = await lab.current.run(structuredClone(config) as never, args);
    expect(ran.code).toBe(0);
    summary = ran.summary;
    html = join(lab.current.out, summary.runId, "report.html");
  }, 240_000);

  const cell = (id: string) => summary.cells.find((one) => one.cell === id);

  test("every cell ran with the runsc that it names", () => {
    for (const label of ["old", "default"]) {
      const found = cell(`runsc@${label}/systrap/net=none/seccomp=none::startup`);
      expect(found).toMatchObject({ status: "measured", launches: 6, config: { runsc: label } });
      expect(found?.config.runscVersion).toMatch(/^\S+$/);
    }
  });

  test("an unknown flag excluded its cells with the reason, and nothing was launched for them", () => {
    const excluded = summary.cells.filter(
      ({ config, status }) => config.flags === "no-such" && status === "excluded",
    );
    expect(excluded).not.toHaveLength(0);
    for (const { reason: why, launches } of excluded)
      expect([why ?? "native", launches]).toEqual([
        expect.stringMatching(/does not know --no-such-flag|^native/),
        0,
      ]);
  });

  test("the upgrade judges them metric by metric, with interval and n", () => {
    const [upgrade] = summary.upgrades ?? [];
    expect([upgrade?.a.label, upgrade?.b.label]).toEqual(["old", "default"]);
    const ready = upgrade?.metrics.find(({ metric, flags }) => metric === "ready" && flags === null);
    expect(ready).toMatchObject({ section: "start-up", configurations: 2, n: 6 });
    expect(ready?.effect.ciLow).toBeGreaterThan(0);
    expect(upgrade?.flags).toMatchObject({ known: true, onlyA: [], onlyB: [], changedDefaults: [] });
  });

  test("directfs=false has an effect with an interval on each runsc", () => {
    const groups = summary.flagEffects ?? [];
    expect(groups.map(({ runsc, platform }) => [runsc, platform])).toEqual([
      ["old", "systrap"],
      ["default", "systrap"],
    ]);
    for (const { main } of groups) {
      expect(main.map(({ of }) => of)).toEqual([[{ factor: "directfs", level: "false" }]]);
      expect(main[0]?.metrics.find(({ metric }) => metric === "ready")?.effect.ciLow).toBeGreaterThan(0);
    }
  });

  test("the run is told apart from one with another pair of runscs, and nothing is left behind", async () => {
    expect(summary.versions.runsc).toMatch(/^old: \S+, default: \S+$/);
    expect(summary.host.fields["version.runsc"]).toMatch(/old: \S+ \([0-9a-f]{8}\), default: /);
    expect(html).not.toBe("");
    expect(await lab.current.leftBehind()).toEqual([]);
  });

  test("the same runsc twice is refused", async () => {
    const { code, err } = await lab.current.cli(["plan", "--runsc", `a=${copy},b=${copy}`]);
    expect(code).toBe(2);
    expect(err).toContain('"a" and "b" are the same runsc');
  });
});

describe("bad input", () => {
  const plan = (...args: string[]) => lab.current.cli(["plan", "--scenarios", "startup", ...args]);

  function program(name: string, answer: string): string {
    const path = join(lab.current.dir, name);
    writeFileSync(path, `#!/bin/sh\necho '${answer}'\n`);
    chmodSync(path, 0o755);
    return path;
  }

  test.each([
    ["a program that is no runsc", () => program("runc", "runc version 1.1"), "is no runsc", 2],
    [
      "a runsc without a version",
      () => program("bare", "runsc version VERSION_MISSING"),
      "has no version",
      2,
    ],
    ["a version that is not installed", () => "20991231", "runsc 20991231 is not installed", 4],
    ["a label that can't stand in an id", () => "a:b=./x", "can't be the label of a runsc", 2],
  ])("%s", async (_, runsc, message, exitCode) => {
    lab.current.configure({});
    const { code, err } = await plan("--runsc", runsc());
    expect(err).toContain(message);
    expect(err).toContain("fix:");
    expect(code).toBe(exitCode);
  });

  test("a module proxy that can't be reached", async () => {
    const env = { GOPROXY: "http://127.0.0.1:1", XDG_CACHE_HOME: join(lab.current.dir, "no-cache") };
    const { code, err } = await lab.current.cli(["runsc", "install", "latest"], { env });
    expect(err).toContain("The Go module proxy cannot be reached");
    expect(code).toBe(4);
  });

  test("a factor that is none", async () => {
    const { code, err } = await plan("--vary", "directsf");
    expect([code, err]).toEqual([2, expect.stringContaining('Did you mean "directfs"?')]);
  });
});
