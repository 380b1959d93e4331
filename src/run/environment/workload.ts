/** What a sandbox is held for: a program with its files, whatever it is part of. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import type { Bind } from "../../sandbox/driver.ts";
import type { FakeOptions } from "../../sandbox/fake.ts";
import type { Load } from "../../workload/load/parameters.ts";

export type Workload = {
  /** Name of the scenario, of the probe, of the script. */
  name: string;
  /** From `makeRootfs`: the program at `/scenario`, shared read-only by all launches. */
  rootfs: string;
  args?: readonly string[];
  /** Of the program. What only the environment knows (SBX_PEER, its own mark) is added. */
  env: Readonly<Record<string, string>>;
  /** Folders of the host that it sees at the same path. */
  binds?: readonly Bind[];
  /** Folder of which the program gets a writable copy at `/bind`; otherwise that is empty. */
  work?: string | null;
  /** Program of the far end, where it has one on the wire of network=sandbox. */
  peer?: { program: string; env: Readonly<Record<string, string>> } | null;
  /** What the server that it starts is driven with, from outside. */
  load?: Load | null;
  /** Folder with the filter that seccomp=generated stands for. */
  filterDir?: string;
};

/** How a sandbox is built beyond its configuration; a whole `ResolvedConfig` is one. */
export type SandboxSettings = Pick<ResolvedConfig, "limits"> &
  Partial<Pick<ResolvedConfig, "runsc" | "filters">>;

/** What is used of a probed host. */
export type LaunchingHost = Pick<HostProbe, "tools" | "runscs" | "cgroups" | "isRoot">;

export type PrepareOptions = {
  /** In messages; by default the id of the configuration and the name of the workload. */
  id?: string;
  /** Where it is not the environment's own: the other side of an interleaved run has another runsc. */
  host?: LaunchingHost;
  /**
   * `fresh`: every launch finds its folders as the first one did. `kept`: it finds what the one before it left there,
   * and pays nothing for the cleaning.
   */
  folders?: "fresh" | "kept";
  /** Makes ready for so many launches at a time now, and not when they come. */
  atOnce?: number;
  /** Only for the fake driver. */
  fake?: FakeOptions;
};
