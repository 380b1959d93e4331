import { expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";

/** What a user is told about a configuration file. */
function mistakesIn(raw: unknown): string {
  return refused(() => resolveConfig(raw, {}, "bench.config.ts", "/project")).why;
}

function refused(action: () => unknown): SbxError {
  try {
    action();
  } catch (error) {
    if (error instanceof SbxError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("a wrong value is answered with the allowed ones and the nearest", () => {
  expect(mistakesIn({ matrix: { platform: ["ptrace", "systrapp"] } })).toMatchInlineSnapshot(
    `"matrix.platform[1]: "systrapp" is not allowed. Did you mean "systrap"? Allowed: systrap, ptrace, kvm."`,
  );
  expect(mistakesIn({ preset: "quik" })).toMatchInlineSnapshot(
    `"preset: "quik" is not allowed. Did you mean "quick"? Allowed: quick, standard, full, model, article."`,
  );
});

test("a word far from every allowed one gets no guess", () => {
  expect(mistakesIn({ preset: "overnight" })).toMatchInlineSnapshot(
    `"preset: "overnight" is not allowed. Allowed: quick, standard, full, model, article."`,
  );
});

test("an unknown setting is answered with the allowed ones at its place and the nearest", () => {
  expect(mistakesIn({ limits: { memMiB: 1 } })).toMatchInlineSnapshot(
    `"limits.memMiB: there is no such setting. Did you mean "memoryMiB"? Allowed: launchSeconds, outputMiB, memoryMiB, pids, cpus."`,
  );
  expect(mistakesIn({ scenarios: [{ use: "files", parms: {} }] })).toMatchInlineSnapshot(
    `"scenarios[0].parms: there is no such setting. Did you mean "params"? Allowed: use, as, params."`,
  );
});

test("a mistyped filter is not taken for a file", () => {
  expect(mistakesIn({ matrix: { seccomp: ["defualt"] } })).toMatchInlineSnapshot(
    `"matrix.seccomp[0]: "defualt" is no filter. Did you mean "default"? Allowed: none, default, generated, or the path of a profile (with a slash, or ending in .json)."`,
  );
});

test("a value of the wrong kind is said in words, not in the schema's", () => {
  const mistakes = [
    { rounds: "ten" },
    { rounds: 1.5 },
    { seed: 1.5 },
    { matrix: "all" },
    { include: "native/*" },
    { scenarios: [{ use: "files", params: { opMs: null } }] },
    null,
  ];
  expect(mistakes.map(mistakesIn)).toMatchInlineSnapshot(`
    [
      "rounds: "ten" is not a number.",
      "rounds: 1.5 is not a whole number.",
      "seed: 1.5 is neither a text nor a whole number.",
      "matrix: "all" is not an object.",
      "include: "native/*" is not a list.",
      "scenarios[0].params.opMs: null is neither a number nor a text nor true or false nor a list.",
      "the configuration: null is not an object.",
    ]
  `);
});

test("a value out of range is answered with the range", () => {
  const mistakes = [
    { rounds: 0 },
    { limits: { launchSeconds: 0 } },
    { limits: { launchSeconds: 1e9 } },
    { limits: { cpus: Number.NaN } },
    { matrix: { network: [] } },
    { seed: "" },
  ];
  expect(mistakes.map(mistakesIn)).toMatchInlineSnapshot(`
    [
      "rounds: 0 is too small; it has to be at least 1.",
      "limits.launchSeconds: 0 is too small; it has to be at least 0.01: a launch takes 3 ms at least.",
      "limits.launchSeconds: 1000000000 is too big; it can be 86400 at most.",
      "limits.cpus: NaN is not a number.",
      "matrix.network: [] is empty.",
      "seed: "" is empty.",
    ]
  `);
});

test("a share is read as on the command line", () => {
  const mistakes = [
    { check: { maxRegression: 5 } },
    { check: { maxRegression: "5" } },
    { check: { metrics: [{ match: "*", maxRegression: -0.1 }] } },
    { precision: "150%" },
    { precision: "little" },
  ];
  expect(mistakes.map(mistakesIn)).toMatchInlineSnapshot(`
    [
      "check.maxRegression: 5 could be 5% or 5 times the whole: write 5% or 0.05.",
      "check.maxRegression: "5" could be 5% or 5 times the whole: write 5% or 0.05.",
      "check.metrics[0].maxRegression: -0.1 is negative: a share is 10% or 0.1.",
      "precision: "150%" is more than 100%.",
      "precision: "little" is not a share: write 10% or 0.1.",
    ]
  `);
});

test("what is missing is said to be missing", () => {
  expect(mistakesIn({ exclude: [{ cells: "native/*" }] })).toMatchInlineSnapshot(
    `"exclude[0].reason is missing."`,
  );
});

test("a text that has to have a form is answered with the form", () => {
  expect(mistakesIn({ runsc: { flags: ["debug"] } })).toMatchInlineSnapshot(
    `"runsc.flags[0]: "debug" has to start with --."`,
  );
  expect(mistakesIn({ scenarios: [{ use: "files", as: "big files" }] })).toMatchInlineSnapshot(
    `"scenarios[0].as: "big files" may have letters, digits, dots, dashes and underscores only, and not dots alone."`,
  );
});

test("all mistakes are named at once, one a line", () => {
  expect(mistakesIn({ presett: "quick", rounds: 0, matrix: { network: ["hots"] } }).split("\n")).toHaveLength(
    3,
  );
});

test("the message names the source, and the exit code is that of wrong usage", () => {
  const fromFile = refused(() => resolveConfig({ rounds: 0 }, {}, "ci/bench.config.ts", "/project"));
  expect(fromFile.what).toBe("The configuration in ci/bench.config.ts has a mistake");
  expect(fromFile.exitCode).toBe(2);
  const flags = { preset: "quik" } as unknown as BenchConfig;
  expect(refused(() => resolveConfig({}, flags, "bench.config.ts", "/project")).what).toBe(
    "The configuration in the command line has a mistake",
  );
});

test("two scenarios of one name are refused, with the way out", () => {
  const error = refused(() => resolveConfig({ scenarios: ["files", "files"] }, {}, "bench.config.ts", "/p"));
  expect(error.why).toContain('"files" is listed twice');
  expect(error.fix).toContain('as: "another-name"');
});

test("what JSON does not have is shown, and is no fault of the tool", () => {
  expect(mistakesIn({ rounds: 7n, scenarios: [3n, Symbol("x"), () => 1] })).toMatchInlineSnapshot(`
    "scenarios[0]: 3n is neither a text nor an object.
    scenarios[1]: Symbol(x) is neither a text nor an object.
    scenarios[2]: () => 1 is neither a text nor an object.
    rounds: 7n is not a number."
  `);
});

test("a number that JavaScript cannot hold is not shown as another one", () => {
  const limits = '{"limits": {"launchSeconds": 1e400, "memoryMiB": 18446744073709551615, "pids": 1e300}}';
  expect(mistakesIn(JSON.parse(limits))).toMatchInlineSnapshot(`
    "limits.launchSeconds: Infinity is beyond the largest number, 1.8e308.
    limits.memoryMiB: about 1.845e19 is too big; it can be 8589934592 at most: no host has more; null is no limit.
    limits.pids: about 1e300 is too big; it can be 4194304 at most: the kernel counts no further (PID_MAX_LIMIT); null is no limit."
  `);
});

test("only sandboxes that start something are offered", () => {
  const told = mistakesIn({ matrix: { sandbox: ["foo"] } });
  expect(told).toContain("Allowed: native, unshare");
  expect(told).not.toContain("fake");
});

test.each([".", ".."])("%s is no name of a scenario: it is a folder's", (as) => {
  expect(mistakesIn({ scenarios: [{ use: "cpu", as }] })).toContain("not dots alone");
});
