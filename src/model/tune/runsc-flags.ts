/** The flags that make a runsc what a configuration says. */
import type { Configuration } from "../../axes/configuration.ts";

/**
 * Settings by flag, in order; of two settings of one flag the last wins, as in Go's package flag. `--directfs` is
 * `--directfs=true`, and every spelling of a boolean is one.
 */
export function settingsOf(flags: readonly string[]): Map<string, string> {
  const settings = new Map<string, string>();
  for (const flag of flags) {
    const [name = "", value = "true"] = flag.replace(/^--?/, "").split(/=(.*)/s);
    settings.delete(name);
    settings.set(name, BOOLEANS[value] ?? value);
  }
  return settings;
}

/** What strconv.ParseBool reads; numbers are left alone, as they may be numbers. */
const BOOLEANS: Record<string, string> = {
  T: "true",
  TRUE: "true",
  True: "true",
  t: "true",
  F: "false",
  FALSE: "false",
  False: "false",
  f: "false",
};

/** All flags of a configuration that a user has to give, in the order of a command line. */
export function runscFlags(config: Configuration, extra: readonly string[]): string[] {
  const axes = [
    `--platform=${config.platform}`,
    `--network=${config.network}`,
    // Without it runsc ignores the profile of the bundle and only logs a warning.
    ...(config.seccomp === "none" ? [] : ["--oci-seccomp=true"]),
  ];
  return [...settingsOf([...axes, ...extra])].map(([name, value]) => `--${name}=${value}`);
}
