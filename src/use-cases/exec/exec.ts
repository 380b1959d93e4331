/** `exec`: one Go script, run once in one configuration, and what that cost. */
import { configurationId } from "../../axes/axes.ts";
import { isBaseline } from "../../axes/sandbox.ts";
import { SbxError } from "../../base/errors.ts";
import { limitsTooSmall } from "../../config/limit-floors.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { holdEnvironment } from "../../run/environment/hold-environment.ts";
import { monotonicNs } from "../../run/launch/monotonic.ts";
import { newRunId } from "../../run/run-folder.ts";
import { Preamble } from "../../script/preamble.ts";
import { readScript } from "../../script/script-file.ts";
import { buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { probeHere } from "../probe-host.ts";
import { interruptible, notesTo, type UseCaseContext } from "../use-case.ts";
import { boundFolders } from "./bound-folders.ts";
import { endingOf, reasonOf } from "./ending.ts";
import { makeProgram } from "./make-program.ts";
import { requireAvailable, requireOneConfiguration } from "./one-configuration.ts";
import type { ExecRequest, Executed } from "./request.ts";

/** @throws SbxError where the script can't be started: it is none, does not compile, or the host can't run it */
export async function exec(request: ExecRequest, context: UseCaseContext): Promise<Executed> {
  const { config, mode, args } = request;
  const { say, abort } = context;
  const script = readScript(request.script);
  const configuration = requireOneConfiguration(config);
  requireRoom(config);
  const given = boundFolders(script.name, request.binds);
  const host = await probeHere(config, false, notesTo(say));
  await requireAvailable(configuration, config, host);
  const runId = newRunId(new Date());
  return interruptible(context, () =>
    holdEnvironment(
      { host, runId, observe: (event) => say({ type: "run", event }) },
      async (held): Promise<Executed> => {
        const began = monotonicNs();
        const made = await makeProgram({ ...request, binds: given.binds }, script, held.folder("script"));
        const folders = boundFolders(script.name, [...made.binds, ...request.binds]);
        const workload = {
          name: "script",
          rootfs: await makeRootfs(made.program, await buildTrue(), { ...folders, files: made.files }),
          args: [...made.firstArgs, ...args],
          env: {},
          binds: folders.binds,
          work: made.work,
        };
        const options = { id: script.name, folders: "kept" } as const;
        const prepared = await held.prepare(configuration, workload, config, options);
        if (made.isWarmed) await held.launch(prepared, { talk: { speaksProtocol: false }, abort });
        const buildNs = monotonicNs() - began;
        const bytes = { stdout: 0, stderr: 0 };
        let firstAtNs: number | null = null;
        const preamble = made.token === null ? null : new Preamble(made.token);
        const take = (stream: "stdout" | "stderr", chunk: Buffer): void => {
          if (chunk.length === 0) return;
          firstAtNs ??= monotonicNs();
          bytes[stream] += chunk.length;
          request.onOutput(stream, chunk, { script: script.name, sandboxId: runId });
        };
        const outcome = await held.launch(prepared, {
          talk: {
            speaksProtocol: false,
            input: request.input ?? "",
            onOutput: (stream, chunk) =>
              take(stream, stream === "stderr" && preamble !== null ? preamble.add(chunk) : chunk),
          },
          abort,
        });
        if (preamble !== null) take("stderr", preamble.finish());
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
          ...(preamble?.cannot
            ? { ending: { kind: "unsupported" }, reason: preamble.cannot }
            : { ending: endingOf(outcome), reason: reasonOf(outcome, config.limits) }),
          cost: {
            buildNs,
            readyNs: preamble?.readyNs ?? null,
            wallNs: outcome.underWayNs,
            firstOutputNs: firstAtNs === null ? null : firstAtNs - outcome.spawnedAtNs,
            cpuNs: outcome.measured.cpuNs,
            peaks: outcome.peaks,
            stdoutBytes: bytes.stdout,
            stderrBytes: bytes.stderr,
          },
          warnings: [...bare, ...made.warnings, ...prepared.warnings],
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
