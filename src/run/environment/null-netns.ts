/**
 * The empty network namespace in which runsc puts its gofer.
 *
 * runsc keeps it as a mount in its state folder and makes it where it is missing (runsc/specutils/namespace.go).
 * In the fresh mount namespace of a launch it would always be missing, so each launch would pay for what a host
 * pays once; made here, every launch finds it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { OWN_SESSION } from "../../base/own-session.ts";
import type { Ledger } from "./ledger.ts";
import { removeNetns } from "./sweep.ts";

const LIMIT_MS = 5000;

/** Where it could not be made, runsc makes its own. */
export async function makeNullNetns(stateDir: string, ledger: Ledger): Promise<void> {
  const file = join(stateDir, "null-netns");
  ledger.add({ kind: "netns", files: [file] });
  writeFileSync(file, "");
  const made = await execa("unshare", [`--net=${file}`, "true"], {
    reject: false,
    timeout: LIMIT_MS,
    stdin: "ignore",
    ...OWN_SESSION,
  });
  if (made.exitCode !== 0) await removeNetns(file);
}
