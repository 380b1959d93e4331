import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { useLab, whyNot } from "./lab.ts";

const reason = whyNot();
const lab = useLab();
const SYSTRAP = "runsc/systrap/net=none/seccomp=none";
const GZIP = ["gzip", "-c", "/usr/bin/perl"];

let config: string;
let profileFile: string;

const predict = (...args: string[]) =>
  lab.current.cli(["predict", "--config", config, "--runs", "3", "--traced-runs", "1", ...args]);

/** Nothing is run, so that there are no runs to count. */
const predictStored = (...args: string[]) => lab.current.cli(["predict", "--config", config, ...args]);

beforeAll(async () => {
  if (reason !== null) return;
  const use = (name: string, params = {}) => ({ use: name, as: name, params: { opMs: 2, ...params } });
  const run = await lab.current.run({
    matrix: {
      sandbox: ["native", "runsc"],
      platform: ["systrap"],
      network: ["none", "host"],
      seccomp: ["none"],
    },
    exclude: [{ cells: "runsc/*/net=host/*::*", reason: "one network will do" }],
    scenarios: [
      use("syscalls"),
      "startup",
      use("files"),
      use("network"),
      use("memory", { touchMiB: 4 }),
      use("cpu"),
    ],
    rounds: 2,
  });
  expect(run.summary.cells.filter(({ status }) => status === "failed")).toEqual([]);
  config = join(lab.current.dir, "bench.config.ts");
  profileFile = join(lab.current.dir, "gzip.json");
});

test("a program is predicted in every configuration of the newest fitting run", async (context) => {
  if (reason !== null) return context.skip(reason);
  const { code, out, err } = await predict("--json", "--", ...GZIP);
  expect(code, err).toBe(0);
  const prediction = JSON.parse(out);
  expect(prediction).toMatchObject({ schema: "sbx-bench/prediction@1", command: GZIP, emulated: false });
  expect(prediction.cells.map(({ configuration }: { configuration: string }) => configuration)).toEqual([
    SYSTRAP,
  ]);
  const { slowdown, runNs, startupNs } = prediction.cells[0];
  // It computes: about its native time (this run is short and noisy), and far from the hundredfold that a call costs.
  expect(slowdown.value).toBeGreaterThan(0.5);
  expect(slowdown.value).toBeLessThan(10);
  expect(slowdown.low).toBeLessThanOrEqual(slowdown.value);
  expect(runNs.value / prediction.nativeNs).toBeCloseTo(slowdown.value, 6);
  expect(startupNs.value).toBeGreaterThan(10e6);
});

test("--verify runs it there, and says how far the prediction was off", async (context) => {
  if (reason !== null) return context.skip(reason);
  const { code, out, err } = await predict("--verify", "--rounds", "2", "--", ...GZIP);
  expect(code, err).toBe(0);
  expect(out).toMatch(
    /^runsc\/systrap\/net=none\/seccomp=none +[\d.]+x \[[\d.]+, [\d.]+\] +[\d.]+x \[needs 6\] +[+-]/m,
  );
  const page = readFileSync(join(lab.current.out, lab.current.runs().at(-1)!, "report.md"), "utf8");
  expect(page).toMatch(/predicted against measured/i);
});

test("a file that no sandbox would have is named before anything is launched, with the bind that gives it", async (context) => {
  if (reason !== null) return context.skip(reason);
  const data = join(lab.current.dir, "data");
  mkdirSync(data);
  writeFileSync(join(data, "in.txt"), "b\na\n");
  const command = ["--cwd", "/usr", "--", "sh", "-c", `sort ${data}/in.txt`];
  const warned = await predict(...command);
  expect(warned.code, warned.err).toBe(0);
  expect(warned.out).toContain("No sandbox has");
  const before = lab.current.runs().length;
  const refused = await predict("--verify", ...command);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(`Add --bind ${data}.`);
  expect(lab.current.runs()).toHaveLength(before);
  const verified = await predict("--verify", "--rounds", "1", "--bind", data, ...command);
  expect(verified.code, verified.err).toBe(0);
});

test("a stored profile predicts without running anything", async (context) => {
  if (reason !== null) return context.skip(reason);
  const recorded = await lab.current.cli([
    "profile",
    "--runs",
    "3",
    "--traced-runs",
    "1",
    "--out",
    profileFile,
    "--",
    "true",
  ]);
  expect(recorded.code, recorded.err).toBe(0);
  const { code, out } = await predictStored("--profile", profileFile);
  expect(code).toBe(0);
  expect(out).toContain(SYSTRAP);
  expect(out).toContain("Intervals hold the model's errors on 54 programs that it had not seen");
});

test("a profile of another host is refused with the fields that differ", async (context) => {
  if (reason !== null) return context.skip(reason);
  const profile = JSON.parse(readFileSync(profileFile, "utf8"));
  profile.fingerprint.fields["cpu.model"] = "Another CPU";
  profile.fingerprint.id = "another";
  const other = join(lab.current.dir, "other.json");
  writeFileSync(other, JSON.stringify(profile));
  const refused = await predictStored("--profile", other);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("Another CPU");
  expect((await predictStored("--profile", other, "--allow-unlike")).out).toContain("another host");
});

test("without a run that can be fitted it says what to measure", async (context) => {
  if (reason !== null) return context.skip(reason);
  const { code, err } = await predict("--run", "no-such-run", "--", ...GZIP);
  expect(code).toBe(2);
  expect(err).toContain("There is no run no-such-run");
  const empty = join(lab.current.dir, "empty.config.ts");
  writeFileSync(empty, `export default { out: ${JSON.stringify(join(lab.current.dir, "none"))} };\n`);
  const none = await lab.current.cli(["predict", "--config", empty, "--", ...GZIP]);
  expect(none.code).toBe(2);
  expect(none.err).toContain("sbx-bench run --matrix --preset model");
});

test("a run that lacks cells is named with what it lacks", async (context) => {
  if (reason !== null) return context.skip(reason);
  const small = await lab.current.run({
    matrix: {
      sandbox: ["native", "runsc"],
      platform: ["systrap"],
      network: ["none", "host"],
      seccomp: ["none"],
    },
    scenarios: ["startup"],
    rounds: 1,
  });
  const { code, err } = await predict("--run", small.summary.runId, "--", ...GZIP);
  expect(code).toBe(2);
  expect(err).toContain("native/net=host/seccomp=none::syscalls");
  expect(err).toContain("sbx-bench run --matrix --preset model");
});

test("a program and a profile at once, or neither, is a mistake", async (context) => {
  if (reason !== null) return context.skip(reason);
  expect((await predict("--profile", profileFile, "--", ...GZIP)).code).toBe(2);
  expect((await predict()).err).toContain("Which program?");
});

test("a program that does not exist, fails or never ends is refused with the reason", async (context) => {
  if (reason !== null) return context.skip(reason);
  expect((await predict("--", "no-such-program")).err).toContain("There is no program no-such-program");
  expect((await predict("--", "false")).code).toBe(2);
  const endless = await predict("--limit", "1s", "--", "sleep", "60");
  expect(endless.code).toBe(2);
  expect(endless.err).toContain("--limit");
});

test("nothing is left behind", async (context) => {
  if (reason !== null) return context.skip(reason);
  expect(await lab.current.leftBehind()).toEqual([]);
  expect(lab.current.kept()).toEqual([]);
});
