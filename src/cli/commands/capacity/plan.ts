import { type Command, Option } from "commander";
import { SbxError } from "../../../base/errors.ts";
import { readWhatIf } from "../../../capacity/plan/host-resources.ts";
import { PLAN_EFFORT } from "../../../capacity/plan/plan-configuration.ts";
import type { HostResources } from "../../../capacity/plan/traffic.ts";
import type { TimeDistribution } from "../../../capacity/simulate/random-times.ts";
import { readArrivalTrace, readServiceTrace } from "../../../capacity/trace.ts";
import { readBytes, readRate, readService, readSlo, type Slo } from "../../../capacity/units.ts";
import { loadConfig } from "../../../config/load.ts";
import { planKubernetes } from "../../../report/capacity/kubernetes.ts";
import { planMarkdown } from "../../../report/capacity/plan-markdown.ts";
import { planTerminal } from "../../../report/capacity/plan-terminal.ts";
import { terminalOptions } from "../../../report/run/terminal.ts";
import { planCapacity } from "../../../use-cases/capacity/plan.ts";
import { addFormatOptions, deliver, type FormatFlags } from "../../options/format-options.ts";
import { LISTED, list } from "../../options/list-option.ts";
import { quantity } from "../../options/quantity-option.ts";
import { readInput } from "../../options/read-input.ts";
import { shareOption } from "../../options/share-option.ts";
import { commandContext } from "../../output/context.ts";
import { writeJson, writeResult } from "../../output/write.ts";

const FORMATS = ["markdown", "kubernetes"] as const;

type Flags = FormatFlags<(typeof FORMATS)[number]> & {
  rate: number;
  arrivals?: string;
  service?: TimeDistribution;
  serviceTimes?: string;
  slo: Slo;
  headroom: number;
  cpuShare: number;
  memory?: number;
  pool?: boolean;
  run: string;
  cells?: string[];
  slowdownBy?: string;
  density?: string;
  whatIf?: Partial<HostResources>;
  seed: string;
  json?: boolean;
};

export function addCapacityPlan(capacity: Command, program: Command): void {
  const command = capacity
    .command("plan")
    .description(
      "From traffic to hosts: how many of them keep a promise, per configuration, and what limits each.",
    )
    .addOption(
      new Option("--rate <rate>", "requests, each in a sandbox of its own: 20/s, 1200/min")
        .argParser(quantity(readRate))
        .makeOptionMandatory(),
    )
    .option("--arrivals <file>", "a trace whose bursts the traffic has: one time of arrival a line, in s")
    .addOption(
      new Option(
        "--service <time>",
        "what a request takes natively: 800ms, exp(800ms), lognormal(800ms,cv=0.5)",
      )
        .argParser(quantity(readService))
        .conflicts("serviceTimes"),
    )
    .option("--service-times <file>", "measured times instead: one a line, such as 800ms")
    .addOption(
      new Option("--slo <goal>", "the promise: p99<1500ms")
        .argParser(quantity(readSlo))
        .makeOptionMandatory(),
    )
    .addOption(
      shareOption("--headroom <share>", "part of each host that stays free", { most: 0.9, usual: 0.2 }),
    )
    .addOption(
      shareOption("--cpu-share <share>", "part of the service in which the program needs a CPU", {
        most: 1,
        usual: 1,
      }),
    )
    .addOption(
      new Option("--memory <size>", "of the program itself: 64Mi (default: as the measured one)").argParser(
        quantity(readBytes),
      ),
    )
    .option("--pool", "sandboxes stand ready for requests, and others are made behind them")
    .option(
      "--slowdown-by <metric>",
      "measured metric that stands for the program: cpu/json (default: no slowdown)",
    )
    .option("--density <file>", "of `capacity density`: memory of many, pids and descriptors count, too")
    .option("--run <run>", "run whose samples are replayed", "latest")
    .option(
      "--cells <globs...>",
      `only configurations that match, e.g. 'runsc/*/seccomp=none'; ${LISTED}`,
      list,
    )
    .addOption(
      new Option(
        "--what-if <host>",
        "another host than the measured one, not validated: cores=64,mem=256Gi",
      ).argParser(quantity(readWhatIf)),
    )
    .option("--seed <text>", "of the simulation", "1")
    .option("--json", "print the plan as JSON");
  addFormatOptions(command, FORMATS)
    .addHelpText(
      "after",
      `
Replays the start-ups, memory and slowdowns that a run has measured in a simulated queue (first come, first served), and
looks for the highest rate at which one host keeps the promise. Hosts are counted with one lost.

Examples:
  $ sbx-bench run --matrix --preset quick            what the plan stands on
  $ sbx-bench capacity plan --rate 20/s --service 800ms --slo 'p99<1500ms'
  $ sbx-bench capacity plan --rate 20/s --service 'lognormal(80ms,cv=0.5)' --slo 'p99<1s' --slowdown-by cpu/json
  $ sbx-bench capacity plan --rate 5/s --service 80ms --slo 'p95<1s' --what-if cores=64,mem=256Gi
  $ sbx-bench capacity plan --rate 5/s --service 80ms --slo 'p95<1s' --format kubernetes`,
    )
    .action(async (flags: Flags) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const plan = await planCapacity(
        {
          traffic: trafficOf(flags),
          run: flags.run,
          out: config.out,
          cells: flags.cells ?? [],
          slowdownBy: flags.slowdownBy ?? null,
          density: flags.density ?? null,
          whatIf: flags.whatIf ?? {},
          effort: { ...PLAN_EFFORT, seed: flags.seed },
        },
        commandContext(),
      );
      if (flags.json === true) writeJson(plan);
      else if (flags.format === "markdown") deliver(planMarkdown(plan), flags.outputFile);
      else if (flags.format === "kubernetes")
        deliver(requireManifest(planKubernetes(plan)), flags.outputFile);
      else writeResult(planTerminal(plan, terminalOptions(process.stdout, process.env)));
    });
}

function trafficOf(flags: Flags) {
  return {
    ratePerS: flags.rate,
    traceS: flags.arrivals === undefined ? null : readInput("--arrivals", flags.arrivals, readArrivalTrace),
    service: serviceOf(flags),
    cpuShare: flags.cpuShare,
    programBytes: flags.memory ?? null,
    slo: flags.slo,
    headroom: flags.headroom,
    pooled: flags.pool === true,
  };
}

function serviceOf({ service, serviceTimes }: Flags): TimeDistribution {
  if (serviceTimes !== undefined)
    return { kind: "samples", timesS: readInput("--service-times", serviceTimes, readServiceTrace) };
  if (service !== undefined) return service;
  throw new SbxError({
    what: "How long does a request take?",
    why: "Neither --service nor --service-times says what the program needs natively.",
    fix: "Add --service 800ms, or --service-times FILE with measured ones.",
  });
}

function requireManifest(manifest: string | null): string {
  if (manifest !== null) return manifest;
  throw new SbxError({
    what: "Nothing of this plan can be a RuntimeClass",
    why: "Kubernetes starts pods with an OCI runtime, its memory has to be measured, and the promise has to be kept.",
    fix: "Plan a configuration of an OCI runtime, from a run with the scenario memory: sbx-bench run --matrix --preset quick",
  });
}
