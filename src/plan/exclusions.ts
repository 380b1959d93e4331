/** Combinations that make no sense anywhere, with the sentence that says why. Pure. */
import type { Configuration } from "./cell.ts";

/** `null` when the combination makes sense. */
export function senselessReason(config: Configuration): string | null {
  if (config.sandbox === "native") {
    if (config.network !== "host") return "native runs on the host, so it has only the host's network";
    if (config.seccomp !== "none") return "native is the baseline and runs without a filter";
  }
  if (config.seccomp.endsWith("+tree") && config.sandbox !== "unshare") {
    return `+tree chooses how this tool's launcher builds the filter; ${config.sandbox} builds its own`;
  }
  return null;
}
