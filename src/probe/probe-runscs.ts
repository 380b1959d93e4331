/** What this host can run with each of several runscs. */
import { isGVisor, SANDBOX_FACTS, type SandboxName } from "../axes/sandbox.ts";
import type { SandboxFacts } from "../axes/sandbox-facts.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { RunscUsed } from "../samples/run-manifest.ts";
import { withField } from "./fingerprint.ts";
import { type HostProbe, type ProbeOptions, probeHost } from "./probe-host.ts";
import { type RunscBinary, runscBinaries } from "./runsc-binaries.ts";
import { askRunscFlags } from "./runsc-flags.ts";

export type RunscsWanted = {
  matrix: Pick<ResolvedConfig["matrix"], "sandbox" | "platform" | "runsc">;
  runsc: Pick<ResolvedConfig["runsc"], "flags" | "variants">;
};

/** Label of the runsc of a run that names none. */
export const ONLY_RUNSC = "";

/**
 * The host with the one runsc that it has, or with each that the run names: every one is tried on its own and asked
 * for its flags. The first one's answers stand for the host where no runsc is meant.
 *
 * @throws SbxError as `runscBinaries`
 */
export async function probeWithRunscs(options: ProbeOptions, wanted: RunscsWanted): Promise<HostProbe> {
  const host = await probeOwnRunscs(options, wanted);
  return { ...host, fingerprint: withMeasuredVersions(host, wanted.matrix.sandbox) };
}

/** Another version of what the run measures makes it another run; the rest of the host's tools do not. */
function withMeasuredVersions(host: HostProbe, sandboxes: readonly SandboxName[]): HostProbe["fingerprint"] {
  return SANDBOX_FACTS.filter(({ name }) => sandboxes.includes(name)).reduce(
    (fingerprint, { tool }: SandboxFacts) =>
      tool?.fingerprint === "where measured"
        ? withField(
            fingerprint,
            `version.${tool.name}`,
            host.versions[tool.versionedAs ?? tool.name] ?? "none",
          )
        : fingerprint,
    host.fingerprint,
  );
}

async function probeOwnRunscs(given: ProbeOptions, { matrix, runsc }: RunscsWanted): Promise<HostProbe> {
  const wantsGVisor = matrix.sandbox.some((sandbox) => isGVisor({ sandbox }));
  const options = { ...given, askedPlatforms: wantsGVisor ? matrix.platform : [] };
  if (!wantsGVisor) return probeHost(options);
  if (matrix.runsc.length === 0) {
    const host = await probeHost(options);
    const asksFlags = runsc.flags.length > 0 || runsc.variants.length > 0;
    return asksFlags ? withFlagsOfOnly(host) : host;
  }
  const env = options.env ?? process.env;
  const probes: { binary: RunscBinary; host: HostProbe; flags: RunscUsed["flags"] }[] = [];
  for (const binary of await runscBinaries(matrix.runsc, env)) {
    const host = await probeHost({
      ...options,
      env: { ...env, SBX_RUNSC: binary.path },
      onProgress: (message) => options.onProgress?.(`${binary.label}: ${message}`),
    });
    probes.push({ binary, host, flags: await askRunscFlags(binary.path) });
  }
  const { host } = probes[0]!;
  const versions = probes.map(({ binary }) => `${binary.label}: ${binary.version}`).join(", ");
  const identity = probes.map(
    ({ binary: { label, version, sha256 } }) => `${label}: ${version} (${sha256.slice(0, 8)})`,
  );
  return {
    ...host,
    fingerprint: withField(host.fingerprint, "version.runsc", identity.join(", ")),
    versions: { ...host.versions, runsc: versions },
    remembered: probes.every((one) => one.host.remembered),
    runscs: new Map(
      probes.map(({ binary, host: own, flags }) => [
        binary.label,
        {
          used: {
            label: binary.label,
            version: binary.version,
            sha256: binary.sha256,
            source: binary.source,
            flags,
          },
          platforms: own.platforms,
          sandboxes: own.sandboxes,
          networks: own.networks,
          netstack: own.netstack,
          tools: own.tools,
        },
      ]),
    ),
  };
}

async function withFlagsOfOnly(host: HostProbe): Promise<HostProbe> {
  const { path, version } = host.tools.runsc;
  if (path === null) return host;
  const used: RunscUsed = {
    label: ONLY_RUNSC,
    version: version ?? "unknown",
    sha256: null,
    source: null,
    flags: await askRunscFlags(path),
  };
  return { ...host, runscs: new Map([[ONLY_RUNSC, { ...host, used }]]) };
}
