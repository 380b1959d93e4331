/** Which filter a value of the seccomp axis stands for. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { loadContainerDefault, loadProfile } from "./seccomp/load-profile.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";

/** Name of the recorded allow-list in a scenario's folder. */
export const GENERATED_PROFILE = "seccomp.json";

/**
 * @param scenarioDir folder of the scenario, for `generated`
 * @returns null for `none`
 * @throws SbxError when the profile is missing or no OCI profile
 */
export async function profileOf(seccomp: string, scenarioDir: string): Promise<OciSeccomp | null> {
  const name = seccomp.replace(/\+tree$/, "");
  if (name === "none") return null;
  if (name === "default") return loadContainerDefault();
  if (name !== "generated") return loadProfile(name);
  const file = join(scenarioDir, GENERATED_PROFILE);
  if (existsSync(file)) return loadProfile(file);
  throw new SbxError({
    what: "There is no generated filter for this scenario",
    why: `${file} does not exist.`,
    fix: "Record it with `sbx-bench seccomp record SCENARIO`.",
  });
}
