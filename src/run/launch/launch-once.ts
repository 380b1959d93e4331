/** One launch from its cgroup to what it is found to have done. Effects are here; judging is in judge.ts. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable, type Writable } from "node:stream";
import { disturbances, sampleHostLoad } from "../../probe/host-load.ts";
import type { LaunchFailure, MemorySample } from "../../samples/launch-record.ts";
import type { Launchable, PreparedCell } from "../../sandbox/driver.ts";
import { launchCpuNs, makeLaunchCgroups, NO_CGROUPS, removeCgroups } from "../environment/launch-cgroups.ts";
import { LAUNCH_ENV, RUN_ENV } from "../environment/launch-env.ts";
import { launchPeaks } from "../environment/launch-peaks.ts";
import { armedDrive, type Drive } from "../load/drive.ts";
import { treeCpuNs } from "../load/tree-cpu.ts";
import { type GuardOutcome, guardLaunch } from "./guard.ts";
import { absenceReasons, HarnessWatch } from "./harness-watch.ts";
import { judge } from "./judge.ts";
import type { LaunchOutcome } from "./launch-outcome.ts";
import type { LaunchHost, LaunchRequest, ProgramTalk } from "./launch-request.ts";
import { monotonicNs } from "./monotonic.ts";
import { neverStarted } from "./never-started.ts";
import { outputEnds } from "./output-reader.ts";
import { identify, killNow, processesMarked } from "./process-tree.ts";
import { sampleTreeMemory } from "./tree-memory.ts";

/**
 * Never throws for what a launch does, or for what the host refuses it: both are in the outcome. Other launches at the
 * same time count as load of the host, so that `measured.load.disturbed` then says little.
 *
 * @throws SbxError (exit code 4) when the ledger can't be written: then nothing is launched
 */
export async function launchOnce(
  prepared: PreparedCell,
  request: LaunchRequest,
  host: LaunchHost,
): Promise<LaunchOutcome> {
  const watch = new HarnessWatch();
  try {
    return await launchWatched(prepared, request, host, watch);
  } finally {
    watch.stop();
  }
}

