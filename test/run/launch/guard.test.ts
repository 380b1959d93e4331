import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type GuardHooks, guardLaunch } from "../../../src/run/launch/guard.ts";
import type { ProcessLaunch } from "../../../src/sandbox/driver.ts";

const LIMITS = { launchMs: 10_000, outputBytes: 2 ** 20 };
const never = new AbortController().signal;

const shell = (script: string): ProcessLaunch => ({
  kind: "process",
  argv: ["/bin/sh", "-c", script],
  env: { PATH: "/usr/bin:/bin" },
  cwd: "/",
  ownedDirs: [],
});

const hooks = (some: Partial<GuardHooks>): GuardHooks => ({
  speaksProtocol: false,
  onSpawn: (_, stdin) => stdin?.end(),
  onMark: () => {},
  onServe: async () => "",
  absentNs: () => 0,
  ...some,
});

describe("a program that does not speak the protocol", () => {
  test("is heard byte by byte, and both ends of it are kept as text", async () => {
    const heard: Buffer[] = [];
    // A character of two bytes in two writes, then bytes that are no text.
    const script = "printf '\\303'; sleep 0.1; printf '\\251 \\377'";
    const outcome = await guardLaunch(
      shell(script),
      LIMITS,
      hooks({ onOutput: (_, bytes) => heard.push(bytes) }),
      never,
    );
    expect([...Buffer.concat(heard)]).toEqual([0xc3, 0xa9, 0x20, 0xff]);
    expect(outcome.output.stdoutTail).toBe("é \ufffd");
    expect(outcome.output.garbage).toBeNull();
  });

  test("reads what it is given to the end", async () => {
    const outcome = await guardLaunch(
      shell("cat; exit 3"),
      LIMITS,
      hooks({ onSpawn: (_, stdin) => stdin?.end("from outside") }),
      never,
    );
    expect([outcome.output.stdoutTail, outcome.exitCode]).toEqual(["from outside", 3]);
  });

  test("may leave its input unread", async () => {
    const input = "x".repeat(2 ** 20);
    const outcome = await guardLaunch(
      shell("exit 0"),
      LIMITS,
      hooks({ onSpawn: (_, stdin) => stdin?.end(input) }),
      never,
    );
    expect(outcome.exitCode).toBe(0);
  });

  test("is not heard any more once it has printed too much", async () => {
    let bytes = 0;
    const outcome = await guardLaunch(
      shell("cat /dev/zero"),
      { ...LIMITS, outputBytes: 100_000 },
      hooks({ onOutput: (_, chunk) => (bytes += chunk.length) }),
      never,
    );
    expect(outcome.output.flooded).toBe(true);
    // What passes the limit is at most one read of a pipe.
    expect(bytes).toBeLessThan(100_000 + 65_537);
  });
});

test("what can't be recorded is ended at once, and that is the error", async () => {
  let spawned = 0;
  const failing = guardLaunch(
    shell("sleep 30"),
    LIMITS,
    hooks({
      onSpawn(pid) {
        spawned = pid;
        throw new Error("the ledger is full");
      },
    }),
    never,
  );
  await expect(failing).rejects.toThrow("the ledger is full");
  for (let waited = 0; waited < 2000 && existsSync(`/proc/${spawned}`); waited += 20) await sleep(20);
  expect(existsSync(`/proc/${spawned}`)).toBe(false);
});
