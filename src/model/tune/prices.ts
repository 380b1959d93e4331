/** What a switch gives up, with where that is documented. */
import type { FlagVariant } from "../../config/resolved-config.ts";
import type { Configuration } from "../../plan/cell.ts";
import { changesBetween, type FactorChange, levelsOf } from "./factors.ts";
import { flagRule } from "./flag-prices.ts";
import type { Price } from "./price.ts";
import { settingsOf } from "./runsc-flags.ts";

const DOCS = "gvisor.dev/docs";
const SECURITY_MODEL = `${DOCS}/architecture_guide/security`;
const NETWORKING = `${DOCS}/user_guide/networking`;
const PLATFORMS = `${DOCS}/user_guide/platforms`;
const FLAGS = "gVisor runsc/config/flags.go";

/** A configuration with what is needed to judge it. */
export type Judged = {
  config: Configuration;
  /** Of its runsc, as given to it. */
  flags: readonly string[];
};

/** All that a switch gives up; empty = nothing that is known here. */
export function priceOf(from: Judged, to: Judged, variants: readonly FlagVariant[]): Price[] {
  const changes = changesBetween(levelsOf(from.config, variants), levelsOf(to.config, variants));
  return [...changes.flatMap((change) => axisPrice(change, to.config)), ...flagPrices(from, to)];
}

function axisPrice({ factor, from, to }: FactorChange, config: Configuration): Price[] {
  switch (factor) {
    case "sandbox":
      return sandboxPrice(from, to);
    case "platform":
      return to === "ptrace"
        ? [
            {
              kind: "support",
              text: "gVisor replaced ptrace by systrap, no longer supports it and means to remove it",
              source: PLATFORMS,
            },
          ]
        : [];
    case "network":
      return networkPrice(from, to, config);
    case "seccomp":
      return filterPrice(from, to, config);
    case "runsc":
      return [
        {
          kind: "support",
          text: `another runsc: ${to} instead of ${from}; what it fixes or lacks is not judged here`,
          source: "its release notes",
        },
      ];
    default:
      // Flags are judged by what they set, not by the name of their variant.
      return [];
  }
}

function sandboxPrice(from: string, to: string): Price[] {
  const prices: Price[] = [];
  if (from === "runsc") {
    prices.push({
      kind: "security",
      text: "the host kernel's whole interface is open to the program, but for its filter: a bug in it is a way out",
      source: SECURITY_MODEL,
    });
  }
  if (to === "native") {
    prices.push({
      kind: "security",
      text: "no namespaces: it sees the host's files and processes",
      source: "namespaces(7)",
    });
  }
  return prices;
}

/** Less of the host's network is more isolation, and less function. */
const NETWORK_ORDER = ["host", "sandbox", "none"];

function networkPrice(from: string, to: string, config: Configuration): Price[] {
  if (to === "host") {
    const stack =
      config.sandbox === "runsc" ? "gVisor hands socket calls to the host's network stack, and " : "";
    return [
      {
        kind: "security",
        text: `${stack}the program reaches the host's interfaces and services on its loopback`,
        source: config.sandbox === "runsc" ? NETWORKING : "network_namespaces(7)",
      },
    ];
  }
  if (to === "none") {
    return [{ kind: "function", text: "no network but a loopback of its own", source: NETWORKING }];
  }
  return NETWORK_ORDER.indexOf(to) < NETWORK_ORDER.indexOf(from)
    ? [
        {
          kind: "security",
          text: "it can reach the network that its interface is connected to",
          source: NETWORKING,
        },
      ]
    : [];
}

/** A path is the user's own profile: how strict it is, is not known here. */
const FILTER_ORDER = ["none", "default", "generated"];

function filterPrice(from: string, to: string, { sandbox }: Configuration): Price[] {
  const prices: Price[] = [];
  const [before, after] = [from, to].map((name) => FILTER_ORDER.indexOf(name.replace(/\+tree$/, "")));
  if (to === "none") {
    prices.push({
      kind: "security",
      text:
        sandbox === "runsc"
          ? "gVisor's kernel takes every call that it knows: defence in depth inside it is gone; its own filter towards the host stays"
          : "the host's kernel takes every system call of the program",
      source: sandbox === "runsc" ? `${FLAGS} (oci-seccomp)` : "seccomp(2)",
    });
  } else if (before === -1 || after === -1) {
    prices.push({
      kind: "security",
      text: "another filter: which of the two is stricter is not judged here",
      source: "the profile",
    });
  } else if (after! < before!) {
    prices.push({
      kind: "security",
      text: `a wider filter: ${to} allows more than ${from}`,
      source: "the profiles",
    });
  }
  if (to !== "none" && (before === -1 || after === -1 || after! > before!)) {
    prices.push({
      kind: "function",
      text:
        to === "generated"
          ? "calls that were not seen when the filter was recorded fail"
          : "calls that the filter does not list fail",
      source: "seccomp(2)",
    });
  }
  return prices;
}

function flagPrices(from: Judged, to: Judged): Price[] {
  if (to.config.sandbox !== "runsc") return [];
  const before = from.config.sandbox === "runsc" ? from.flags : [];
  const [had, has] = [settingsOf(before), settingsOf(to.flags)];
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((name) => {
    const [old, now] = [had.get(name) ?? null, has.get(name) ?? null];
    return old === now ? [] : flagRule(name, old, now);
  });
}
