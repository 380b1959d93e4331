/** Which flags a runsc knows, by its own word: they come and go between versions. */
import { execa } from "execa";
import type { RunscFlag } from "../samples/run-manifest.ts";

/** `runsc flags` takes 40 ms; it prints to stderr. */
const LIMIT_MS = 10_000;

/** @returns `null` where it does not say: nothing is then ruled out on its account */
export async function askRunscFlags(runsc: string): Promise<RunscFlag[] | null> {
  const { stdout, stderr } = await execa(runsc, ["flags"], {
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
    stdin: "ignore",
    reject: false,
  });
  const flags = parseFlagHelp(`${stdout ?? ""}\n${stderr ?? ""}`);
  return flags.length === 0 ? null : flags;
}

/**
 * The help text of Go's package flag (PrintDefaults): a line `  -name type`, without a type for a boolean, and
 * below it the usage, which ends with `(default x)` unless that is the type's zero value.
 */
export function parseFlagHelp(text: string): RunscFlag[] {
  const flags: RunscFlag[] = [];
  for (const entry of text.split(/^ {2}-(?=\S)/m).slice(1)) {
    const [head = "", ...usage] = entry.split("\n");
    const [, name = "", type = ""] = /^([^\s]+)(?: ([^\t]+))?/.exec(head) ?? [];
    const said = usage.join(" ");
    const shown = [...said.matchAll(/\(default "?([^")]*)"?\)/g)].at(-1)?.[1] ?? null;
    flags.push({
      name,
      default: shown ?? (type === "" ? "false" : null),
      ...(/^\s*DEPRECATED\b.*no effect/.test(said) ? { dead: true } : {}),
    });
  }
  return flags;
}

/** `--directfs=false` -> `directfs` */
export function flagName(flag: string): string {
  return flag.replace(/^--?/, "").split("=")[0] ?? "";
}
