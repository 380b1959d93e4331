import { chownSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { cacheDir } from "../../src/base/cache-folder.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import type { ProgramProfile } from "../../src/samples/program-profile.ts";
import type { Summary } from "../../src/stats/summaries/summary-types.ts";
import {
  buildGetpid,
  buildHelper,
  buildProgramRunner,
  buildScenario,
  buildTrue,
} from "../../src/workload/programs.ts";
import { processesOf } from "./host-state.ts";
import { ROOT, useLab, whyNot } from "./lab.ts";

const FIXTURES = join(ROOT, "test/e2e/fixtures/scenarios");
const NOBODY = "65534";

/** The checkout, Node and the tools may be root's alone; in mounts of its own, nobody sees them in its home. */
const AS_NOBODY = `
home=$1; checkout=$2; node=$3; tools=$4; shift 4; shift 3
mount --bind "$checkout" "$home/checkout"
mount --bind "$node" "$home/node"
mount --bind "$tools" "$home/cache/sbx-bench/tools"
cd "$home"
exec setpriv --pdeathsig KILL --reuid ${NOBODY} --regid ${NOBODY} --clear-groups \\
  env -i HOME="$home" XDG_CACHE_HOME="$home/cache" PATH="$home/cache/sbx-bench/tools/go/current/bin:$PATH" \\
  "$home/node" --disable-warning=ExperimentalWarning "$home/checkout/src/cli/main.ts" "$@"`;

const lab = useLab();
let home = "";
let reason = whyNot();
let before: string[] = [];

beforeAll(async () => {
  reason ??= await whyNoUserNamespace();
  if (reason !== null) return;
  home = join(lab.current.dir, "home");
  const own = join(home, "cache", "sbx-bench");
  const folders = [
    home,
    join(home, "checkout"),
    join(home, "cache"),
    own,
    join(own, "build"),
    join(own, "tools"),
  ];
  for (const folder of [...folders, lab.current.out]) mkdirSync(folder);
  writeFileSync(join(home, "node"), "");
  // Nobody has no module cache to build from; programs are found by their content.
  for (const program of [
    await buildScenario(join(ROOT, "scenarios", "startup")),
    await buildScenario(join(ROOT, "scenarios", "memory")),
    await buildScenario(join(ROOT, "scenarios", "program")),
    await buildScenario(join(FIXTURES, "faulty")),
    await buildTrue(),
    await buildProgramRunner(),
    await buildGetpid(),
    await buildHelper("sbx-launch"),
    await buildHelper("sbx-kvm-caps"),
    await buildHelper("sbx-netns"),
  ]) {
    copyFileSync(program, join(own, "build", basename(program)));
  }
  for (const folder of [...folders, lab.current.out]) chownSync(folder, Number(NOBODY), Number(NOBODY));
  const paths = [home, ROOT, process.execPath, cacheDir("tools")];
  before = ["unshare", "--mount", "--propagation=private", "/bin/sh", "-c", AS_NOBODY, "sh", ...paths];
});

async function whyNoUserNamespace(): Promise<string | null> {
  const command = [
    "--reuid",
    NOBODY,
    "--regid",
    NOBODY,
    "--clear-groups",
    "unshare",
    "--user",
    "--map-root-user",
  ];
  const tried = await execa("setpriv", [...command, "true"], { reject: false, timeout: 5000 });
  return tried.exitCode === 0 ? null : `plain users may not make user namespaces here: ${tried.stderr}`;
}

function configure(config: BenchConfig): string {
  const scenarioDir = join(home, "checkout/scenarios");
  return lab.current.configure({ scenarioDir, ...config });
}

describe("as a plain user", () => {
  let summary: Summary;
  let ended: { code: number | undefined; err: string };

  beforeAll(async () => {
    if (reason !== null) return;
    const file = configure({
      matrix: {
        sandbox: ["native", "unshare", "bwrap", "crun", "runc", "runsc"],
        platform: ["systrap", "ptrace"],
        network: ["none", "host", "sandbox"],
        seccomp: ["none", "default"],
      },
      scenarios: [
        "startup",
        { use: "memory", params: { opMs: 2, touchMiB: 8 } },
        { use: "program", params: { argv: ["gzip", "-c", "/etc/passwd"], repeat: 1 } },
      ],
      exclude: [{ cells: "*/seccomp=default::{memory,program}", reason: "not tested twice" }],
      rounds: 1,
    });
    const done = await lab.current.cli(["run", "--json", "--config", file], { before });
    ended = done;
    if (!done.out.startsWith("{")) throw new Error(`no summary; exit code ${done.code}\n${done.err}`);
    summary = JSON.parse(done.out) as Summary;
  });

  test.for([
    "native/net=host",
    "unshare/net=none",
    "unshare/net=host",
    "bwrap/net=none",
    "bwrap/net=host",
    "crun/net=none",
    "crun/net=host",
    "runc/net=none",
    "runc/net=host",
    "runsc/systrap/net=none",
    "runsc/systrap/net=host",
    "runsc/ptrace/net=none",
    "runsc/ptrace/net=host",
  ])("%s is measured", (configuration, context) => {
    if (reason !== null) return context.skip(reason);
    const cells = summary.cells.filter(
      (cell) => cell.cell.startsWith(`${configuration}/`) && cell.status !== "excluded",
    );
    expect(cells.length).toBeGreaterThan(0);
    expect(
      cells.filter((cell) => cell.status !== "measured").map((cell) => `${cell.cell}: ${cell.reason}`),
    ).toEqual([]);
    expect(ended.code).toBe(0);
  });

  test("network=sandbox is unavailable in every sandbox, and says why", (context) => {
    if (reason !== null) return context.skip(reason);
    const wired = summary.cells.filter(
      (cell) =>
        cell.config.network === "sandbox" && cell.config.sandbox !== "native" && cell.status !== "excluded",
    );
    expect(wired.length).toBeGreaterThan(0);
    for (const cell of wired) expect(cell).toMatchObject({ status: "unavailable", reason: /root/ });
  });

  test("every sandbox says what it had to leave out", (context) => {
    if (reason !== null) return context.skip(reason);
    for (const sandbox of ["unshare", "bwrap", "crun", "runc", "runsc"]) {
      expect(summary.warnings).toContainEqual(
        expect.stringMatching(`^${sandbox}: .*no memory, pids or CPU limit`),
      );
    }
  });

  test("a program is profiled by strace, and why not by perf is said", async (context) => {
    if (reason !== null) return context.skip(reason);
    const options = ["--json", "--runs", "6", "--traced-runs", "1", "--cwd", "/"];
    const done = await lab.current.cli(["profile", ...options, "--", "cat", "/etc/hostname"], { before });
    if (done.code !== 0) throw new Error(`exit code ${done.code}\n${done.err}`);
    const profile = JSON.parse(done.out) as ProgramProfile;
    expect(profile).toMatchObject({ tracer: "strace", processes: 1, bare: { runs: 6 } });
    expect(profile.warnings).toContainEqual(
      expect.stringMatching(/^Counted and timed by strace, as only root/),
    );
    expect(profile.calls.find(({ name, target }) => name === "write" && target === "pipe")?.count).toBe(1);
  });

  test("nothing is left behind of any sandbox", async (context) => {
    if (reason !== null) return context.skip(reason);
    expect(await lab.current.leftBehind()).toEqual([]);
  });

  test.for(["native", "unshare", "bwrap", "crun", "runc", "runsc"])(
    "no %s outlives a harness that is killed",
    async (sandbox, context) => {
      if (reason !== null) return context.skip(reason);
      const isNative = sandbox === "native";
      const network = isNative ? "host" : "none";
      const file = configure({
        matrix: {
          sandbox: [sandbox as "runc"],
          platform: ["systrap"],
          network: [network],
          seccomp: ["none"],
        },
        scenarioDir: join(home, "checkout/test/e2e/fixtures/scenarios"),
        scenarios: [{ use: "faulty", as: "hang", params: { fault: "hang" } }],
        // Native joins every run, and would hang as well.
        exclude: isNative ? [] : [{ cells: "native/*", reason: "is tested by itself" }],
        rounds: 1,
        limits: { launchSeconds: 30 },
      });
      const child = lab.current.start(["run", "--config", file], { before });
      await until((found) => found.some((one) => /(: |\/)(\/?scenario|runsc-sandbox) /.test(one)));
      child.kill("SIGKILL");
      await child;
      await until((found) => found.length === 0);
      await lab.current.cli(["doctor"], { before });
      expect(await lab.current.leftBehind()).toEqual([]);
    },
  );
});

async function until(isSo: (found: string[]) => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = processesOf([lab.current.dir, ...lab.current.runs()]).filter(
      (one) => !one.includes("main.ts"),
    );
    if (isSo(found)) return;
    if (Date.now() > deadline) throw new Error(`still there: ${found.join("; ")}`);
    await sleep(50);
  }
}
