import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll } from "vitest";
import { cacheFolder } from "../../src/base/cache-folder.ts";
import type { JudgedSummary } from "../../src/check/judged-summary.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { type HostState, hostState, leftBehind } from "./host-state.ts";

export const ROOT = join(import.meta.dirname, "../..");
const MAIN = join(ROOT, "src/cli/main.ts");
const RUN_LIMIT_MS = 220_000;

/** What the tool keeps for every run alike; a lab shares it, so that nothing is built or tried twice. */
const SHARED = ["build", "rootfs", "probes", "tools"];

export type Ended = { code: number | undefined; out: string; err: string };

/** A folder with a cache, a configuration and runs of its own. */
export class Lab {
  readonly dir: string = mkdtempSync(join(tmpdir(), "sbx-lab-"));
  readonly cache: string = join(this.dir, "cache");
  readonly out: string = join(this.dir, "runs");
  readonly #before: HostState;

  constructor() {
    const own = join(this.cache, "sbx-bench");
    mkdirSync(own, { recursive: true });
    for (const name of SHARED) {
      const shared = join(cacheFolder(), name);
      mkdirSync(shared, { recursive: true });
      symlinkSync(shared, join(own, name));
    }
    // Programs in the sandboxes run as another user.
    chmodSync(this.dir, 0o755);
    this.#before = hostState();
  }

  /** Writes a configuration. @returns its path, for `--config` */
  configure(config: BenchConfig): string {
    const file = join(this.dir, "bench.config.ts");
    const whole = { scenarioDir: join(ROOT, "scenarios"), out: this.out, ...config };
    writeFileSync(file, `export default ${JSON.stringify(whole, null, 1)};\n`);
    return file;
  }

  get env(): Record<string, string> {
    // The same path as outside the lab: what was tried with another runsc would be tried again.
    const runsc = process.env.SBX_RUNSC ?? join(cacheFolder(), "tools/runsc/current/runsc");
    return { XDG_CACHE_HOME: this.cache, NO_COLOR: "1", ...(existsSync(runsc) ? { SBX_RUNSC: runsc } : {}) };
  }

  /** Starts the command line; `before` is what stands before it on the command line (`unshare ...`). */
  start(args: string[], options: { env?: Record<string, string>; before?: string[] } = {}) {
    const node = [process.execPath, "--disable-warning=ExperimentalWarning", MAIN];
    const [file = "", ...rest] = [...(options.before ?? []), ...node, ...args];
    return execa(file, rest, {
      cwd: this.dir,
      env: { ...this.env, ...options.env },
      reject: false,
      timeout: RUN_LIMIT_MS,
      stdin: "ignore",
    });
  }

  async cli(
    args: string[],
    options: { env?: Record<string, string>; before?: string[] } = {},
  ): Promise<Ended> {
    const done = await this.start(args, options);
    return { code: done.exitCode, out: done.stdout, err: done.stderr };
  }

  /** A whole run. @returns its summary and its records */
  async run(config: BenchConfig, args: string[] = [], env: Record<string, string> = {}) {
    const ended = await this.cli(["run", "--json", "--config", this.configure(config), ...args], { env });
    if (!ended.out.startsWith("{")) throw new Error(`no summary; exit code ${ended.code}\n${ended.err}`);
    const summary = JSON.parse(ended.out) as JudgedSummary;
    return { ...ended, summary, launches: this.launches(summary.runId) };
  }

  launches(runId: string): LaunchRecord[] {
    return readLaunchLog(join(this.out, runId, "launches.ndjson")).records;
  }

  /** Ids of the runs so far, oldest first. */
  runs(): string[] {
    if (!existsSync(this.out)) return [];
    return readdirSync(this.out)
      .filter((name) => name !== "latest")
      .toSorted();
  }

  /** What is on the host now, and was not when the lab was opened; empty = nothing. */
  leftBehind(): Promise<string[]> {
    return leftBehind(this.#before, this.dir, this.runs());
  }

  /** Names in the tool's own folders for what a run makes; both empty once a run has ended. */
  kept(): string[] {
    return ["ledger", "scratch"].flatMap((name) => {
      const dir = join(this.cache, "sbx-bench", name);
      return existsSync(dir) ? readdirSync(dir).map((entry) => `${name}/${entry}`) : [];
    });
  }

  close(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A lab for a test file; opened before its tests, removed after them. */
export function useLab(): { current: Lab } {
  const holder = {} as { current: Lab };
  beforeAll(() => {
    holder.current = new Lab();
  });
  afterAll(() => holder.current?.close());
  return holder;
}

/** Why real sandboxes can't be tested here; null where they can. CI can. */
export function whyNot(): string | null {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root: limits, the veth pair and the sweep of cgroups";
  return null;
}
