/** Everything that is wrong with a profile, worst first. Pure. */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import type { FilterFacts } from "../../sandbox/seccomp/refusals.ts";
import { dialectFindings } from "./dialects.ts";
import { type LocatedFinding, locate, type Severity } from "./finding.ts";
import { nameFindings } from "./names.ts";
import { needFindings } from "./needs.ts";
import { notifyFindings } from "./notify.ts";
import { trapFindings } from "./traps.ts";

const ORDER: readonly Severity[] = ["error", "warning", "note"];

/** @param text of the profile's file, for the lines */
export function lintProfile(profile: OciSeccomp, facts: FilterFacts, text: string): LocatedFinding[] {
  return [
    ...dialectFindings(profile, facts),
    ...needFindings(profile),
    ...notifyFindings(profile),
    ...trapFindings(profile),
    ...nameFindings(profile),
  ]
    .map((finding) => locate(finding, text))
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || a.line - b.line);
}
