/** The use case `seccomp lint`: what is wrong with a profile, under each sandbox of this host. */
import { environment } from "../../base/environment.ts";
import { readFilterFile } from "../../config/filter-files.ts";
import { findProgram } from "../../profile/locate-command.ts";
import { filterFacts } from "../../sandbox/seccomp/filter-facts.ts";
import { loadProfile } from "../../sandbox/seccomp/load-profile.ts";
import type { LocatedFinding } from "../../seccomp/lint/finding.ts";
import { lintProfile } from "../../seccomp/lint/lint-profile.ts";
import type { UseCaseContext } from "../use-case.ts";

export type LintResult = { file: string; findings: LocatedFinding[] };

/**
 * @param file a profile in OCI's, Docker's or Podman's format; conditions are decided for this host
 * @throws SbxError (exit code 2) where it is missing, or no profile
 */
export async function lintFilter({ file }: { file: string }, _context: UseCaseContext): Promise<LintResult> {
  const profile = loadProfile(file);
  const text = Buffer.from(readFilterFile(file).bytes).toString("utf8");
  const facts = await filterFacts(profile, findProgram("runc", environment().PATH ?? ""));
  return { file, findings: lintProfile(profile, facts, text) };
}
