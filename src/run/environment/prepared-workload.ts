/** One workload in one configuration, made ready in each lane that launches it. */
import type { Configuration } from "../../axes/configuration.ts";
import { factsOf, isGVisor, isSynthetic } from "../../axes/sandbox.ts";
import type { Limits, PreparedCell, SandboxDriver } from "../../sandbox/driver.ts";
import type { DriveSetting } from "../load/drive.ts";
import { generatorPlan } from "../load/plan.ts";
import { copyWork } from "./host-folders.ts";
import type { Lane } from "./lane.ts";
import { RUN_ENV } from "./launch-env.ts";
import { emptyFolder, makeCellDirs, type Scratch } from "./scratch.ts";
import { PEER_ADDRESS } from "./wire.ts";
import type { SandboxSettings, Workload } from "./workload.ts";

/** One of `PreparedWorkload` in one lane. */
export type Place = {
  cell: PreparedCell;
  workDir: string;
  /** Of a workload that starts a server. */
  drive: DriveSetting | null;
  refresh(): Promise<void>;
};

/** What is to be made ready. */
type Asked = {
  id: string;
  configuration: Configuration;
  workload: Workload;
  settings: SandboxSettings;
};

/** Where its folders stand, and what its processes are marked with. */
type Site = { name: string; scratch: Scratch; runId: string };

export type Build = {
  asked: Asked;
  site: Site;
  driver: SandboxDriver;
  /** Gets a cgroup, where it is a sandbox. */
  isRoot: boolean;
  isFresh: boolean;
};

export class PreparedWorkload {
  readonly id: string;
  readonly configuration: Configuration;
  /** Limits of its cgroup; null where it gets none. */
  readonly cgroupLimits: Limits | null;
  readonly limits: SandboxSettings["limits"];
  /** What the sandbox had to leave out (rootless: no limits ...). */
  warnings: readonly string[] = [];
  /** Of the first lane: with the bundle, where the sandbox has one. */
  workDir = "";
  readonly #build: Build;
  readonly #places = new Map<Lane, Promise<Place>>();

  constructor(build: Build) {
    this.#build = build;
    const { id, configuration, settings } = build.asked;
    this.id = id;
    this.configuration = configuration;
    this.limits = settings.limits;
    const isContained = build.isRoot && factsOf(configuration).kind === "sandbox";
    this.cgroupLimits = isContained ? settings.limits : null;
  }

  get isWired(): boolean {
    return this.configuration.network === "sandbox" && !isSynthetic(this.configuration);
  }

  get takesAddress(): boolean {
    return this.isWired && isGVisor(this.configuration);
  }

  isReadyIn(lane: Lane): boolean {
    return this.#places.has(lane);
  }

  /** Makes it ready once a lane. @throws SbxError that says what is wrong; the next call tries again */
  async in(lane: Lane): Promise<Place> {
    let place = this.#places.get(lane);
    if (place === undefined) {
      place = makePlace(this.#build, lane, this.isWired);
      this.#places.set(lane, place);
    }
    try {
      return await place;
    } catch (error) {
      if (this.#places.get(lane) === place) this.#places.delete(lane);
      throw error;
    }
  }
}

async function makePlace(build: Build, lane: Lane, isWired: boolean): Promise<Place> {
  const { id, configuration, workload, settings } = build.asked;
  const { name, scratch, runId } = build.site;
  const { workDir, bindDir } = makeCellDirs(scratch, lane.nameOf(name));
  const work = workload.work ?? null;
  if (work !== null) await copyWork(work, bindDir);
  const wire = isWired ? await lane.wire() : null;
  const { peer } = workload;
  if (wire !== null && peer) await wire.ensurePeer(peer.program, { ...peer.env, [RUN_ENV]: runId });
  const { tmpfsDir } = lane;
  const cell = await build.driver.prepare({
    cellId: id,
    config: configuration,
    scenario: workload.name,
    rootfs: workload.rootfs,
    args: workload.args ?? [],
    env: {
      ...workload.env,
      ...(configuration.network === "sandbox" ? { SBX_PEER: PEER_ADDRESS } : {}),
      [RUN_ENV]: runId,
    },
    workDir,
    bindDir,
    binds: workload.binds ?? [],
    hostTmpfsDir: tmpfsDir,
    netnsPath: wire?.sandboxNetns ?? null,
    limits: settings.limits,
  });
  const load = isSynthetic(configuration) ? null : (workload.load ?? null);
  const { network } = configuration;
  const drive =
    load === null
      ? null
      : {
          load,
          plan: (round: number) => generatorPlan(load, network, round),
          command: await lane.loadGenerator(isWired),
        };
  let isUsed = false;
  return {
    cell,
    workDir,
    drive,
    async refresh() {
      // Every workload of the lane has the same tmpfs.
      if (build.isFresh && tmpfsDir !== null) emptyFolder(tmpfsDir);
      if (build.isFresh && isUsed) {
        emptyFolder(bindDir);
        if (work !== null) await copyWork(work, bindDir);
      }
      isUsed = true;
    },
  };
}
