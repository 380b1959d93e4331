/** Costs of the terms, drawn together where configurations meet a term in the same way and their fits are noisy. */
import { randomEffects, shrunk } from "../stats/estimates/random-effects.ts";
import type { ConfigurationModel, FittedOp } from "./cost-model.ts";
import { OP_DEMANDS, opParts } from "./op-demands.ts";
import type { TermName } from "./terms.ts";

/** Of a 90 % interval of a normal distribution, in standard errors. */
const WIDTH_90 = 2 * 1.6449;

/**
 * Network and filter change few of a configuration's costs, and eight rounds leave each fit its own noise. So a cost
 * is drawn towards those of the configurations that differ from it in network and filter alone, as far as the resampled
 * rounds explain the distance; what really differs stays.
 */
export function poolCosts(configurations: readonly ConfigurationModel[]): ConfigurationModel[] {
  const kin = Map.groupBy(configurations, wayIn);
  return configurations.map((own) => pooled(own, kin.get(wayIn(own))!));
}

/** All but network and filter: another runsc, or other flags of it, are what somebody compares. */
function wayIn({ config: { sandbox, platform, runsc, flags } }: ConfigurationModel): string {
  return JSON.stringify([sandbox, platform, runsc ?? null, flags ?? null]);
}

function pooled(own: ConfigurationModel, kin: readonly ConfigurationModel[]): ConfigurationModel {
  const changes = own.terms.map(({ term, costNs, lowNs, highNs }) => {
    const error = errorOf({ lowNs, highNs });
    const others = kin.flatMap(({ terms }) => terms.filter((one) => one.term === term));
    // Of a single round no error is known.
    if (error === 0 || others.some((one) => errorOf(one) === 0)) return (ns: number) => ns;
    const all = randomEffects(
      others.map((one) => one.costNs),
      others.map(errorOf),
    );
    const found = shrunk(costNs, error, all);
    return (ns: number) => found.mean + ((ns - costNs) * found.error) / error;
  });
  const terms = own.terms.map((cost, index) => {
    const change = changes[index]!;
    return { ...cost, costNs: change(cost.costNs), lowNs: change(cost.lowNs), highNs: change(cost.highNs) };
  });
  const costs = new Map(terms.map(({ term, costNs }) => [term, costNs]));
  return {
    ...own,
    terms,
    ops: own.ops.map((op) => repriced(op, costs)),
    draws: own.draws.map((draw) => draw.map((ns, index) => changes[index]!(ns))),
  };
}

function repriced(op: FittedOp, costs: ReadonlyMap<TermName, number>): FittedOp {
  const known = OP_DEMANDS.find(({ scenario, metric }) => scenario === op.scenario && metric === op.metric);
  return known === undefined ? op : { ...op, ...opParts(known.demand, costs) };
}

function errorOf({ lowNs, highNs }: { lowNs: number; highNs: number }): number {
  return (highNs - lowNs) / WIDTH_90;
}
