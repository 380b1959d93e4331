/** Flags that make no sense with a cell's runsc: it does not know them, or does what they say anyway. Pure. */

import type { Configuration } from "../axes/configuration.ts";
import { isGVisor } from "../axes/sandbox.ts";
import { FLAG_FACTORS } from "../config/flag-factors.ts";
import type { FlagVariant, ResolvedConfig } from "../config/resolved-config.ts";
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
    if (!isGVisor(configuration)) return null;
    const used = probe.runscs?.get(configuration.runsc ?? ONLY_RUNSC)?.used;
    const variant = runsc.variants.find(({ name }) => name === configuration.flags);
    if (used === undefined || used.flags === null) return elsewhere(variant, configuration);
    return (
      elsewhere(variant, configuration) ??
      unknownFlag(flagsOf(runsc, configuration), used) ??
      refusedTogether(flagsOf(runsc, configuration), used) ??
      withoutEffect(variant, used)
    );
  };
}

function unknownFlag(flags: readonly string[], used: RunscUsed): string | null {
  const unknown = flags.filter((flag) => used.flags?.every(({ name }) => name !== flagName(flag)));
  if (unknown.length === 0) return null;
  return `${nameOf(used)} does not know ${unknown.map((flag) => `--${flagName(flag)}`).join(", ")}`;
}

/** runsc starts with neither: "overlay flag is incompatible with shared file access for rootfs" (runsc/config/config.go). */
function refusedTogether(flags: readonly string[], used: RunscUsed): string | null {
  const last = (name: string) => {
    const given = flags.findLast((flag) => flagName(flag) === name);
    return given === undefined ? null : settingOf(given);
  };
  const overlay = last("overlay2") ?? used.flags?.find(({ name }) => name === "overlay2")?.default ?? null;
  if (last("file-access") !== "shared" || overlay === null || overlay === "none") return null;
  return `${nameOf(used)} refuses --file-access=shared while the root has an overlay (overlay2=${overlay}); vary overlay2=none with it`;
}

/** A flag of systrap under ptrace, or one of the network link where there is no link. */
function elsewhere(variant: FlagVariant | undefined, { platform, network }: Configuration): string | null {
  return meaningless(variant, (flag) => {
    const only = FLAG_FACTORS.find(({ name }) => name === flagName(flag))?.only;
    if (only?.platform !== undefined && only.platform !== platform)
      return `${flag} concerns ${only.platform} only`;
    return only?.network !== undefined && only.network !== network
      ? `${flag} concerns network=${only.network} only`
      : null;
  });
}

/**
 * A variant that changes nothing would be measured twice, and called a difference of flags. One of a sweep means
 * something only if each of its levels does: without that one it is another cell of the sweep.
 */
function meaningless(
  variant: FlagVariant | undefined,
  reasonOf: (flag: string) => string | null,
): string | null {
  const flags = variant?.flags ?? [];
  const reasons = flags.map(reasonOf).filter((reason) => reason !== null);
  const needed = variant?.levels === undefined ? flags.length : 1;
  return flags.length > 0 && reasons.length >= needed ? reasons.join(" and ") : null;
}

function withoutEffect(variant: FlagVariant | undefined, used: RunscUsed): string | null {
  const reason = meaningless(variant, (flag) => {
    const known = used.flags?.find(({ name }) => name === flagName(flag));
    if (known?.dead === true) return `accepts --${known.name} without any effect`;
    return known?.default === settingOf(flag) ? `does ${flag} by default` : null;
  });
  return reason === null ? null : `${nameOf(used)} ${reason}`;
}
/** `--directfs` = `--directfs=true`, as Go reads it. */
function settingOf(flag: string): string {
  const equals = flag.indexOf("=");
  return equals === -1 ? "true" : flag.slice(equals + 1);
}

function nameOf({ label, version }: RunscUsed): string {
  return label === ONLY_RUNSC ? `runsc ${version}` : `runsc ${label} (${version})`;
}
