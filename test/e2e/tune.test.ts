/** Advice on a stored run and on a fresh one; what it says to set is set, and runsc starts with it. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "smol-toml";
import { beforeAll, describe, expect, test } from "vitest";
import { runContained } from "../../src/probe/contained.ts";
import { findTools } from "../../src/probe/tools.ts";
import { makeTrialBundle } from "../../src/probe/trial-bundle.ts";
import type { TuneReport } from "../../src/report/tune/tune-report.ts";
import { ROOT, useLab, whyNot } from "./lab.ts";

const lab = useLab();
const reason = whyNot();
const STORED = join(ROOT, "reports/sample");
const SYSTRAP = "runsc/systrap/net=sandbox/seccomp=none";
const PTRACE = "runsc/ptrace/net=sandbox/seccomp=none";

/** The sample unpacked, its shortest scenarios: with all of them every call takes twice as long. */
let SAMPLE = "";
let lines: string[] = [];

beforeAll(() => {
  lines = gunzipSync(readFileSync(join(STORED, "launches.ndjson.gz")))
    .toString()
    .split("\n")
    .filter((line) => line !== "");
  SAMPLE = shortened("sample", ({ id }) => /::(syscalls|startup)$/.test(id));
});

async function advice(...args: string[]): Promise<TuneReport> {
  const { code, out, err } = await lab.current.cli(["tune", "--json", ...args]);
  expect(code, err).toBe(0);
  return JSON.parse(out) as TuneReport;
}

