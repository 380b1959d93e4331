/** This host, asked with what the sandboxes bring to be tried. */
import { environment } from "../base/environment.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { HostProbe, ProbeOptions } from "../probe/probe-host.ts";
import { probeWithRunscs } from "../probe/probe-runscs.ts";
import { SANDBOX_TRIALS } from "../sandbox/drivers.ts";
import { buildHelper, buildTrue } from "../workload/programs.ts";

/** What this host is and can run; the trials are cached unless `fresh`. */
export async function probeHere(
  config: Pick<ResolvedConfig, "runsc" | "matrix">,
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<HostProbe> {
  return probeWithRunscs(await probeOptions(config, fresh, onProgress), config);
}

export async function probeOptions(
  config: Pick<ResolvedConfig, "runsc">,
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<ProbeOptions> {
  const env = environment(config.runsc.path === null ? {} : { SBX_RUNSC: config.runsc.path });
  const [trueBinary, kvmCapsBinary] = await Promise.all([buildTrue(), buildHelper("sbx-kvm-caps")]);
  return { sandboxTrials: SANDBOX_TRIALS, trueBinary, kvmCapsBinary, fresh, env, onProgress };
}
