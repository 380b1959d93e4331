import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import {
  identify,
  isAlive,
  killTree,
  processesMarked,
  treeOf,
} from "../../../src/run/launch/process-tree.ts";

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
});

/** A shell in a session of its own, as the guard starts launches; resolves when it has printed a line. */
async function shell(
  script: string,
  env: Record<string, string> = {},
): Promise<{ pid: number; said: string }> {
  const child = spawn("/bin/sh", ["-c", script], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  started.push(child);
  const [said] = (await once(child.stdout!, "data")) as [Buffer];
  return { pid: child.pid!, said: said.toString().trim() };
}

const isGone = async (pid: number): Promise<boolean> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = identify(pid);
    if (found === null || !isAlive(found)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
};

test("a process is told by its pid, its start and its boot", async () => {
  const { pid } = await shell("echo up; sleep 60");
  const self = identify(pid);
  expect(self).toMatchObject({ pid });
  expect(isAlive(self!)).toBe(true);
  expect(isAlive({ ...self!, startTicks: self!.startTicks - 1 })).toBe(false);
  expect(isAlive({ ...self!, bootId: "another boot" })).toBe(false);
});

test("a process that never was can't be identified", () => {
  expect(identify(2 ** 22 + 1)).toBeNull();
});

test("one that has ended and waits to be reaped is not alive", async () => {
  // The inner shell ends at once; its parent sleeps instead of waiting for it.
  const { said } = await shell("sh -c 'echo $$' & exec sleep 60");
  expect(await isGone(Number(said))).toBe(true);
});

test("a tree holds children, grandchildren and members of the session", async () => {
  const { pid, said } = await shell("(sh -c 'sleep 60 & echo $!; wait') & wait");
  const tree = treeOf(pid);
  expect(tree[0]).toBe(pid);
  expect(tree).toContain(Number(said));
  expect(tree).not.toContain(process.pid);
});

describe("killTree", () => {
  test("ends the root and all below it", async () => {
    const { pid, said } = await shell("sleep 60 & echo $!; wait");
    killTree(identify(pid)!);
    expect(await isGone(pid)).toBe(true);
    expect(await isGone(Number(said))).toBe(true);
  });

  test("ends what is left of the session when the root has ended", async () => {
    const { pid, said } = await shell("sleep 60 >/dev/null & echo $! $$; exec sleep 0.2");
    const root = identify(pid)!;
    await once(started[0]!, "exit");
    expect(identify(pid)).toBeNull();
    killTree(root);
    expect(await isGone(Number(said.split(" ")[0]))).toBe(true);
  });

  test("leaves a process alone that was given the same pid since", async () => {
    const { pid } = await shell("echo up; sleep 60");
    const self = identify(pid)!;
    killTree({ ...self, startTicks: self.startTicks - 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAlive(self)).toBe(true);
  });
});

describe("processesMarked", () => {
  test("finds what carries the mark, whoever its parent is", async () => {
    const value = `run-${process.pid}`;
    const { said } = await shell("setsid sh -c 'sleep 60 & echo $!' & wait", { SBX_TEST_MARK: value });
    expect(processesMarked("SBX_TEST_MARK", (found) => found === value)).toContain(Number(said));
    expect(processesMarked("SBX_TEST_MARK", (found) => found === "run")).toEqual([]);
    process.kill(Number(said), "SIGKILL");
  });

  test("the name has to be the whole name", async () => {
    const value = `run-${process.pid}`;
    const { pid } = await shell("echo up; sleep 60", { MY_SBX_TEST_MARK: value });
    expect(processesMarked("SBX_TEST_MARK", (found) => found === value)).not.toContain(pid);
  });
});