describe("on the stored sample", () => {
  test("from systrap nothing is worth a change; ptrace is dearer, and what is missing has its reason", async () => {
    const report = await advice("--run", SAMPLE);
    expect(report).toMatchObject({
      schema: "sbx-bench/tune@1",
      from: SYSTRAP,
      decision: { kind: "nothing" },
    });
    const ptrace = report.changes.find(({ configuration }) => configuration === PTRACE);
    expect(ptrace).toMatchObject({
      verdict: "loss",
      estimate: { basis: "measured" },
      prices: [{ kind: "support" }],
    });
    expect(ptrace!.estimate.low).toBeGreaterThan(1.5);
    expect(report.unmeasured).toContainEqual(expect.objectContaining({ status: "unavailable" }));
    // What is advised, or not, is only what was measured.
    const measured = new Set(report.front.map(({ configuration }) => configuration));
    expect(report.changes.every(({ configuration }) => measured.has(configuration))).toBe(true);
  });

  test("from ptrace it advises systrap, in files that containerd and Docker can read", async () => {
    const { decision, use } = await advice("--run", SAMPLE, "--from", PTRACE);
    expect(decision).toMatchObject({ kind: "change", change: { configuration: SYSTRAP, prices: [] } });
    const text = (title: string) => use.snippets.find((snippet) => snippet.title === title)!.text;
    expect(parse(text("containerd: its flags"))).toEqual({
      runsc_config: { platform: "systrap", network: "sandbox" },
    });
    expect(JSON.parse(text("Docker")).runtimes.runsc.runtimeArgs).toEqual(use.flags);
  });

  test("weights make another workload of it", async () => {
    const { workload } = await advice("--run", SAMPLE, "--weights", "small files, bind mount=1,getpid=3");
    expect(workload.weights![0]).toEqual({ operation: "syscalls::getpid", weight: 0.75 });
    expect(workload.weights).toHaveLength(6);
  });

  test.each([
    [["--from", "runsc/systrp/net=sandbox/seccomp=none"], 2, /Did you mean "runsc\/systrap\/net=sandbox/],
    [["--from", "runsc/kvm/net=none/seccomp=none"], 2, /no figures of runsc\/kvm/],
    [["--weights", "getpdi=1"], 2, /no operation getpdi[\s\S]*"getpid"/],
    [["--weights", "getpid"], 2, /name=weight/],
    [["--weights", "getpid=1", "--profile", "any.json"], 2, /don't go together/],
  ])("%j is refused with what is right", async (args, code, message) => {
    const ended = await lab.current.cli(["tune", "--run", SAMPLE, ...args]);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(message);
    expect(ended.out).toBe("");
  });

  test("a run that measured one sandbox only says which cells are missing, and the command", async () => {
    const { code, err } = await lab.current.cli([
      "tune",
      "--run",
      shortened(
        "single",
        ({ config }) =>
          config.sandbox === "native" ||
          (config.platform === "systrap" && config.network === "none" && config.seccomp === "none"),
      ),
    ]);
    expect(code).toBe(2);
    expect(err).toContain("runsc/ptrace/net=none/seccomp=none::syscalls");
    expect(err).toMatch(/fix: .*sbx-bench run --sandbox native,runsc/);
  });

  test("a run without launches says so", async () => {
    const bare = join(lab.current.dir, "bare");
    cpSync(STORED, bare, { recursive: true, filter: (file) => !file.includes("launches.") });
    const { code, err } = await lab.current.cli(["tune", "--run", bare]);
    expect(code).toBe(2);
    expect(err).toMatch(/why: .* holds no launches/);
  });

  test("too few rounds advise nothing", async () => {
    const { code, err } = await lab.current.cli([
      "tune",
      "--run",
      shortened("short", ({ id }) => id.endsWith("::syscalls"), 3),
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/shares 3 rounds with the others, and an interval needs 6/);
  });
});

type Cell = {
  id: string;
  config: { sandbox: string; platform: string | null; network: string; seccomp: string };
};

/** The sample with a part of its cells and rounds. */
function shortened(name: string, keep: (cell: Cell) => boolean, rounds = 99): string {
  const dir = join(lab.current.dir, name);
  mkdirSync(dir);
  const run = JSON.parse(readFileSync(join(STORED, "run.json"), "utf8"));
  const cells = (run.cells as Cell[]).filter(keep);
  const kept = new Set(cells.map(({ id }) => id));
  const own = lines.filter((line) => {
    const { cell, round } = JSON.parse(line) as { cell: string; round: number };
    return kept.has(cell) && round < rounds;
  });
  writeFileSync(join(dir, "run.json"), JSON.stringify({ ...run, cells }));
  writeFileSync(join(dir, "launches.ndjson"), own.map((line) => `${line}\n`).join(""));
  return dir;
}

describe("what it says to set", () => {
  test.each([SYSTRAP, "runsc/systrap/net=none/seccomp=default", PTRACE])(
    "runsc starts with the flags of %s",
    async (configuration) => {
      const { runsc, unshare, setpriv } = await findTools();
      if (runsc.path === null || unshare.path === null || setpriv.path === null)
        throw new Error("run setup.sh");
      const { use } = await advice("--run", SAMPLE, "--to", configuration);
      const bundle = makeTrialBundle(join(lab.current.dir, "trials"), null, reason !== null);
      try {
        const own = [`--root=${bundle.stateDir}`, "--ignore-cgroups"];
        const argv = [runsc.path, ...own, ...use.flags, "run", "--bundle", bundle.bundleDir, bundle.id];
        const ended = await runContained(argv, {
          unshare: unshare.path,
          setpriv: setpriv.path,
          rootless: reason !== null,
          limitMs: 20_000,
        });
        expect(ended.exitCode, ended.stderr).toBe(0);
      } finally {
        bundle.remove();
      }
    },
  );
});

describe("for a program", () => {
  beforeAll(async () => {
    if (reason !== null) return;
    const use = (name: string, params = {}) => ({ use: name, as: name, params: { opMs: 2, ...params } });
    await lab.current.run({
      matrix: {
        sandbox: ["native", "runsc"],
        platform: ["systrap"],
        network: ["none", "host"],
        seccomp: ["none"],
      },
      scenarios: [
        use("syscalls"),
        "startup",
        use("files"),
        use("network"),
        use("memory", { touchMiB: 4 }),
        use("cpu"),
      ],
      rounds: 2,
    });
  });

  test("changes are predicted, say so, and cost no function that it does not use", async (context) => {
    if (reason !== null) return context.skip(reason);
    const config = join(lab.current.dir, "bench.config.ts");
    const from = "runsc/systrap/net=host/seccomp=none";
    const report = await advice(
      "--config",
      config,
      "--from",
      from,
      "--runs",
      "3",
      "--traced-runs",
      "1",
      "--",
      "gzip",
      "-c",
      "/usr/bin/perl",
    );
    expect(report.workload).toMatchObject({ kind: "program", command: ["gzip", "-c", "/usr/bin/perl"] });
    expect(report.changes.map(({ configuration }) => configuration)).toContain(
      "runsc/systrap/net=none/seccomp=none",
    );
    for (const { estimate, prices } of report.changes) {
      expect(estimate).toMatchObject({ basis: "corpus", gainP: null });
      expect(estimate.low).toBeLessThan(estimate.ratio);
      expect(estimate.high).toBeGreaterThan(estimate.ratio);
      expect(prices.filter(({ kind }) => kind === "function")).toEqual([]);
    }
    const slowdown = report.front.find(({ configuration }) => configuration === from)!.slowdown!;
    expect(slowdown.ratio).toBeGreaterThan(0.9);
    expect(slowdown.ratio).toBeLessThan(4);
  });
});
