/** Runs the command line in the guest, as a user would. */
import { chownSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { BenchConfig } from "../../../src/config/define-config.ts";
import { GUEST } from "../places.ts";

/** Of one command; the machine has a limit of its own. Emulated on a busy host, the whole matrix took over 400 s. */
const LIMIT_MS = 2_700_000;
const OUT = `${GUEST.out}/runs`;

export type Ended = { code: number | undefined; out: string; err: string };

/** Before a command line: as the plain user of the guest, with a cache of its own. */
export const AS_USER = [
  ...["setpriv", "--reuid", String(GUEST.uid), "--regid", String(GUEST.uid), "--init-groups", "--"],
  ...["env", `HOME=${GUEST.home}`, `XDG_CACHE_HOME=${GUEST.home}/cache`],
];

/** @param before what stands before the program on the command line */
export async function command(args: string[], config?: BenchConfig, before: string[] = []): Promise<Ended> {
  prepareUser();
  const file = "/tmp/bench.config.ts";
  if (config !== undefined) {
    const whole = { scenarioDir: `${GUEST.checkout}/scenarios`, out: OUT, ...config };
    writeFileSync(file, `export default ${JSON.stringify(whole)};\n`);
  }
  const node = [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    `${GUEST.checkout}/src/cli/main.ts`,
  ];
  const withConfig = config === undefined ? [] : ["--config", file];
  const [program = "", ...rest] = [...before, ...node, ...args, ...withConfig];
  const done = await execa(program, rest, {
    reject: false,
    timeout: LIMIT_MS,
    stdin: "ignore",
    // Also into what the guest says, so that it is seen where it got stuck.
    stderr: ["pipe", "inherit"],
    env: { NO_COLOR: "1", NODE_COMPILE_CACHE: "/tmp/compiled" },
  });
  return { code: done.exitCode, out: done.stdout, err: done.stderr };
}

/** Root's programs and tools serve the user, too; what a run makes is the user's own. */
function prepareUser(): void {
  const own = join(GUEST.home, "cache/sbx-bench");
  if (existsSync(own)) return;
  mkdirSync(own, { recursive: true });
  for (const name of ["build", "tools"]) symlinkSync(join(GUEST.cache, "sbx-bench", name), join(own, name));
  mkdirSync(OUT, { recursive: true, mode: 0o777 });
  for (const dir of [GUEST.home, join(GUEST.home, "cache"), own, OUT]) chownSync(dir, GUEST.uid, GUEST.uid);
}

export function runIds(): string[] {
  return existsSync(OUT) ? readdirSync(OUT).filter((name) => name !== "latest") : [];
}

/** What runs keep of their own while they are under way, root's and the user's. */
export function kept(): string[] {
  return [GUEST.cache, `${GUEST.home}/cache`].flatMap((cache) =>
    ["ledger", "scratch"].flatMap((name) => {
      const dir = join(cache, "sbx-bench", name);
      return existsSync(dir) ? readdirSync(dir).map((entry) => join(dir, entry)) : [];
    }),
  );
}
