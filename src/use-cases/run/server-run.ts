/** `run --serve PORT -- SERVER`: in which configurations, under which load, how often. */
import { resolve } from "node:path";
import type { AxisKey } from "../../axes/configuration.ts";
import { resolveConfig } from "../../config/resolve.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { BUNDLED_SCENARIOS } from "../../workload/programs.ts";
import { probeHere } from "../probe-host.ts";
import { programInput } from "../program/program-input.ts";
import { type ProgramUseSettings, programUse } from "../program/program-use.ts";
import { requireSeenArguments } from "../program/unseen-files.ts";
import { notesTo, type Say } from "../use-case.ts";
import { namedCommands } from "./named-commands.ts";
import { serverMatrix } from "./server-matrix.ts";

export type ServerRequest = {
  kind: "server";
  /** The user's, for all that the server does not decide. */
  config: ResolvedConfig;
  /** Behind --. */
  words: readonly string[];
  settings: ProgramUseSettings;
  /** TCP port on which it listens. */
  port: number;
  /** Parameters of the scenario `server`; what is left out has its default. */
  load: { rates?: string[]; path?: string; protocol?: string };
  /** Axes whose values were asked for; without any the usual configurations are measured. */
  axes: readonly AxisKey[];
  /** `null` = as many as an interval needs. */
  rounds: number | null;
};

const USAGE = "sbx-bench run --serve 8080 -- SERVER";
const ROUNDS = 6;
/** Of each rate, and of what narrows the highest down: in 4 configurations the answer takes about two minutes. */
const PHASES = { warmupMs: 200, durationMs: 800, refine: 2 };
/** A TCP echo sends something. */
const ECHOED = "x".repeat(64);
/** Enough for 50 rates. */
const LAUNCH_MS = 120_000;

/** @throws SbxError, exit code 2 for what can't be run */
export async function serverRun(request: ServerRequest, fresh: boolean, say: Say): Promise<ResolvedConfig> {
  const { words, settings, config: user, port, load } = request;
  const [named = { name: "server", command: [] }] = namedCommands(words, []);
  const { command } = programInput(named.command, settings, USAGE);
  requireSeenArguments(command, settings);
  const program = programUse(named.name, command, settings);
  const { argv, binds, work, cwd, env } = (typeof program === "string" ? {} : program.params) ?? {};
  const given = Object.fromEntries(
    Object.entries({ argv, binds, work, cwd, env, ...load }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  const echoed = load.protocol === "tcp" ? { body: ECHOED } : {};
  const use = { use: "server", as: named.name, params: { ...PHASES, ...echoed, ...given, port } };
  const base = resolveConfig({ scenarios: [use], scenarioDir: BUNDLED_SCENARIOS }, {}, USAGE, resolve("."));
  const { scenarios, scenarioDir, include } = base;
  const axes = Object.fromEntries(request.axes.map((key) => [key, user.matrix[key]]));
  const { isRoot } = await probeHere({ ...user, ...serverMatrix(axes, true) }, fresh, notesTo(say));
  return {
    ...user,
    scenarios,
    scenarioDir,
    include,
    ...serverMatrix(axes, isRoot),
    rounds: request.rounds ?? ROUNDS,
    limits: { ...user.limits, launchMs: Math.max(user.limits.launchMs, LAUNCH_MS) },
  };
}
