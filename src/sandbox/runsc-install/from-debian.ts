/** Debian's package of runsc, from backports, without a change to the host's apt. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { SbxError } from "../../base/errors.ts";

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), "../../../setup/fetch-debian-runsc.sh");
const LIMIT_MS = 300_000;

/** @throws SbxError (exit code 4) where apt has no such package or is missing */
export async function fetchFromDebian(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ program: string; packageVersion: string }> {
  const done = await execa("/bin/sh", [SCRIPT, folder], {
    env,
    extendEnv: false,
    timeout: LIMIT_MS,
    stdin: "ignore",
    reject: false,
  });
  if (done.exitCode === 0)
    return { program: join(folder, "debian-runsc", "runsc"), packageVersion: done.stdout.trim() };
  throw new SbxError({
    what: "Debian's runsc cannot be had from backports",
    why: done.stderr.trim().split("\n").slice(-6).join("\n") || done.shortMessage || "apt gave no reason",
    fix: "Check the network and the apt sources; this needs a Debian release whose backports have runsc.",
    exitCode: 4,
  });
}
