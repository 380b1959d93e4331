import { execaNode } from "execa";
import { expect, test } from "vitest";
import { isAlive } from "../../../src/run/launch/process-tree.ts";

const HARNESS = `
import { spawn } from "node:child_process";
import { identify } from "./src/run/launch/process-tree.ts";
import { Warden } from "./src/run/environment/warden.ts";
const warden = new Warden();
const [kept, released] = [0, 1].map(() => spawn("sh", ["-c", "sleep 600 & wait"], { detached: true, stdio: "ignore" }));
for (const one of [kept, released]) warden.watch(one.pid);
warden.release(released.pid);
setTimeout(() => console.log(JSON.stringify([kept, released].map(({ pid }) => identify(pid)))), 300);
setTimeout(() => {}, 60_000);
`;

test("a harness that is killed takes along what was under way, and not what was released", async () => {
  const harness = execaNode({
    reject: false,
    nodeOptions: ["--disable-warning=ExperimentalWarning"],
  })`--input-type=module-typescript -e ${HARNESS}`;
  const line = await new Promise<string>((resolve) =>
    harness.stdout.once("data", (data) => resolve(String(data))),
  );
  const [kept, released] = JSON.parse(line);
  expect([kept, released].map(isAlive)).toEqual([true, true]);
  harness.kill("SIGKILL");
  await harness;
  await expect.poll(() => isAlive(kept), { timeout: 30_000 }).toBe(false);
  expect(isAlive(released)).toBe(true);
  process.kill(-released.pid, "SIGKILL");
});
