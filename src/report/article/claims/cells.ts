/** Short names for the cells of the preset `article`, and for what is made of them. */
import type { Configuration } from "../../../axes/configuration.ts";
import type { NetworkName } from "../../../axes/network.ts";
import type { PlatformName } from "../../../axes/platform.ts";
import type { SeccompName } from "../../../axes/seccomp.ts";
import type { Claimed, Labelled } from "../claim.ts";
import type { ClaimUnit, Formula, Quantity } from "../formula.ts";

export const native: Configuration = {
  sandbox: "native",
  platform: null,
  network: "host",
  seccomp: "none",
};

export function unshare(seccomp: SeccompName): Configuration {
  return { sandbox: "unshare", platform: null, network: "none", seccomp };
}

export function runc(seccomp: SeccompName): Configuration {
  return { sandbox: "runc", platform: null, network: "none", seccomp };
}

export function runsc(
  platform: PlatformName,
  network: NetworkName,
  seccomp: SeccompName = "none",
): Configuration {
  return { sandbox: "runsc", platform, network, seccomp };
}

export function quantity(config: Configuration, scenario: string, metric: string): Quantity {
  return { config, scenario, metric };
}

export function value(of: Quantity, times = 1): Formula {
  return { kind: "value", of, times };
}

export function ratio(of: Quantity, over: Quantity, times = 1): Formula {
  return { kind: "ratio", of, over, times };
}

export function difference(of: Quantity, minus: Quantity, times = 1): Formula {
  return { kind: "difference", of, minus, times };
}

export function labelled(label: string, formula: Formula): Labelled {
  return { label, formula };
}

/** A figure of another machine, as rough as the article gives it, is met within this factor, either way. */
export const TOLERANCE = 1.25;

export function near(figure: number, unit: ClaimUnit, text: string): Claimed {
  return { text, unit, low: figure / TOLERANCE, high: figure * TOLERANCE };
}

export function between(low: number, high: number | null, unit: ClaimUnit, text: string): Claimed {
  return { text, unit, low, high };
}
