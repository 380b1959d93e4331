/** The Universal Scalability Law's fit against that of R's package usl. */
import { fitUsl } from "../../src/capacity/models/usl.ts";
import type { Figure } from "../figure.ts";

/** Data set `specsdm91`: SPEC SDM on a Sun SPARCcenter 2000. */
const SPEC_SDM91 = [
  [1, 64.9],
  [18, 995.9],
  [36, 1652.4],
  [72, 1853.2],
  [108, 1828.9],
  [144, 1775.0],
  [216, 1702.2],
].map(([n, ratePerS]) => ({ n: n!, ratePerS: ratePerS! }));

/** As R's vignette prints them. */
const KNOWN = { alpha: 0.0277285, beta: 0.0001044, gamma: 89.995 };

export function uslAgainstR(): Figure[] {
  const fit = fitUsl(SPEC_SDM91);
  return (["alpha", "beta", "gamma"] as const).map((name) => ({
    name: `USL, specsdm91: ${name}`,
    seen: `${fit[name].toPrecision(6)} (n=${SPEC_SDM91.length})`,
    goal: `${KNOWN[name]} to 4 digits`,
    met: fit[name].toPrecision(4) === KNOWN[name].toPrecision(4),
  }));
}