async function launchWatched(
  prepared: PreparedCell,
  request: LaunchRequest,
  host: LaunchHost,
  watch: HarnessWatch,
): Promise<LaunchOutcome> {
  const { launchId, cgroupLimits, talk } = request;
  const prepareStartNs = monotonicNs();
  const startedAt = new Date().toISOString();
  const before = sampleHostLoad();
  if (cgroupLimits !== null) host.ledger.add({ kind: "launch", launchId });
  const cgroupDirs = new Set<string>();
  let groups = NO_CGROUPS;
  let launchable: Launchable;
  let drive: Drive | null = null;
  const memory: MemorySample[] = [];
  const sampleMemory = (mark: string, rootPid: number): void =>
    watch.excuse(() => memory.push(sampleTreeMemory(mark, rootPid, groups.memoryDir)));
  try {
    if (cgroupLimits !== null) groups = makeLaunchCgroups(host.cgroups, launchId, cgroupLimits, cgroupDirs);
    const made = await prepared.launch({ launchId, round: request.round, cgroupDirs: groups.joinDirs });
    launchable = marked(made, host.ledger.runId, launchId);
    if (request.drive !== null) {
      drive = await armedDrive(request.drive, request.round, host.ledger, {
        cpuNs: (rootPid) => launchCpuNs(groups) ?? treeCpuNs(rootPid),
        onMemory: sampleMemory,
      });
    }
  } catch (error) {
    await removeCgroups([...cgroupDirs]);
    return neverStarted(launchId, { startedAt, before, prepareNs: monotonicNs() - prepareStartNs }, error);
  }
  const prepareNs = monotonicNs() - prepareStartNs;

  let bareGroup: number | null = null;
  const outcome = await guardLaunch(
    launchable,
    request.guard,
    {
      speaksProtocol: talk.speaksProtocol,
      onOutput: talk.onOutput,
      onSpawn(pid, stdin) {
        watch.follow(pid, groups.dirs[0] ?? null);
        const self = cgroupLimits === null ? identify(pid) : null;
        // Contained launches are found by their cgroup; only a bare process needs its pid kept.
        if (self !== null) {
          host.ledger.add({ kind: "process", process: self });
          host.warden.watch(self.pid);
          bareGroup = self.pid;
        }
        if (!talk.speaksProtocol) feed(stdin, talk.input ?? "");
      },
      onMark: sampleMemory,
      onServe: async (rootPid) => (await drive?.serve(rootPid)) ?? "",
      absentNs: () => watch.absentNs(),
    },
    request.abort,
  );

  await drive?.end();
  const cpuNs = launchCpuNs(groups);
  const peaks = launchPeaks(groups);
  const endedWell = outcome.exitCode === 0 && !outcome.outputHeldOpen;
  // What left its session has no parent that leads to it any more, only the mark that it was started with.
  if (!endedWell && launchable.kind === "process") {
    for (const pid of processesMarked(LAUNCH_ENV, (value) => value === launchId)) killNow(pid);
  }
  if (bareGroup !== null) host.warden.release(bareGroup);
  // A runtime that was killed leaves cgroups of its own in hierarchies that the launch did not join.
  const bases = endedWell || cgroupLimits === null ? [] : host.cgroupBases;
  const left = await removeCgroups([...groups.dirs, ...bases.map((base) => join(base, launchId))]);
  const owned = launchable.kind === "process" ? launchable.ownedDirs : [];
  for (const dir of owned) if (existsSync(dir)) rmSync(dir, { recursive: true, force: true });
  const cleanedAtNs = monotonicNs();
  const absence = watch.stop();

  const after = sampleHostLoad();
  const wallNs = outcome.endedAtNs - outcome.spawnedAtNs;
  const failure =
    judge(outcome, request.guard, talk.speaksProtocol, drive?.outcome ?? null) ?? leftBehind(left, outcome);
  const said = outcome.output.transcript;
  const transcript = drive?.completed(said, outcome.spawnedAtNs) ?? said;
  return {
    launchId,
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    output: outputEnds(outcome.output),
    underWayNs: wallNs,
    peaks,
    spawnedAtNs: outcome.spawnedAtNs,
    aborted: outcome.aborted,
    measured: {
      startedAt,
      status: failure === null ? "ok" : "failed",
      failure,
      phases: {
        prepareNs,
        readyNs: difference(outcome.spawnedAtNs, outcome.output.helloAtNs),
        workNs: difference(outcome.output.helloAtNs, outcome.output.endAtNs),
        exitNs: difference(outcome.output.endAtNs, outcome.endedAtNs),
        cleanupNs: cleanedAtNs - outcome.endedAtNs,
      },
      load: {
        before,
        after,
        disturbed: [...absenceReasons(absence), ...disturbances(before, after, wallNs, cpuNs)],
        harnessGapNs: absence.gapNs,
        suspendedNs: absence.suspendedNs,
      },
      cpuNs,
      ...transcript,
      memory,
    },
  };
}

function feed(stdin: Writable | null, input: NonNullable<ProgramTalk["input"]>): void {
  if (stdin === null) return;
  if (input instanceof Readable) input.pipe(stdin);
  else stdin.end(input);
}

/** Every process of the launch on the host can be told by its environment. */
function marked(launchable: Launchable, runId: string, launchId: string): Launchable {
  if (launchable.kind === "synthetic") return launchable;
  return { ...launchable, env: { ...launchable.env, [RUN_ENV]: runId, [LAUNCH_ENV]: launchId } };
}

function difference(fromNs: number | null, toNs: number | null): number | null {
  return fromNs === null || toNs === null ? null : toNs - fromNs;
}

function leftBehind(dirs: readonly string[], outcome: GuardOutcome): LaunchFailure | null {
  if (dirs.length === 0) return null;
  return {
    kind: "harness",
    message: `cgroups could not be removed after the launch: ${dirs.join(", ")}`,
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    ...outputEnds(outcome.output),
  };
}
