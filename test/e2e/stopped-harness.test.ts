import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { useLab } from "./lab.ts";

/** With the fake driver, whose launches take a second here. */
const lab = useLab();
const CONFIG = {
  matrix: { sandbox: ["fake" as const], network: ["none" as const], seccomp: ["none"] },
  scenarios: ["syscalls"],
  rounds: 3,
};
const STOPPED_MS = 1500;
const LINGER = JSON.stringify([{ cells: "*", kind: "linger", ms: 1000 }]);

async function firstLaunchKept(): Promise<void> {
  const log = join(lab.current.out, "latest", "launches.ndjson");
  while (!existsSync(log) || !readFileSync(log, "utf8").includes("\n")) await sleep(20);
}

test("a launch during which the harness was stopped is disturbed, and no other one", async () => {
  const config = lab.current.configure(CONFIG);
  const harness = lab.current.start(["run", "--config", config], { env: { SBX_FAKE_FAULTS: LINGER } });
  await firstLaunchKept();
  await sleep(200);
  process.kill(harness.pid!, "SIGSTOP");
  await sleep(STOPPED_MS);
  process.kill(harness.pid!, "SIGCONT");
  expect((await harness).exitCode).toBe(0);
  const [before, during, after] = lab.current.launches(lab.current.runs()[0]!);
  expect(during!.load.disturbed).toContainEqual(
    expect.stringMatching(/^the harness did not run for 1\.\d s$/),
  );
  expect(during!.load.harnessGapNs! / 1e6).toBeGreaterThan(STOPPED_MS - 200);
  // A busy host keeps the harness waiting as well, and that is said of the launch, too.
  for (const other of [before, after]) {
    expect(other!.load.harnessGapNs! / 1e6).toBeLessThan(STOPPED_MS / 2);
    expect(other!.load.disturbed.filter((reason) => /did not run for \d[.\d]* s/.test(reason))).toEqual([]);
  }
});
