/** The use case `seccomp cost`: what a filter costs each call, counted, predicted and measured on this host. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { loadProfile } from "../../sandbox/seccomp/load-profile.ts";
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import { type CallCost, type FilterCosts, filterCosts } from "../../seccomp/cost/call-costs.ts";
import { readProgram } from "../../seccomp/cost/emulate.ts";
import { type Interval, measureFilter } from "../../seccomp/cost/measure.ts";
import { fitCost, predictNs } from "../../seccomp/cost/predict.ts";
import { compileFilter, type FilterShape } from "../../seccomp/formats/bpf.ts";
import { interruptible, type UseCaseContext } from "../use-case.ts";

const SHAPES: readonly FilterShape[] = ["plain", "binary-tree"];
const CHAINS = [20, 400, 1200];
/** Harmless with any arguments, and short in the kernel; getppid is what the chains are timed with. */
const TIMED = ["getppid", "getpid", "getuid", "geteuid", "getgid", "getegid", "gettid", "getpgrp"];
const GETPPID = 110;

type TimedCall = CallCost & { predictedNs: number; measuredNs: Interval };

type ShapeCost = {
  shape: FilterShape;
  instructions: number;
  /** Allowed calls with the fewest, the median and the most instructions. */
  first: CallCost;
  middle: CallCost;
  last: CallCost;
  /** Of the allowed calls, those that the kernel's bitmap answers. */
  cachedShare: number;
  loadNs: Interval | null;
  timed: TimedCall[];
};

export type FilterCost = { file: string; bareNs: number | null; processes: number; shapes: ShapeCost[] };

/** @param measure false = only count; @throws SbxError where the file is no filter, or nothing can be timed */
export async function costOfFilter(
  request: { file: string; measure: boolean },
  context: UseCaseContext,
): Promise<FilterCost> {
  return interruptible(context, () => costs(request, context));
}

async function costs(
  { file, measure }: { file: string; measure: boolean },
  use: UseCaseContext,
): Promise<FilterCost> {
  const profile = loadProfile(file);
  const dir = mkdtempSync(join(tmpdir(), "sbx-bench-cost-"));
  try {
    if (measure) use.say({ type: "note", message: "timing how filters cost on this host …" });
    const line = measure ? await hostLine(dir, use) : null;
    const shapes: ShapeCost[] = [];
    for (const shape of SHAPES) shapes.push(await costOfShape(profile, shape, dir, line, use));
    return { file, bareNs: line?.bareNs ?? null, processes: line?.processes ?? 0, shapes };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

type HostLine = Awaited<ReturnType<typeof hostLine>>;

async function hostLine(dir: string, { abort }: UseCaseContext) {
  const added = async (what: string[]) => {
    const times = await measureFilter(what, [GETPPID], abort);
    return { times, ns: times.addedNs.get(GETPPID)?.median ?? 0 };
  };
  const cached = await added([
    await written(dir, "cached.bpf", { defaultAction: "SCMP_ACT_ALLOW", syscalls: [] }),
  ]);
  const chains: { instructions: number; ns: number }[] = [];
  for (const instructions of CHAINS) {
    chains.push({ instructions, ns: (await added(["--chain", String(instructions)])).ns });
  }
  const { bareNs, processes } = cached.times;
  return { ...fitCost(cached.ns, chains), bareNs, processes };
}

async function costOfShape(
  profile: OciSeccomp,
  shape: FilterShape,
  dir: string,
  line: HostLine | null,
  { say, abort }: UseCaseContext,
): Promise<ShapeCost> {
  const bytes = await compileFilter(profile, shape);
  const counted = filterCosts(readProgram(bytes));
  const times = line === null ? [] : timeable(counted);
  const file = join(dir, `${shape}.bpf`);
  writeFileSync(file, bytes);
  if (times.length > 0) say({ type: "note", message: `timing the filter as ${shape} …` });
  const measured =
    times.length === 0
      ? null
      : await measureFilter(
          [file],
          times.map(({ number }) => number),
          abort,
        );
  if (counted.allowed.length === 0) throw allowsNothing();
  const at = (share: number) => counted.allowed[Math.floor((counted.allowed.length - 1) * share)] as CallCost;
  return {
    shape,
    instructions: counted.instructions,
    ...{ first: at(0), middle: at(0.5), last: at(1) },
    cachedShare: counted.allowed.filter(({ isCached }) => isCached).length / counted.allowed.length,
    loadNs: measured?.loadNs ?? null,
    timed: times.flatMap((call) => {
      const measuredNs = measured?.addedNs.get(call.number);
      return line === null || measuredNs === undefined
        ? []
        : [{ ...call, predictedNs: predictNs(call, line), measuredNs }];
    }),
  };
}

/** Of the calls that can be timed, that with the fewest instructions and that with the most. */
function timeable({ allowed }: FilterCosts): CallCost[] {
  const able = allowed.filter(({ name }) => TIMED.includes(name));
  return [...new Set([able.at(0), able.at(-1)])].filter((call) => call !== undefined);
}

async function written(dir: string, name: string, profile: OciSeccomp): Promise<string> {
  const file = join(dir, name);
  writeFileSync(file, await compileFilter(profile));
  return file;
}

function allowsNothing(): SbxError {
  return new SbxError({
    what: "The filter allows no system call",
    why: "There is no call whose cost could be told.",
    fix: "See what is wrong with it: sbx-bench seccomp lint PROFILE",
  });
}
