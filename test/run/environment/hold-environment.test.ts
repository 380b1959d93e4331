import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { cacheDir } from "../../../src/base/cache-folder.ts";
import { SbxError } from "../../../src/base/errors.ts";
import { detectCgroups } from "../../../src/probe/cgroups.ts";
import type { HeldEnvironment } from "../../../src/run/environment/held-environment.ts";
import { holdEnvironment } from "../../../src/run/environment/hold-environment.ts";
import type { LaunchingHost, PrepareOptions } from "../../../src/run/environment/workload.ts";
import type { RunEvent } from "../../../src/run/events.ts";
import { useOwnCache } from "../own-cache.ts";

useOwnCache();

const HOST = { tools: {}, cgroups: detectCgroups(), isRoot: false } as unknown as LaunchingHost;
const FAKE: Configuration = { sandbox: "fake", platform: null, network: "none", seccomp: "none" };
const LIMITS = { launchMs: 5000, outputBytes: 2 ** 20, memoryBytes: null, pids: null, cpus: null };
const AT_ONCE = 20;

type Fault = NonNullable<PrepareOptions["fake"]>["faults"][number];

function prepare(held: HeldEnvironment, faults: Fault[] = [], options: PrepareOptions = {}) {
  const workload = { name: "hello", rootfs: "", env: {} };
  const fake = { seed: "1", faults, metricsOf: () => [] };
  return held.prepare(FAKE, workload, { limits: LIMITS }, { fake, ...options });
}

const launches = <T>(one: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, one));
const lingering: Fault = { cells: "*", kind: "linger", ms: 200 };
const kept = () => ["ledger", "scratch"].flatMap((name) => readdirSync(cacheDir(name)));

describe("twenty launches at a time", () => {
  test("all run at once, each with an id and folders of its own", async () => {
    let folders: string[] = [];
    const outcomes = await holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held, [lingering]);
      const all = await launches(() => held.launch(prepared));
      folders = readdirSync(join(prepared.workDir, ".."));
      return all;
    });
    expect(outcomes.map(({ measured }) => measured.status)).toEqual(Array(AT_ONCE).fill("ok"));
    expect(new Set(outcomes.map(({ launchId }) => launchId)).size).toBe(AT_ONCE);
    expect(folders.filter((name) => name.startsWith("cell-0"))).toHaveLength(AT_ONCE);
    // One after another they would take 4 s.
    const starts = outcomes.map(({ measured }) => Date.parse(measured.startedAt));
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(200);
  });

  test("one after another share the first folders", async () => {
    await holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held);
      for (let number = 0; number < 3; number += 1) await held.launch(prepared);
      expect(readdirSync(join(prepared.workDir, "..")).filter((name) => /^cell/.test(name))).toEqual([
        "cell-0",
      ]);
    });
  });

  test("a failed one is the outcome of that one alone", async () => {
    const crash: Fault = { cells: "*", kind: "crash", rounds: [7] };
    const outcomes = await holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held, [crash]);
      return launches(() => held.launch(prepared));
    });
    const failed = outcomes.filter(({ measured }) => measured.status === "failed");
    expect(failed.map(({ exitCode, measured }) => [exitCode, measured.failure?.kind])).toEqual([
      [2, "crash"],
    ]);
  });

  test("an aborted one ends, and the others go on", async () => {
    const outcomes = await holdEnvironment({ host: HOST }, async (held) => {
      const [hangs, ends] = [
        await prepare(held, [{ cells: "*", kind: "hang" }]),
        await prepare(held, [lingering]),
      ];
      const interrupt = new AbortController();
      const hanging = held.launch(hangs, { abort: interrupt.signal });
      const others = launches(() => held.launch(ends));
      interrupt.abort();
      return [await hanging, ...(await others)];
    });
    expect(outcomes.filter(({ aborted }) => aborted)).toHaveLength(1);
    expect(outcomes.filter(({ measured }) => measured.status === "ok")).toHaveLength(AT_ONCE);
  });

  test("draw no warning of Node about too many listeners", async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.message);
    process.on("warning", note);
    const { signal } = new AbortController();
    await holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held, [lingering]);
      await launches(() => held.launch(prepared, { abort: signal }));
    });
    await sleep(0);
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });
});

describe("folders of a lane", () => {
  const leaveSomething = async (options: PrepareOptions): Promise<string[]> =>
    holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held, [], options);
      await held.launch(prepared);
      writeFileSync(join(prepared.workDir, "bind", "left"), "by the first");
      await held.launch(prepared);
      return readdirSync(join(prepared.workDir, "bind"));
    });

  test("are empty again for the next launch", async () => {
    expect(await leaveSomething({})).toEqual([]);
  });

  test("are kept as they are where that is asked for", async () => {
    expect(await leaveSomething({ folders: "kept" })).toEqual(["left"]);
  });

  test("are made ahead for as many launches as are to come at once", async () => {
    await holdEnvironment({ host: HOST }, async (held) => {
      const { workDir } = await prepare(held, [], { atOnce: 4 });
      expect(readdirSync(join(workDir, "..")).filter((name) => /^cell/.test(name))).toHaveLength(4);
    });
  });
});

