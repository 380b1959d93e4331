/** The axes, and what follows from looping over them: ids, order, enumeration, what makes no sense. Pure. */
import type { Axis } from "./axis.ts";
import type { Configuration, Matrix } from "./configuration.ts";
import { NETWORKS, networkAxis, networkSchema } from "./network.ts";
import { PLATFORMS, platformAxis, platformSchema } from "./platform.ts";
import { flagsAxis, flagsSchema } from "./runsc-flags.ts";
import { runscAxis, runscSchema } from "./runsc-version.ts";
import { factsOf, SANDBOX_FACTS, type SandboxName, sandboxAxis, sandboxSchema } from "./sandbox.ts";
import type { SandboxFacts } from "./sandbox-facts.ts";
import { FILTERS, seccompAxis, seccompSchema } from "./seccomp.ts";

/** In the order of tables and exports. */
export const AXES: readonly Axis[] = [
  sandboxAxis,
  platformAxis,
  networkAxis,
  seccompAxis,
  runscAxis,
  flagsAxis,
];

/** Which runsc belongs to the name of the sandbox. */
const IN_IDS: readonly Axis[] = [sandboxAxis, runscAxis, platformAxis, networkAxis, seccompAxis, flagsAxis];

/** Outermost loop first: the axes of one kind of sandbox stand within it, those of all within them. */
const NESTED: readonly Axis[] = [sandboxAxis, runscAxis, platformAxis, flagsAxis, networkAxis, seccompAxis];

/** Of `matrix` in the configuration's schema. */
export const MATRIX_SHAPE = {
  sandbox: sandboxSchema,
  platform: platformSchema,
  network: networkSchema,
  seccomp: seccompSchema,
  runsc: runscSchema,
  flags: flagsSchema,
};

/** Where neither the configuration nor the command line says. */
export const MATRIX_DEFAULTS = {
  sandbox: sandboxesOf("every"),
  platform: PLATFORMS,
  network: NETWORKS,
  seccomp: FILTERS,
} as const;

/** The sandboxes that a preset measures. */
export function sandboxesOf(preset: "every" | "full"): SandboxName[] {
  return SANDBOX_FACTS.filter(({ presets }: SandboxFacts) => presets === "every" || presets === preset).map(
    ({ name }) => name,
  );
}

/** `runsc/systrap/net=none/seccomp=none`, `runsc@debian/systrap/net=none/seccomp=none/flags=directfs=false` */
export function configurationId(config: Configuration): string {
  return IN_IDS.map((axis) => axis.idPart(config))
    .filter((part) => part !== null)
    .join("/");
}

/** Display order: sandbox, platform, network, filter. */
export function compareConfigurations(a: Configuration, b: Configuration): number {
  return AXES.reduce((order, axis) => order || axis.compare(a, b), 0);
}

/** Every configuration of the matrix; an axis that a sandbox lacks leaves no trace in its ids. */
export function enumerateConfigurations(matrix: Matrix): Configuration[] {
  return NESTED.reduce<Partial<Configuration>[]>(
    (parts, axis) =>
      parts.flatMap((part) => {
        const has = part.sandbox === undefined || axis.isOf(factsOf({ sandbox: part.sandbox }));
        return (has ? axis.values(matrix) : [axis.absent]).map((value) => ({ ...part, ...value }));
      }),
    [{}],
  ) as Configuration[];
}

/** The sentence for a combination that makes no sense anywhere; `null` when it makes sense. */
export function senselessReason(config: Configuration): string | null {
  for (const axis of AXES) {
    const reason = axis.senseless?.(config) ?? null;
    if (reason !== null) return reason;
  }
  return null;
}

/**
 * The value of every axis that a configuration has, as text.
 *
 * @param order `table` as in exports; `id` with what belongs to the sandbox right behind it
 * @param short names as in benchmark names: `net`
 */
export function axisValues(
  config: Configuration,
  order: "table" | "id" = "table",
  short = false,
): Record<string, string> {
  const axes = order === "table" ? AXES : IN_IDS;
  return Object.fromEntries(
    axes.flatMap(({ key, shortKey }) => {
      const value = config[key];
      return value === null || value === undefined ? [] : [[short ? (shortKey ?? key) : key, value]];
    }),
  );
}
