import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useLab } from "./lab.ts";

/** With the fake driver: what the command line makes of a run, without the run. */
const lab = useLab();

const CONFIG = {
  matrix: { sandbox: ["fake" as const], network: ["none" as const, "host" as const], seccomp: ["none"] },
  scenarios: ["syscalls"],
  rounds: 7,
};
const FAULTY = "fake/net=host/seccomp=none::syscalls";

describe("the exit code of run", () => {
  test("is 0 when every cell is measured", async () => {
    const run = await lab.current.run(CONFIG);
    expect(run.code).toBe(0);
    expect(run.summary.cells.map((cell) => cell.status)).toEqual(["measured", "measured"]);
  });

  test("is 5 when a cell failed; the others are measured and kept", async () => {
    const faults = JSON.stringify([{ cells: FAULTY, kind: "crash" }]);
    const run = await lab.current.run(CONFIG, [], { SBX_FAKE_FAULTS: faults });
    expect(run.code).toBe(5);
    expect(run.summary.cells.map((cell) => cell.status)).toEqual(["measured", "failed"]);
    expect(run.err).toContain("panic: scripted crash");
  });

  test("is 2 when nothing is asked for that makes sense", async () => {
    const config = lab.current.configure({ ...CONFIG, matrix: { sandbox: ["native"], network: ["none"] } });
    const ended = await lab.current.cli(["run", "--config", config]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain("native runs on the host");
  });

  test("is 2 when a filter's path has a slip, with the nearest file", async () => {
    writeFileSync(join(lab.current.dir, "strict.json"), "{}");
    const config = lab.current.configure({
      ...CONFIG,
      matrix: { ...CONFIG.matrix, seccomp: ["strcit.json"] },
    });
    const ended = await lab.current.cli(["run", "--config", config]);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/strcit\.json does not exist\. Did you mean .*\/strict\.json\?/);
  });

  test("is 2 when no cell matches, with the nearest", async () => {
    const ended = await lab.current.cli([
      "run",
      "--config",
      lab.current.configure(CONFIG),
      "--cells",
      "fakes/*",
    ]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('Did you mean "fake/*"?');
  });

  test("is 4 when this host can't run what was asked", async () => {
    const asks = {
      defaultAction: "SCMP_ACT_ALLOW",
      syscalls: [{ names: ["mount"], action: "SCMP_ACT_NOTIFY" }],
    };
    writeFileSync(join(lab.current.dir, "asks.json"), JSON.stringify(asks));
    const config = lab.current.configure({
      ...CONFIG,
      matrix: { sandbox: ["runc"], network: ["none"], seccomp: ["asks.json"] },
      scenarios: ["startup"],
    });
    const ended = await lab.current.cli(["run", "--config", config]);
    expect(ended.code).toBe(4);
    expect(ended.err).toContain("runc/net=none/seccomp=asks.json::startup");
    expect(ended.err).toContain("nobody would answer");
  });
});

test("results go to stdout, progress to stderr, and neither has colours under NO_COLOR", async () => {
  const run = await lab.current.run(CONFIG);
  expect(run.err).toMatch(/14\/14 \(100 %\)/);
  expect(run.out + run.err).not.toContain("\u001b");
});

test("the fake driver's figures carry the warning that they are invented", async () => {
  const run = await lab.current.run(CONFIG);
  expect(run.summary.warnings).toContain("fake: synthetic: invented by the fake driver");
});
