/** Flags that make no sense with a cell's runsc: it does not know them, or does what they say anyway. Pure. */
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Configuration } from "../plan/cell.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import { ONLY_RUNSC } from "../probe/probe-runscs.ts";
import { flagName } from "../probe/runsc-flags.ts";
import type { RunscUsed } from "../samples/run-manifest.ts";

/** Further flags of a cell's runsc: those of every cell, then those of its variant, which win. */
export function flagsOf(runsc: ResolvedConfig["runsc"], configuration: Configuration): string[] {
  const variant = runsc.variants.find(({ name }) => name === configuration.flags);
  return [...runsc.flags, ...(variant?.flags ?? [])];
}

/** @returns per configuration the sentence that excludes it, or null */
export function flagsRuledOut(
  probe: Pick<HostProbe, "runscs">,
  runsc: ResolvedConfig["runsc"],
): (configuration: Configuration) => string | null {
  return (configuration) => {
    if (configuration.sandbox !== "runsc") return null;
    const used = probe.runscs?.get(configuration.runsc ?? ONLY_RUNSC)?.used;
    if (used === undefined || used.flags === null) return null;
    const variant = runsc.variants.find(({ name }) => name === configuration.flags);
    return unknownFlag(flagsOf(runsc, configuration), used) ?? withoutEffect(variant?.flags ?? [], used);
  };
}

function unknownFlag(flags: readonly string[], used: RunscUsed): string | null {
  const unknown = flags.filter((flag) => used.flags?.every(({ name }) => name !== flagName(flag)));
  if (unknown.length === 0) return null;
  return `${nameOf(used)} does not know ${unknown.map((flag) => `--${flagName(flag)}`).join(", ")}`;
}

/** A variant that changes nothing would be measured twice, and called a difference of flags. */
function withoutEffect(flags: readonly string[], used: RunscUsed): string | null {
  const reasons = flags.map((flag) => {
    const known = used.flags?.find(({ name }) => name === flagName(flag));
    if (known?.dead === true) return `accepts --${known.name} without any effect`;
    return known?.default === settingOf(flag) ? `does ${flag} by default` : null;
  });
  return flags.length > 0 && reasons.every((reason) => reason !== null)
    ? `${nameOf(used)} ${reasons.join(" and ")}`
    : null;
}

/** `--directfs` = `--directfs=true`, as Go reads it. */
function settingOf(flag: string): string {
  const equals = flag.indexOf("=");
  return equals === -1 ? "true" : flag.slice(equals + 1);
}

function nameOf({ label, version }: RunscUsed): string {
  return label === ONLY_RUNSC ? `runsc ${version}` : `runsc ${label} (${version})`;
}
