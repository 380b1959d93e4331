import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import { run } from "../../../src/use-cases/run/run.ts";
import { fakeConfig, ranOf, recordingContext, runFake, SETTINGS, useFolder } from "../lab.ts";

vi.mock("../../../src/use-cases/probe-host.ts", async () => (await import("../fake-host.ts")).FAKE_HOST);
vi.mock("../../../src/report/run/write-report.ts", async () => (await import("../fake-host.ts")).NO_PAGES);

const timed = vi.hoisted(() => vi.fn());
vi.mock("../../../src/profile/time-program.ts", () => ({ timeProgram: timed }));

const folder = useFolder();

describe("a new run", () => {
  test("is measured, kept, summarised, and told of as it goes", async () => {
    const context = recordingContext();
    const ran = await runFake(fakeConfig(folder.path), context);
    expect(ran.outcome).toBe("done");
    expect(ran.launches.length).toBe(14);
    expect(ran.summary.cells.map(({ status }) => status)).toEqual(["measured", "measured"]);
    expect(ran.comparison).toBeNull();
    expect(readFileSync(join(ran.dir, "launches.ndjson"), "utf8").trim().split("\n").length).toBe(14);
    const told = context.events.flatMap((event) => (event.type === "run" ? [event.event.type] : []));
    expect(told.filter((type) => type === "launched").length).toBe(14);
    expect(told.at(-1)).toBe("end");
  });

  test("can be interrupted while it launches, and at no other time", async () => {
    const context = recordingContext();
    await runFake(fakeConfig(folder.path), context);
    const order = context.events.map((event) =>
      event.type === "interruptible" ? event.now : event.type === "run" ? event.event.type : event.type,
    );
    expect(order.indexOf(true)).toBeLessThan(order.indexOf("launched"));
    expect(order.lastIndexOf(false)).toBeGreaterThan(order.lastIndexOf("launched"));
  });

  test("with a cell that fails keeps the others, and says so in its outcome", async () => {
    const ran = await runFake(fakeConfig(folder.path), recordingContext(), [
      { cells: "*net=host*", kind: "crash" },
    ]);
    expect(ran.outcome).toBe("someCellsFailed");
    expect(ran.summary.cells.map(({ status }) => status).sort()).toEqual(["failed", "measured"]);
  });

  test("with a budget and no rounds may have more rounds than any time pays for; the request's configuration stays as it is", async () => {
    const config = fakeConfig(folder.path);
    const budget = { ms: 1, roundsAsked: false };
    const ran = await ranOf(
      { ...SETTINGS, budget, measured: { kind: "matrix", config } },
      recordingContext(),
    );
    expect(ran.manifest.config).toMatchObject({ rounds: 1000 });
    expect(config.rounds).toBe(7);
  });

  test("of nothing that this host can run is refused before anything is made", async () => {
    const config = fakeConfig(folder.path, { out: join(folder.path, "none"), exclude: ["*"] });
    await expect(runFake(config)).rejects.toMatchObject({ what: "There is nothing to run", exitCode: 2 });
    expect(existsSync(join(folder.path, "none"))).toBe(false);
  });
});

describe("a run that is interrupted", () => {
  test("keeps what was measured, and another request goes on with it", async () => {
    const config = fakeConfig(folder.path, { out: join(folder.path, "interrupted") });
    let launched = 0;
    const context = recordingContext((event) => {
      if (event.type === "run" && event.event.type === "launched") launched += 1;
      if (launched === 5) context.stop();
    });
    const first = await runFake(config, context);
    expect(first.outcome).toBe("interrupted");
    expect(first.launches.length).toBe(5);
    const again = await ranOf(
      { ...SETTINGS, measured: { kind: "resumed", out: config.out, run: null } },
      recordingContext(),
    );
    expect(again.outcome).toBe("done");
    expect(again.manifest.runId).toBe(first.manifest.runId);
    expect(again.launches.length).toBe(14);
  });

  test("is not resumed where there is none", async () => {
    const resumed = run(
      { ...SETTINGS, measured: { kind: "resumed", out: join(folder.path, "nowhere"), run: null } },
      recordingContext(),
    );
    await expect(resumed).rejects.toThrow(SbxError);
  });
});

test("an interleaved run answers with the difference of its sides, also in its folder", async () => {
  const config = fakeConfig(folder.path);
  const side = { file: "/somewhere/lab.config.ts", config };
  const ran = await ranOf(
    { ...SETTINGS, measured: { kind: "interleaved", sides: { a: side, b: side } } },
    recordingContext(),
  );
  expect(ran.manifest.sides?.a.label).toBe("lab.config.ts (a)");
  expect(ran.comparison?.b.label).toContain("(b)");
  expect(JSON.parse(readFileSync(join(ran.dir, "comparison.json"), "utf8")).schema).toMatch(/comparison/);
});

describe("programs by their commands", () => {
  const programs = (words: string[]) =>
    run(
      {
        ...SETTINGS,
        measured: {
          ...{ kind: "programs", config: fakeConfig(folder.path), words, programs: [], axes: [], rounds: 1 },
          settings: { env: {}, expectExit: 0 },
        },
      },
      context,
    );
  let context = recordingContext();

  test("are timed natively first; interrupted there, nothing is measured", async () => {
    context = recordingContext();
    timed.mockImplementation(async () => {
      context.stop();
      throw new Error("killed");
    });
    expect(await programs(["true"])).toBeNull();
    expect(timed.mock.lastCall?.[0]).toMatchObject({ command: ["true"] });
    expect(context.events).toContainEqual({ type: "note", message: "true: natively first …" });
  });

  test("are asked for where there is none", async () => {
    await expect(programs([])).rejects.toMatchObject({ what: "Which program?" });
  });
});
