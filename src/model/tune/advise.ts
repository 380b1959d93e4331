/** From costs to advice: what to switch, what each switch gives up, and whether to leave everything as it is. */
import {
  type Candidate,
  type Change,
  type ChangeRules,
  judgeChanges,
  type Surfaces,
  switchesBetween,
} from "./changes.ts";
import { changeContrast } from "./cost-surface.ts";
import { type FactorEffects, factorEffects } from "./factor-effects.ts";
import { levelsOf } from "./factors.ts";
import { priceOf } from "./prices.ts";

/**
 * - `change`: it gains beyond doubt and gives nothing up that is known here
 * - `nothing`: no measured or predicted change does
 */
type Decision = { kind: "change"; change: Change } | { kind: "nothing" };

export type Advice = {
  decision: Decision;
  /** Single switches from the present configuration, cheapest first. */
  changes: Change[];
  /** Several switches at once that give nothing up and gain beyond doubt. */
  combinations: Change[];
  effects: FactorEffects;
};

/**
 * @param candidates every configuration that was measured, or is predicted, the present one among them
 * @param surfaces their costs
 */
export function advise(
  from: Candidate,
  candidates: readonly Candidate[],
  surfaces: Surfaces,
  rules: ChangeRules,
): Advice {
  const switches = (to: Candidate) => switchesBetween(from, to, rules.variants);
  const others = candidates.filter(({ configuration }) => configuration !== from.configuration);
  const single = others.filter((to) => switches(to).length === 1);
  const several = others.filter(
    (to) =>
      switches(to).length > 1 &&
      to.config.sandbox === from.config.sandbox &&
      priceOf(from, to, rules.variants).every((price) => rules.waived(price, switches(to))),
  );
  // Judged together: whichever is advised is the best of all of them.
  const judged = judgeChanges(from, [...single, ...several], surfaces, rules);
  const changes = judged.filter((change) => change.switches.length === 1);
  const combinations = judged.filter((change) => change.switches.length > 1 && change.verdict === "gain");
  const surface = surfaces[rules.goal];
  const present = levelsOf(from.config, rules.variants);
  const members = candidates
    .filter(({ config }) => config.sandbox === from.config.sandbox)
    .map(({ configuration, config }) => ({ configuration, levels: levelsOf(config, rules.variants) }));
  return {
    decision: decide(changes, combinations, surfaces, rules),
    changes,
    combinations,
    effects:
      surface === null ? { main: [], interactions: [], fixed: [] } : factorEffects(surface, members, present),
  };
}

/** A combination has to beat the best single switch beyond doubt: a second switch without a gain is none. */
function decide(
  changes: readonly Change[],
  combinations: readonly Change[],
  surfaces: Surfaces,
  { goal }: ChangeRules,
): Decision {
  const best = changes.find(({ verdict, prices }) => verdict === "gain" && prices.length === 0);
  const combined = combinations.find(({ configuration }) => {
    if (best === undefined) return true;
    const beyond = surfaces[goal]?.estimate([changeContrast(best.configuration, configuration)]) ?? null;
    return beyond?.high != null && beyond.high < 1;
  });
  const change = combined ?? best;
  return change === undefined ? { kind: "nothing" } : { kind: "change", change };
}
