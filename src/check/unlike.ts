/** What makes two runs incomparable: another host, other versions, another amount of work. Pure. */
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { differingFields } from "../samples/differing-fields.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { UnlikeField } from "./comparison-types.ts";

/**
 * Fields of the fingerprint, and settings that change what a launch does: preset, limits, flags of runsc, and the
 * parameters of the scenarios that both runs have.
 *
 * @returns empty for runs that can be compared
 */
export function unlikeFields(a: RunManifest, b: RunManifest): UnlikeField[] {
  return [
    ...differingFields(a.fingerprint, b.fingerprint),
    ...differingFields(settings(a, b), settings(b, a)),
  ];
}

function settings(run: RunManifest, other: RunManifest): { id: string; fields: Record<string, string> } {
  const config = run.config as Partial<ResolvedConfig> | null;
  const fields: Record<string, string> = { "config.preset": run.preset };
  const others = other.config as Partial<ResolvedConfig> | null;
  // A baseline keeps only part of its run's settings: what one side does not know is no difference.
  for (const [name, limit] of Object.entries((others?.limits && config?.limits) ?? {})) {
    fields[`config.limits.${name}`] = limit === null ? "none" : String(limit);
  }
  if (config?.runsc && others?.runsc) fields["config.runsc.flags"] = config.runsc.flags.join(" ") || "none";
  // A variant that only one side has leads to cells that only one side has.
  for (const { name, flags: own } of (others?.runsc && config?.runsc?.variants) ?? []) {
    if (!others?.runsc?.variants?.some((variant) => variant.name === name)) continue;
    fields[`config.runsc.variants.${name}`] = own.join(" ");
  }
  for (const { as, use, params } of (others?.scenarios && config?.scenarios) ?? []) {
    if (!others?.scenarios?.some((scenario) => scenario.as === as)) continue;
    const given = Object.entries(params).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    fields[`config.scenarios.${as}`] = [use, ...given.sort()].join(" ");
  }
  return { id: "", fields };
}
