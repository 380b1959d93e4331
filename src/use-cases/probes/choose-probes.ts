/** Which probes are run. */
import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import { PROBES, probeNamed } from "../../isolation/catalogue/catalogue.ts";
import { GROUPS, type ProbeDefinition } from "../../isolation/catalogue/probe.ts";

/** @param names of probes or of their groups. @throws SbxError (exit code 2) for a name that there is not */
export function chosenProbes(names: readonly string[] | null): ProbeDefinition[] {
  if (names === null) return [...PROBES];
  const chosen = new Set(
    names.flatMap((name) => {
      const ofGroup = PROBES.filter(({ group }) => group === name);
      const one = probeNamed(name);
      const found = one === undefined ? ofGroup : [one];
      if (found.length > 0) return found;
      const known = [...GROUPS, ...PROBES.map((probe) => probe.name)];
      throw new SbxError({
        what: `There is no probe ${name}`,
        why: `The groups are ${GROUPS.join(", ")}.${didYouMean(name, known)}`,
        fix: "`sbx-bench probes --help` names them; docs/isolation.md says what each tries.",
      });
    }),
  );
  return PROBES.filter((probe) => chosen.has(probe));
}
