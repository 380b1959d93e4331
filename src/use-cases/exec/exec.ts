/** `exec`: one Go script, run once in one configuration, and what that cost. */
import { configurationId } from "../../axes/axes.ts";
import { isBaseline } from "../../axes/sandbox.ts";
import { SbxError } from "../../base/errors.ts";
import { limitsTooSmall } from "../../config/limit-floors.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { holdEnvironment } from "../../run/environment/hold-environment.ts";
import { monotonicNs } from "../../run/launch/monotonic.ts";
import { newRunId } from "../../run/run-folder.ts";
import { compileScript } from "../../script/compiled.ts";
import { readScript } from "../../script/script-file.ts";
import { buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { probeHere } from "../probe-host.ts";
import { interruptible, notesTo, type UseCaseContext } from "../use-case.ts";
import { endingOf, reasonOf } from "./ending.ts";
import { requireAvailable, requireOneConfiguration } from "./one-configuration.ts";
import type { ExecRequest, Executed } from "./request.ts";

/** @throws SbxError where the script can't be started: it is none, does not compile, or the host can't run it */
export async function exec(request: ExecRequest, context: UseCaseContext): Promise<Executed> {
  const { config, mode, args } = request;
  const { say, abort } = context;
  const script = readScript(request.script);
  const configuration = requireOneConfiguration(config);
  requireRoom(config);
  const host = await probeHere(config, false, notesTo(say));
  await requireAvailable(configuration, config, host);
  const runId = newRunId(new Date());
  return interruptible(context, () =>
    holdEnvironment(
      { host, runId, observe: (event) => say({ type: "run", event }) },
      async (held): Promise<Executed> => {
        const began = performance.now();
        const program = await compileScript(script, held.folder("script"));
        const buildNs = Math.round((performance.now() - began) * 1e6);
        const workload = {
          name: "script",
          rootfs: await makeRootfs(program, await buildTrue()),
          args,
          env: {},
        };
        const prepared = await held.prepare(configuration, workload, config, { id: script.name });
        const bytes = { stdout: 0, stderr: 0 };
        let firstAtNs: number | null = null;
        const outcome = await held.launch(prepared, {
          talk: {
            speaksProtocol: false,
            input: request.input ?? "",
            onOutput(stream, chunk) {
              firstAtNs ??= monotonicNs();
              bytes[stream] += chunk.length;
              request.onOutput(stream, chunk, { script: script.name, sandboxId: runId });
            },
          },
          abort,
        });
        const { failure } = outcome.measured;
        if (outcome.spawnedAtNs === 0 || failure?.kind === "spawn" || failure?.kind === "harness") {
          throw new SbxError({
            what: `The sandbox for ${script.name} could not be started`,
            why: failure?.message ?? "The host refused.",
            fix: "`sbx-bench doctor` says what this host can run.",
            exitCode: 4,
          });
        }
        const bare = isBaseline(configuration)
          ? [
              "native is no sandbox: no limit of memory or processes, and the script may do what its caller may",
            ]
          : [];
        return {
          script: script.path,
          mode,
          configuration: configurationId(configuration),
          ending: endingOf(outcome),
          reason: reasonOf(outcome, config.limits),
          cost: {
            buildNs,
            wallNs: outcome.underWayNs,
            firstOutputNs: firstAtNs === null ? null : firstAtNs - outcome.spawnedAtNs,
            cpuNs: outcome.measured.cpuNs,
            peaks: outcome.peaks,
            stdoutBytes: bytes.stdout,
            stderrBytes: bytes.stderr,
          },
          warnings: [...bare, ...prepared.warnings],
        };
      },
    ),
  );
}

/** @throws SbxError (exit code 2) for limits in which the sandbox itself can't start */
function requireRoom(config: ResolvedConfig): void {
  const [mistake] = limitsTooSmall(config);
  if (mistake === undefined) return;
  throw new SbxError({
    what: "The limits are too small",
    why: mistake,
    fix: "Raise --memory or --pids.",
  });
}
