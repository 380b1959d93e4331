/** `seccomp cost` for people. */
import type { CallCost } from "../../seccomp/cost/call-costs.ts";
import type { Interval } from "../../seccomp/cost/measure.ts";

type TimedCall = CallCost & { predictedNs: number; measuredNs: Interval };

export type ShownCost = {
  file: string;
  bareNs: number | null;
  processes: number;
  shapes: readonly {
    shape: string;
    instructions: number;
    first: CallCost;
    middle: CallCost;
    last: CallCost;
    cachedShare: number;
    loadNs: Interval | null;
    timed: readonly TimedCall[];
  }[];
};

export function costTerminal({ file, bareNs, processes, shapes }: ShownCost): string {
  const lines = shapes.flatMap(({ shape, instructions, first, middle, last, cachedShare, loadNs, timed }) => [
    `${shape}: ${instructions} instructions; ${Math.round(cachedShare * 100)} % of the allowed calls are answered by the kernel's bitmap`,
    `  run for a call: ${[first, middle, last].map(({ name, executed }) => `${executed} (${name})`).join(", ")}`,
    ...(loadNs === null ? [] : [`  loading: ${interval(loadNs, 1000, "µs")}`]),
    ...timed.map(
      ({ name, executed, isCached, predictedNs, measuredNs }) =>
        `  ${name}: ${executed} instructions${isCached ? ", by the bitmap" : ""}: predicted +${predictedNs.toFixed(0)} ns, measured ${interval(measuredNs, 1, "ns")}`,
    ),
  ]);
  const how =
    bareNs === null
      ? []
      : [
          `A call without a filter: ${bareNs.toFixed(0)} ns. Brackets: 95 % intervals of the median, n = ${processes} processes.`,
        ];
  return `${[file, ...lines, ...how].join("\n")}\n`;
}

function interval({ median, low, high }: Interval, unit: number, name: string): string {
  const shown = (value: number) => (value / unit).toFixed(0);
  return `${shown(median)} ${name} [${shown(low)}, ${shown(high)}]`;
}
