/** The command line on the fake driver, in a folder and a cache of its own. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Comparison } from "../../src/check/comparison-types.ts";

const ROOT = resolve(import.meta.dirname, "../..");

type Answer = { code: number | null; stdout: string; stderr: string };

export type GateCli = {
  dir: string;
  runs: string;
  /** @param faults of the fake driver */
  sbx(args: string[], faults?: object[]): Answer;
  /** `check --json`, parsed. */
  check(args: string[]): Answer & { comparison: Comparison };
  /** Folder of the newest run. */
  latest(): string;
};

/** @param matrix sandbox and scenarios of the configuration; the fake driver plays syscalls by default */
export function gateCli(
  matrix: object = { sandbox: ["fake"], network: ["none"], seccomp: ["none", "default"] },
): GateCli {
  const dir = mkdtempSync(join(tmpdir(), "sbx-gate-"));
  const cache = join(dir, "cache");
  const runsc = shareBuilt(cache);
  const config = (parts: object) =>
    `export default ${JSON.stringify({
      preset: "quick",
      rounds: 15,
      matrix,
      scenarios: ["syscalls"],
      scenarioDir: join(ROOT, "scenarios"),
      check: {
        metrics: [
          { match: "*", gate: false },
          { match: "*::getpid*", gate: true },
        ],
      },
      ...parts,
    })};\n`;
  for (const name of ["bench.config.ts", "base.config.ts", "new.config.ts"]) {
    writeFileSync(join(dir, name), config({}));
  }
  const runs = join(dir, "reports");
  const sbx = (args: string[], faults: object[] = []): Answer => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "src/cli/main.ts"), ...args], {
      cwd: dir,
      encoding: "utf8",
      timeout: 220_000,
      env: {
        ...runsc,
        ...process.env,
        XDG_CACHE_HOME: cache,
        SBX_FAKE_FAULTS: JSON.stringify(faults),
        GITHUB_STEP_SUMMARY: "",
        NO_COLOR: "1",
      },
    });
    return { code: status, stdout, stderr };
  };
  return {
    dir,
    runs,
    sbx,
    check: (args) => {
      const answer = sbx(["check", "--json", ...args]);
      return { ...answer, comparison: JSON.parse(answer.stdout || "null") as Comparison };
    },
    latest: () =>
      join(
        runs,
        readdirSync(runs)
          .filter((name) => name !== "latest")
          .sort()
          .at(-1)!,
      ),
  };
}

/**
 * What was built and probed before is used again; noise floors and durations are not.
 * @returns the runsc that the probe's answers are about
 */
function shareBuilt(cache: string): Record<string, string> {
  const own = join(cache, "sbx-bench");
  const real = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "sbx-bench");
  mkdirSync(own, { recursive: true });
  for (const part of ["build", "rootfs", "probes"]) {
    mkdirSync(join(real, part), { recursive: true });
    symlinkSync(join(real, part), join(own, part));
  }
  const runsc = join(real, "tools/runsc/current/runsc");
  return existsSync(runsc) ? { SBX_RUNSC: runsc } : {};
}

export function editJson(file: string, edit: (content: Record<string, unknown>) => void): void {
  const content = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  edit(content);
  writeFileSync(file, JSON.stringify(content));
}
