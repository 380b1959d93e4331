/** The axis `seccomp`: the filter on the program's system calls. Pure. */
import { z } from "zod";
import { didYouMean } from "../base/nearest.ts";
import type { Axis } from "./axis.ts";
import type { Price } from "./price.ts";
import { factsOf } from "./sandbox.ts";
import { type FilterTaker, LAUNCHER } from "./sandbox-facts.ts";

/** `none`, `default`, `generated`, or the path of a profile, seen from the configuration's folder; `+tree` behind it = libseccomp's binary tree. */
export type SeccompName = string;

/** Values that are no path, from the widest to the narrowest filter. */
export const FILTERS = ["none", "default", "generated"];

/** Whoever compiles the filter itself builds it as a binary tree. */
export function isTree(seccomp: SeccompName): boolean {
  return seccomp.endsWith("+tree");
}

/** Without the way in which it is compiled. */
export function plainFilter(seccomp: SeccompName): string {
  return seccomp.replace(/\+tree$/, "");
}

/** Anything else would be taken for a file, and a slip of the finger for a missing one. */
const seccompFilter = z.string().regex(/^(none|default|generated)(\+tree)?$|\/|\.json(\+tree)?$/, {
  error: ({ input }) =>
    `is no filter.${didYouMean(String(input), FILTERS)} Allowed: ${FILTERS.join(", ")}, or the path of a profile (with a slash, or ending in .json)`,
});

export const seccompSchema = z
  .array(seccompFilter)
  .min(1)
  .optional()
  .describe(
    "none, default, generated, or the path of an OCI or Docker profile, relative to this file; +tree = libseccomp's binary tree",
  );

export const seccompAxis: Axis = {
  key: "seccomp",
  option: {
    argument: "<names>",
    text: `filters: ${FILTERS.join(", ")}, or a path (with a comma in it: as it is, or \\,)`,
    takesPaths: true,
  },
  idPart: ({ seccomp }) => `seccomp=${seccomp}`,
  isOf: () => true,
  values: ({ seccomp }) => seccomp.map((name) => ({ seccomp: name })),
  absent: {},
  compare: (a, b) => place(a.seccomp) - place(b.seccomp) || a.seccomp.localeCompare(b.seccomp),
  others: (config) => FILTERS.map((seccomp) => ({ ...config, seccomp })),
  senseless: (config) =>
    isTree(config.seccomp) && !isCompiledHere(factsOf(config).filter)
      ? `+tree chooses how this tool's launcher builds the filter; ${config.sandbox} builds its own`
      : null,
  price: (from, to) => filterPrice(from.seccomp, to.seccomp, factsOf(to).isGVisor),
  need(_, to) {
    if (to.seccomp === "none") return null;
    const where = factsOf(to).isGVisor
      ? "the profile in the OCI bundle, and --oci-seccomp"
      : "the profile in the OCI bundle";
    return to.seccomp === "generated" ? `a filter recorded of your program, as ${where}` : where;
  },
};

function isCompiledHere(filter: FilterTaker | null): boolean {
  return filter?.dialect === "oci" && filter.by === LAUNCHER;
}

/** Unknown names come last. */
function place(seccomp: SeccompName): number {
  const index = FILTERS.indexOf(seccomp);
  return index === -1 ? FILTERS.length : index;
}

/** A path is the user's own profile: how strict it is, is not known here. */
function filterPrice(from: SeccompName, to: SeccompName, isGVisor: boolean): Price[] {
  const prices: Price[] = [];
  const [before, after] = [from, to].map((name) => FILTERS.indexOf(plainFilter(name)));
  if (to === "none") {
    prices.push({
      kind: "security",
      text: isGVisor
        ? "gVisor's kernel takes every call that it knows: defence in depth inside it is gone; its own filter towards the host stays"
        : "the host's kernel takes every system call of the program",
      source: isGVisor ? "gVisor runsc/config/flags.go (oci-seccomp)" : "seccomp(2)",
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
