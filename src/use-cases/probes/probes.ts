/** `probes`: what each configuration blocks, by trying it. */

import { isBaseline } from "../../axes/sandbox.ts";
import { SbxError } from "../../base/errors.ts";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { ProbeDefinition } from "../../isolation/catalogue/probe.ts";
import { hostDifferences } from "../../isolation/host-differences.ts";
import { probeConfiguration } from "../../isolation/probe-configuration.ts";
import { type ConfigurationProbes, PROBES_SCHEMA, type ProbesResult } from "../../isolation/result.ts";
import { besideBaseline } from "../../isolation/verdict.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { holdEnvironment } from "../../run/environment/hold-environment.ts";
import type { RunObserver } from "../../run/events.ts";
import { newRunId } from "../../run/run-folder.ts";
import { buildHelper, buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { probeHere } from "../probe-host.ts";
import { interruptible, notesTo, type UseCaseContext } from "../use-case.ts";
import { chooseConfigurations } from "./choose-configurations.ts";
import { chosenProbes } from "./choose-probes.ts";
import { pricesBeside } from "./prices-beside.ts";
import type { ProbesOutcome, ProbesRequest } from "./request.ts";
import { loadUnfinished, storeProbes } from "./stored-probes.ts";

/** @throws SbxError where nothing can be probed, or results can't be kept; what was found stays on disk */
export async function probes(request: ProbesRequest, context: UseCaseContext): Promise<ProbesOutcome> {
  const { resume } = request;
  const { out } = request.config;
  const stored = resume === null ? null : loadUnfinished(resume === "newest" ? null : resume, out);
  const config = { ...(stored?.config ?? request.config), out };
  const chosen = chosenProbes(stored?.probes ?? request.probes);
  const host = await probeHere(config, request.fresh, notesTo(context.say));
  const result = stored ?? (await newResult(request, chosen, host));
  requireSameHost(result, host);
  if (!result.configurations.some(({ status }) => status === "planned" || status === "probed"))
    throw nothing(result);
  let file = storeProbes(out, result);
  const program = await buildHelper("sbx-probe");
  const rootfs = await makeRootfs(program, await buildTrue());
  const observe: RunObserver = (event) => context.say({ type: "run", event });
  await interruptible(context, () =>
    holdEnvironment({ host, observe }, async (held) => {
      for (const one of result.configurations) {
        if (one.status !== "planned" || context.abort.aborted) continue;
        await probeOne(one, chosen, { config, held, program, rootfs }, context);
        // Whole or not at all: a configuration that was broken off is probed anew.
        if (!context.abort.aborted) file = storeProbes(out, finished(result));
      }
    }),
  );
  const prices = pricesBeside(result, out, context.say);
  return { result, prices, file, finished: result.endedAt !== null };
}

async function newResult(
  request: ProbesRequest,
  chosen: readonly ProbeDefinition[],
  host: HostProbe,
): Promise<ProbesResult> {
  const now = new Date();
  return {
    schema: PROBES_SCHEMA,
    id: newRunId(now),
    toolVersion: TOOL_VERSION,
    startedAt: now.toISOString(),
    endedAt: null,
    host: {
      fingerprint: host.fingerprint,
      kernel: host.versions.kernel ?? "unknown",
      launchedBy: host.isRoot ? "root" : "plain user",
    },
    config: request.config,
    versions: host.versions,
    probes: chosen.map(({ name }) => name),
    configurations: await chooseConfigurations(request, host),
    warnings: [],
  };
}

type Setting = { config: ResolvedConfig; held: HeldEnvironment; program: string; rootfs: string };

/** Fills in what it finds; one that can't be probed has the reason, and the others go on. */
async function probeOne(
  one: ConfigurationProbes,
  chosen: readonly ProbeDefinition[],
  setting: Setting,
  { say, abort }: UseCaseContext,
): Promise<void> {
  say({ type: "note", message: `probing ${one.id}` });
  const startMs = performance.now();
  try {
    const { held, program, rootfs, config } = setting;
    const found = await probeConfiguration(one.config, chosen, {
      held,
      program,
      rootfs,
      settings: config,
      abort,
    });
    if (abort.aborted) return;
    Object.assign(one, found, { status: "probed" });
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    Object.assign(one, { status: "failed", reason: `${error.what}: ${error.why}` });
    say({ type: "warning", message: `${one.id}: ${error.what}: ${error.why}` });
  }
  one.wallMs = Math.round(performance.now() - startMs);
}

/** Sets what can only be said beside the baseline, and the end where nothing is left to do. */
function finished(result: ProbesResult): ProbesResult {
  const native = result.configurations.find(({ config }) => isBaseline(config));
  const byProbe = new Map(native?.verdicts.map((verdict) => [verdict.probe, verdict]));
  for (const one of result.configurations) {
    one.verdicts = one.verdicts.map((own) => ({ ...own, ...besideBaseline(own, byProbe.get(own.probe)) }));
  }
  const isDone = result.configurations.every(({ status }) => status !== "planned");
  if (isDone) result.endedAt = new Date().toISOString();
  return result;
}

function requireSameHost({ host: before, id }: ProbesResult, host: HostProbe): void {
  const differing = hostDifferences(before.fingerprint, host.fingerprint);
  if (differing.length === 0) return;
  throw new SbxError({
    what: `${id} can't be resumed here`,
    why: `The host is not the one that it was started on.\n${differing.map(({ field, a, b }) => `${field}: ${a} then, ${b} now`).join("\n")}`,
    fix: "Start a new one without --resume.",
    exitCode: 4,
  });
}

function nothing({ configurations }: ProbesResult): SbxError {
  const first = configurations.find(({ status }) => status === "unavailable") ?? configurations[0];
  return new SbxError({
    what: "There is nothing to probe",
    why: `None of ${configurations.length} configurations can be run here, e.g. ${first?.id}: ${first?.reason}`,
    fix: "`sbx-bench doctor` shows what the host lacks.",
    exitCode: 4,
  });
}
