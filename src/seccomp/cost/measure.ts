/** What a filter costs on this host: timed calls before and after it is loaded, on one thread. */
import { execa } from "execa";
import { z } from "zod";
import { SbxError } from "../../base/errors.ts";
import { median, quantile } from "../../stats/distributions/quantile.ts";
import { sorted } from "../../stats/distributions/sorted.ts";
import { medianInterval } from "../../stats/estimates/median-interval.ts";
import { buildHelper } from "../../workload/programs.ts";

const measuredSchema = z.object({
  loadNs: z.number(),
  calls: z.array(
    z.object({ number: z.number(), bareNs: z.array(z.number()), filteredNs: z.array(z.number()) }),
  ),
});

/** Where code lands in memory differs between processes: each is one observation, and six give an exact 95 % interval. */
const PROCESSES = 6;
/** Of the batches of a process: other work on the host makes them slower, and nothing makes them faster. */
const QUICK = 0.1;

export type Interval = { median: number; low: number; high: number };

export type Times = {
  loadNs: Interval;
  /** Filtered - bare, ns a call, by the call's number. */
  addedNs: Map<number, Interval>;
  bareNs: number;
  processes: number;
};

/** @param what arguments of sbx-filter-cost: a file, or --chain and a length; @throws SbxError (exit code 4) */
export async function measureFilter(
  what: readonly string[],
  numbers: readonly number[],
  abort: AbortSignal,
): Promise<Times> {
  const helper = await buildHelper("sbx-filter-cost");
  const loads: number[] = [];
  const found = new Map<number, { added: number[]; bare: number[] }>();
  for (let process = 0; process < PROCESSES; process++) {
    const done = await execa(helper, [...what, ...numbers.map(String)], {
      // The preemption signal would be the first call that a narrow filter denies.
      env: { GODEBUG: "asyncpreemptoff=1" },
      reject: false,
      timeout: 60_000,
      maxBuffer: 1024 * 1024,
      cancelSignal: abort,
    });
    if (done.exitCode !== 0)
      throw unmeasured(done.stderr.slice(0, 300).split("\n")[0] || done.shortMessage || "it failed");
    const { loadNs, calls } = measuredSchema.parse(JSON.parse(done.stdout));
    loads.push(loadNs);
    for (const { number, bareNs, filteredNs } of calls) {
      const entry = found.get(number) ?? { added: [], bare: [] };
      const bare = quantile(sorted(bareNs), QUICK);
      entry.bare.push(bare);
      entry.added.push(quantile(sorted(filteredNs), QUICK) - bare);
      found.set(number, entry);
    }
  }
  return {
    loadNs: intervalOf(loads),
    addedNs: new Map([...found].map(([number, { added }]) => [number, intervalOf(added)])),
    bareNs: median([...found.values()].flatMap(({ bare }) => bare)),
    processes: PROCESSES,
  };
}

function intervalOf(values: readonly number[]): Interval {
  const interval = medianInterval(values);
  if (interval === null) throw new RangeError(`${values.length} processes are too few for an interval`);
  return { median: median(values), low: interval.low, high: interval.high };
}

function unmeasured(why: string): SbxError {
  return new SbxError({
    what: "What the filter costs can't be measured",
    why: why.replace(/^sbx-filter-cost: /, ""),
    fix: "Inside a container that denies seccomp(2), run it on the host.",
    exitCode: 4,
  });
}
