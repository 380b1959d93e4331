import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ignoredSignals } from "../../../src/cli/output/stop-signals.ts";

const SIGNALS = join(import.meta.dirname, "../../../src/cli/output/stop-signals.ts");

/** Says "ready", works until it is stopped or for 2 s, and says how it ended; cleaning up takes 100 ms. */
const WORK = `
  import { setTimeout as sleep } from "node:timers/promises";
  import { keepIgnoring, stopExitCode, stopSignals } from ${JSON.stringify(SIGNALS)};
  keepIgnoring(process.env.MASK);
  const { abort: signal, heed, release } = stopSignals();
  heed();
  console.log("ready");
  await sleep(2000, undefined, { signal }).catch(() => {});
  await sleep(100);
  const end = signal.aborted ? "stopped" : "completed";
  release();
  await sleep(100);
  console.log(end);
  process.exitCode = stopExitCode() ?? 0;`;

/** @returns how it ended after these signals, the exit code or the signal that killed it */
async function ending(mask: string, ...signals: NodeJS.Signals[]) {
  const node = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", WORK];
  const child = spawn(process.execPath, node, { env: { MASK: mask }, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      resolve();
    });
  });
  await ready;
  for (const signal of signals) {
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [code, killedBy] = await once(child, "close");
  return { said: said.trim().split("\n").at(-1), end: code ?? killedBy };
}

describe("work that a signal may end", () => {
  test.for([
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGQUIT", 131],
  ] as const)(
    "is stopped in order by %s, with the exit code that shells know it by",
    async ([signal, code]) => {
      expect(await ending("0", signal)).toEqual({ said: "stopped", end: code });
    },
  );

  test("is stopped in order by a closed terminal, which says so more than once", async () => {
    expect(await ending("0", "SIGHUP", "SIGHUP", "SIGTERM")).toEqual({ said: "stopped", end: 129 });
  });

  test("goes on where its caller ignores the signal", async () => {
    // Bits 0 and 1: nohup's SIGHUP, and SIGINT of a job in the background.
    expect(await ending("0000000000000003", "SIGHUP", "SIGINT")).toEqual({ said: "completed", end: 0 });
  });
});

test("SIGUSR1 opens no debugger, and ends nothing", async () => {
  const work = `import { refuseDebugger } from ${JSON.stringify(SIGNALS)}; refuseDebugger(); console.log("ready");
    setTimeout(() => process.exit(7), 300);`;
  const node = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", work];
  const child = spawn(process.execPath, node, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  await once(child.stdout, "data");
  child.kill("SIGUSR1");
  expect(await once(child, "close")).toEqual([7, null]);
  expect(said).toBe("");
});

test("the mask of /proc/PID/status names what was ignored", () => {
  expect(ignoredSignals("0000000000000001")).toEqual(["SIGHUP"]);
  expect(ignoredSignals("0000000000004006")).toEqual(["SIGINT", "SIGTERM", "SIGQUIT"]);
  // SIGPIPE and the like are Node's own business.
  expect(ignoredSignals("0000000001001000")).toEqual([]);
  expect(ignoredSignals(undefined)).toEqual([]);
  expect(ignoredSignals("no mask")).toEqual([]);
});