describe("a program that does not speak the protocol", () => {
  test("may print what it likes, and is heard as it prints", async () => {
    const said: string[] = [];
    const outcome = await holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held, [{ cells: "*", kind: "garbage" }]);
      const onOutput = (stream: string, bytes: Buffer) => said.push(`${stream}: ${bytes}`);
      return held.launch(prepared, { talk: { speaksProtocol: false, onOutput } });
    });
    expect(outcome.measured.failure).toBeNull();
    expect(said.at(-1)).toBe("stdout: this is no protocol line\n");
    expect(outcome.output.stdoutTail).toContain("this is no protocol line");
  });

  test("fails by its exit code, its time and its output all the same", async () => {
    const kinds = await holdEnvironment({ host: HOST }, async (held) => {
      const talk = { speaksProtocol: false };
      const of = async (kind: Fault["kind"]) => {
        const prepared = await prepare(held, [{ cells: "*", kind }]);
        return (await held.launch(prepared, { talk, launchMs: 300 })).measured.failure?.kind;
      };
      return [await of("crash"), await of("hang"), await of("flood")];
    });
    expect(kinds).toEqual(["crash", "hang", "flood"]);
  });
});

describe("giving back", () => {
  test("leaves nothing in the cache", async () => {
    await holdEnvironment({ host: HOST }, async (held) => {
      await held.launch(await prepare(held));
      writeFileSync(join(held.folder("canaries"), "one"), "1");
      expect(kept()).not.toEqual([]);
    });
    expect(kept()).toEqual([]);
  });

  test("ends launches that are still under way, and waits for them", async () => {
    const left: Promise<{ aborted: boolean }>[] = [];
    await holdEnvironment({ host: HOST }, async (held) => {
      const prepared = await prepare(held, [{ cells: "*", kind: "hang" }]);
      left.push(held.launch(prepared), held.launch(prepared));
      await sleep(50);
    });
    expect(kept()).toEqual([]);
    expect((await Promise.all(left)).map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test("happens also when the work fails, whose error stays the one that is seen", async () => {
    const failing = holdEnvironment({ host: HOST }, async (held) => {
      void held.launch(await prepare(held, [{ cells: "*", kind: "hang" }]));
      throw new Error("in the middle");
    });
    await expect(failing).rejects.toThrow("in the middle");
    expect(kept()).toEqual([]);
  });

  test("happens also when it could be taken only in part", async () => {
    rmSync(cacheDir("scratch"), { recursive: true, force: true });
    writeFileSync(cacheDir("scratch"), "no folder");
    try {
      await expect(holdEnvironment({ host: HOST }, async () => {})).rejects.toThrow(SbxError);
      expect(readdirSync(cacheDir("ledger"))).toEqual([]);
    } finally {
      rmSync(cacheDir("scratch"));
      mkdirSync(cacheDir("scratch"));
    }
  });

  test("happens also when a sandbox can't be prepared, and says what is missing", async () => {
    const runc: Configuration = { ...FAKE, sandbox: "runc" };
    const tools = { runc: { path: null, reason: "not found", fix: "Install it." } };
    const host = { ...HOST, tools } as unknown as LaunchingHost;
    const failing = holdEnvironment({ host }, (held) =>
      held.prepare(runc, { name: "hello", rootfs: "/", env: {} }, { limits: LIMITS }),
    );
    await expect(failing).rejects.toThrow("runc is missing");
    expect(kept()).toEqual([]);
  });

  test("is final: nothing is launched afterwards", async () => {
    let late: HeldEnvironment | null = null;
    await holdEnvironment({ host: HOST }, async (held) => {
      late = held;
    });
    await expect(prepare(late!)).rejects.toThrow("given back");
    expect(kept()).toEqual([]);
  });
});

test("what an earlier harness left behind is removed first, and told", async () => {
  const dir = join(cacheDir("scratch"), "killed");
  mkdirSync(dir, { recursive: true });
  mkdirSync(cacheDir("ledger"), { recursive: true });
  writeFileSync(join(cacheDir("ledger"), "killed.ndjson"), JSON.stringify({ kind: "folder", path: dir }));
  const events: RunEvent[] = [];
  await holdEnvironment({ host: HOST, observe: (event) => events.push(event) }, async () => {
    expect(existsSync(dir)).toBe(false);
  });
  expect(events).toMatchObject([{ type: "swept", runId: "killed" }]);
});
