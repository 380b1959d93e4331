/** What launches need of this host: taken and given back in one place. */
import type { RunObserver } from "../events.ts";
import { newRunId } from "../run-folder.ts";
import { HeldEnvironment } from "./held-environment.ts";
import { ownCgroups } from "./launch-cgroups.ts";
import { Ledger } from "./ledger.ts";
import { makeScratch } from "./scratch.ts";
import { removeListed, sweepLeftovers } from "./sweep.ts";
import { Warden } from "./warden.ts";
import type { LaunchingHost } from "./workload.ts";

export type EnvironmentRequest = {
  host: LaunchingHost;
  /** Marks all that is made; unique on this host. A new one where it is left out. */
  runId?: string;
  observe?: RunObserver;
};

/**
 * Holds ledger, scratch folders, network namespaces, wires and cgroups for as long as `use` runs. When it ends, however
 * it ends, launches that are still under way are killed and all of it is removed; what can't be removed stays in the
 * ledger for the next start. What an earlier harness left behind is removed first.
 *
 * Launches may run at the same time: each has its own container id, cgroup, folders and, with network=sandbox, its own
 * wire. One after another they share the first ones, which are emptied in between.
 *
 * ```ts
 * const outcomes = await holdEnvironment({ host: await probeHost(options) }, async (held) => {
 *   const rootfs = await makeRootfs(await buildScenario(dir), await buildTrue());
 *   const workload = { name: "hello", rootfs, env: { SBX_PARAMS: "{}" } };
 *   const prepared = await held.prepare(configuration, workload, config, { atOnce: 50 });
 *   return Promise.all(Array.from({ length: 50 }, () => held.launch(prepared)));
 * });
 * outcomes.map(({ measured }) => measured.phases.readyNs);
 *
 * // A program that prints what it likes:
 * const said = await held.launch(prepared, {
 *   talk: { speaksProtocol: false, input: "stdin", onOutput: (stream, bytes) => process[stream].write(bytes) },
 *   launchMs: 5000,
 *   abort,
 * });
 * said.exitCode;
 * ```
 *
 * @throws SbxError (exit code 4) where the host takes nothing; and what `use` throws
 */
export async function holdEnvironment<T>(
  request: EnvironmentRequest,
  use: (held: HeldEnvironment) => Promise<T>,
): Promise<T> {
  const { host, runId = newRunId(new Date()), observe = () => {} } = request;
  for (const swept of await sweepLeftovers()) observe({ type: "swept", ...swept });
  const ledger = new Ledger(runId);
  const warden = new Warden();
  let held: HeldEnvironment | null = null;
  try {
    const scratch = makeScratch(ledger);
    const cgroupBases = ownCgroups();
    ledger.add({ kind: "cgroup-bases", dirs: cgroupBases });
    held = new HeldEnvironment(
      host,
      { ledger, cgroups: host.cgroups, cgroupBases, warden },
      scratch,
      observe,
    );
    return await use(held);
  } finally {
    // It hides no error of `use`.
    await held?.close();
    warden.close();
    const { failed } = await removeListed(ledger);
    if (failed.length === 0) ledger.close();
    else {
      const what = failed.join("; ");
      observe({ type: "warning", message: `something is left to be removed at the next start: ${what}` });
    }
  }
}
