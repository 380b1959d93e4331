/** Memory of 50 sandboxes as the line through 1, 2, 4 and 8 has it, against 50 that are really held. */
import { densityCurve, predictedBytes } from "../../src/capacity/density/density-curve.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { measureDensity } from "../../src/use-cases/capacity/density.ts";
import type { Figure } from "../figure.ts";

const FITTED = [1, 2, 4, 8];
const PREDICTED = 50;
const CONFIGURATIONS = ["unshare", "runc", "runsc/systrap"].map((name) => `${name}/net=none/seccomp=none`);
const GOALS = { median: 0.05, worst: 0.1, split: { low: 0.97, high: 1.03 } };

export async function densityPredicted(): Promise<Figure[]> {
  const config = resolveConfig({ preset: "quick" }, {}, "bench", process.cwd());
  const request = { levels: [...FITTED, PREDICTED], repeats: 3, plateauS: 3, programMib: 8, working: false };
  const { configurations } = await measureDensity(
    { config, cells: CONFIGURATIONS, request },
    {
      say: (event) => event.type === "note" && process.stderr.write(`${event.message}\n`),
      abort: new AbortController().signal,
    },
  );
  return configurations.flatMap(({ configuration, steps, curve }): Figure[] => {
    const line = densityCurve(steps.filter(({ n }) => n !== PREDICTED)).pss;
    const predicted = predictedBytes(line, PREDICTED);
    const held = steps.filter(({ n, converged }) => n === PREDICTED && converged);
    const errors = held
      .map(({ footprint }) => predicted!.value / (footprint!.pssBytes + footprint!.pageTableBytes) - 1)
      .toSorted((a, b) => Math.abs(a) - Math.abs(b));
    const middle = errors[errors.length >> 1];
    const worst = errors.at(-1);
    const leftovers = steps.reduce((sum, step) => sum + step.leftovers, 0);
    const goal = "median of 3 within 5 %, none beyond 10 %";
    const name = `memory of ${PREDICTED} x ${configuration}, predicted from ${FITTED.join(", ")} / held - 1`;
    if (middle === undefined || worst === undefined) {
      return [{ name, seen: `no ${PREDICTED}: ${curve.cliff?.reason ?? "not held"}`, goal, met: false }];
    }
    return [
      {
        name,
        seen: `median ${percent(middle)}, worst ${percent(worst)} n=${errors.length}; ${leftovers} leftovers in ${steps.length} steps`,
        goal,
        met: Math.abs(middle) <= GOALS.median && Math.abs(worst) <= GOALS.worst && leftovers === 0,
      },
      {
        name: `PSS and page tables of ${PREDICTED} x ${configuration} / fall of MemAvailable`,
        seen: `${percent(curve.explained ?? 0)} n=${held.length}`,
        goal: "97 to 103 %",
        met: (curve.explained ?? 0) >= GOALS.split.low && (curve.explained ?? 0) <= GOALS.split.high,
      },
    ];
  });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
