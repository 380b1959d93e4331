/** The axis `runsc`: which of several runscs. Pure. */
import { z } from "zod";
import type { Axis } from "./axis.ts";

/** A runsc that the run measures. */
export type RunscChoice = {
  /** Stands in ids: `debian`, `20260905`, `mine`. */
  label: string;
  /** Name of an installed one, or an absolute path. */
  wanted: string;
};

/** The one that a run takes when it names none. */
const UNNAMED = "default";

export const runscSchema = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe(
    "several runscs: a version or name that `sbx-bench runsc list` shows, a path, or label=path; the old one first",
  );

export const runscAxis: Axis = {
  key: "runsc",
  option: {
    argument: "<names>",
    takesPaths: true,
    text: "runscs, the old one first: versions or names of `runsc list`, paths, label=path",
  },
  // Its label stands behind the sandbox's name: runsc@debian.
  idPart: () => null,
  isOf: ({ isGVisor }) => isGVisor,
  values: ({ runsc }) => (runsc.length === 0 ? [{}] : runsc.map(({ label }) => ({ runsc: label }))),
  absent: {},
  compare: () => 0,
  others: () => [],
  price: (from, to) => [
    {
      kind: "support",
      text: `another runsc: ${to.runsc ?? UNNAMED} instead of ${from.runsc ?? UNNAMED}; what it fixes or lacks is not judged here`,
      source: "its release notes",
    },
  ],
  need: (_, { runsc }) => (runsc === undefined ? null : `runsc ${runsc}`),
};
