/** The configuration that a reader came for. */
import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import { labelsByUse, MOST_ISOLATED_FIRST, SANDBOX_FACTS, sandboxLabel } from "../../../axes/sandbox.ts";
import { NETWORK_PREFERENCE } from "../../kit/configurations.ts";
import type { SummaryIndex } from "./summary-index.ts";

/** The first of these that was measured. */
const SUBJECTS = [
  ...MOST_ISOLATED_FIRST.flatMap(labelsByUse),
  ...SANDBOX_FACTS.filter(({ kind }) => kind !== "sandbox")
    .map(({ name }) => name)
    .toReversed(),
];

/** @returns `null` where nothing was measured */
export function subjectOf(index: SummaryIndex): Configuration | null {
  const measured = index.configurations.filter((config) =>
    index.scenarios.some((scenario) => (index.cell(config, scenario)?.metrics.length ?? 0) > 0),
  );
  for (const label of SUBJECTS) {
    const candidates = measured.filter((config) => sandboxLabel(config) === label);
    for (const network of NETWORK_PREFERENCE) {
      const own = candidates.filter((config) => config.network === network);
      const found = own.find((config) => config.seccomp === "none") ?? own[0];
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** The baseline and the other sandboxes with the subject's network and filter. */
export function peersOf(index: SummaryIndex, subject: Configuration): Configuration[] {
  return index.configurations.filter((config) => {
    if (configurationId(config) === configurationId(subject)) return false;
    const like = config.network === subject.network && config.seccomp === subject.seccomp;
    return like || (index.baseline !== null && configurationId(config) === configurationId(index.baseline));
  });
}
