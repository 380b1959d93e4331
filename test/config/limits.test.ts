import { expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";

type Limits = NonNullable<BenchConfig["limits"]>;

function answerTo(limits: Limits, sandbox: string[] = ["native"]): string {
  try {
    resolveConfig({ limits, matrix: { sandbox } }, {}, "lab.config.ts", "/project");
    return "taken";
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    expect(error.what).toBe("The configuration in lab.config.ts has a mistake");
    return error.why;
  }
}

test("a limit that the kernel would refuse is refused with its bound and why", () => {
  const refused: Limits[] = [
    { cpus: 0.001 },
    { cpus: 1e6 },
    { pids: 0 },
    { pids: 5_000_000 },
    { memoryMiB: 1e-9 },
    { memoryMiB: 1e20 },
    { outputMiB: 1e-9 },
    { outputMiB: 1e9 },
    { launchSeconds: 0.001 },
  ];
  expect(refused.map((limits) => answerTo(limits))).toMatchInlineSnapshot(`
    [
      "limits.cpus: 0.001 is too small; it has to be at least 0.01: the kernel gives 1 ms of each 100 ms at least.",
      "limits.cpus: 1000000 is too big; it can be 8192 at most: the kernel knows no more CPUs (NR_CPUS); null is no limit.",
      "limits.pids: 0 is too small; it has to be at least 1.",
      "limits.pids: 5000000 is too big; it can be 4194304 at most: the kernel counts no further (PID_MAX_LIMIT); null is no limit.",
      "limits.memoryMiB: 1e-9 is too small; it has to be at least 1: no program starts in less.",
      "limits.memoryMiB: about 1e20 is too big; it can be 8589934592 at most: no host has more; null is no limit.",
      "limits.outputMiB: 1e-9 is too small; it has to be at least 0.01: results are printed, too.",
      "limits.outputMiB: 1000000000 is too big; it can be 65536 at most: it is kept in memory.",
      "limits.launchSeconds: 0.001 is too small; it has to be at least 0.01: a launch takes 3 ms at least.",
    ]
  `);
});

test("the bounds themselves, and no limit, are taken", () => {
  const taken: Limits[] = [
    { cpus: 0.01, pids: 1, memoryMiB: 1 },
    { cpus: 8192, pids: 4_194_304, memoryMiB: 2 ** 33 },
    { cpus: null, pids: null, memoryMiB: null },
  ];
  expect(taken.map((limits) => answerTo(limits))).toEqual(["taken", "taken", "taken"]);
});

test("a limit in which a sandbox of the matrix can't start says what needs more", () => {
  const all = ["native", "unshare", "runc", "runsc"];
  expect(answerTo({ pids: 8 }, all)).toMatchInlineSnapshot(
    `"limits.pids: 8 is too small for runsc; a launch needs at least 25, for the Sentry and the gofer beside the program (runc 13)."`,
  );
  expect(answerTo({ memoryMiB: 1 }, ["unshare"])).toMatchInlineSnapshot(
    `"limits.memoryMiB: 1 is too small for unshare; a launch needs at least 2, for unshare, this tool's launcher and a Go program."`,
  );
  expect(answerTo({ pids: 8 }, ["native", "unshare"])).toBe("taken");
  expect(answerTo({ pids: 25, memoryMiB: 17 }, all)).toBe("taken");
});
