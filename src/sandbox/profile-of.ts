/** Which filter a value of the seccomp axis stands for. */
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { plainFilter } from "../axes/seccomp.ts";
import { SbxError } from "../base/errors.ts";
import { containerDefaultFile, loadProfile } from "./seccomp/load-profile.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";

/** Name of the recorded allow-list in a scenario's folder. */
export const GENERATED_PROFILE = "seccomp.json";

export type FilterPlaces = {
  /** Absolute path of each filter that is a file, by its name in ids. */
  filters: Readonly<Record<string, string>>;
  /** Folder of the scenario, for `generated`. */
  scenarioDir: string;
};

/**
 * @returns null for `none`
 * @throws SbxError when the profile is missing or no OCI profile
 */
export function profileOf(seccomp: string, places: FilterPlaces): OciSeccomp | null {
  const file = filterFile(seccomp, places);
  return file === null ? null : loadProfile(file);
}

/**
 * @returns null for `none`
 * @throws SbxError when there is none of that name
 */
export function filterFile(seccomp: string, { filters, scenarioDir }: FilterPlaces): string | null {
  const name = plainFilter(seccomp);
  if (name === "none") return null;
  if (name === "default") return containerDefaultFile();
  if (name !== "generated") {
    const file = filters[name] ?? (isAbsolute(name) ? name : undefined);
    if (file !== undefined) return file;
    throw new SbxError({
      what: `The place of the filter ${name} is not known`,
      why: "A path is seen from the folder of the configuration that names it, and this one does not.",
      fix: `Name ${name} under matrix.seccomp in the configuration.`,
    });
  }
  const file = join(scenarioDir, GENERATED_PROFILE);
  if (existsSync(file)) return file;
  throw new SbxError({
    what: "There is no generated filter for this scenario",
    why: `${file} does not exist.`,
    fix: "Make it with `sbx-bench seccomp generate SCENARIO`.",
  });
}
