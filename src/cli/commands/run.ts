import { type Command, Option } from "commander";
import { AXES } from "../../axes/axes.ts";
import { SbxError } from "../../base/errors.ts";
import { shareText } from "../../base/share.ts";
import { DEFAULTS } from "../../config/defaults.ts";
import type { FakeFault } from "../../sandbox/fake.ts";
import { type RunRequest, run } from "../../use-cases/run/run.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "../options/config-options.ts";
import { duration } from "../options/duration-option.ts";
import { endsWithDashes } from "../options/ends-with-dashes.ts";
import { LISTED, pathList, pathsInOrder } from "../options/list-option.ts";
import { addProgramOptions, PROGRAM_OPTIONS, type ProgramFlags } from "../options/program-options.ts";
import { repeatable } from "../options/repeated-option.ts";
import { addServeOptions, loadOf, refuseBesideServers, type ServeFlags } from "../options/serve-options.ts";
import { refuseWithoutEffect } from "../options/without-effect.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { printRun } from "../output/print-report.ts";

/** As commander hands it over. */
type RunFlags = ConfigFlags &
  ProgramFlags &
  ServeFlags & {
    /** `name=COMMAND`, each. */
    program?: string[];
    bind?: string[];
    resume?: string | boolean;
    /** Two configuration files, the old one first. */
    ab?: string[];
    aa?: boolean;
    twins?: boolean;
    /** ms */
    budget?: number;
    fresh?: boolean;
    json?: boolean;
  };

/** What a run was started with, and can't change half-way. */
const FIXED_BY_THE_RUN = [
  "preset",
  "cells",
  "scenarios",
  "sandbox",
  "platform",
  "network",
  "seccomp",
  "runsc",
  "flags",
  "vary",
  "factorial",
  "rounds",
  "seed",
  "ab",
  "aa",
  "budget",
] as const satisfies readonly (keyof RunFlags)[];

export function addRun(program: Command): void {
  const command = addConfigOptions(program.command("run"))
    .argument(
      "[command...]",
      "a program of yours and its arguments, behind --: it is measured instead of the scenarios",
    )
    .description("Measure the matrix, or programs of yours, in seeded random rounds, then write a report.")
    .option("--program <name=command>", "a program by its name; repeated for several", repeatable(collect))
    .option(
      "--bind <dirs>",
      `with a program: further folders that it sees in the sandboxes, read-only (DIR:rw: writable); ${LISTED}`,
      pathList,
    );
  addServeOptions(addProgramOptions(command))
    .option("--resume [run]", "go on with the newest run that was interrupted, or the named one")
    .addOption(
      new Option("--ab <old,new>", "two configuration files, interleaved in the same rounds")
        .argParser(pathsInOrder)
        .conflicts("aa"),
    )
    .option("--aa", "launch every cell twice a round, to learn the noise floor of each on this host")
    .option(
      "--no-twins",
      "launch no cell twice a round (by default a few, in at most 5 % of the time, to learn the noise)",
    )
    .option("--budget <time>", "spend 30s, 10m or 1h30m, where the intervals are widest", duration)
    .option("--fresh", "ask the host again what it can run, instead of the cached answer")
    .option("--json", "print summary.json (with --ab the comparison) instead of the table")
    .addHelpText(
      "after",
      `
Every launch is kept as it ends: Ctrl-C loses at most the one under way, and --resume goes on.
With --ab the answer is the difference, both sides measured in the same random rounds: the strongest form of
comparison, for which \`check --ab\` is the gate. With --budget each cell ends as soon as its intervals are
narrower than \`precision\` (${shareText(DEFAULTS.precision)}); what could not be settled is said at the end.
Exit codes: 0 all measured, 2 wrong usage, 4 this host can't run it, 5 some cells failed, 130 interrupted.

With a program behind -- (or --program) the answer is what it costs in the usual configurations, in a minute or two;
--sandbox, --network and the other axes choose others. With --serve that program is a server (docs/servers.md).

Examples:
  $ sbx-bench run -- gzip -kc /usr/bin/perl
  $ sbx-bench run --serve 8080 --rates 100,500 -- ./server
  $ sbx-bench run --program 'zip=gzip -kc /usr/bin/perl' --program 'sum=sha256sum /usr/bin/perl'
  $ sbx-bench run --matrix --preset quick
  $ sbx-bench run --cells 'native/*' --cells 'runsc/systrap/net=none/seccomp=none::*'
  $ sbx-bench run --scenarios startup --platform systrap --rounds 30
  $ sbx-bench run --budget 10m
  $ sbx-bench run --ab base.config.ts,new.config.ts --scenarios startup
  $ sbx-bench run --runsc debian,latest --preset quick
  $ sbx-bench run --vary directfs,overlay2 --scenarios files,startup
  $ sbx-bench run --aa --rounds 30
  $ sbx-bench run --resume`,
    )
    .action(async (words: string[], flags: RunFlags, command: Command) => {
      const configFile = program.opts<{ config?: string }>().config;
      const hasPrograms =
        words.length > 0 ||
        flags.program !== undefined ||
        endsWithDashes(program) ||
        flags.serve !== undefined;
      if (hasPrograms) refuseBesidePrograms(command);
      else {
        refuseWithoutEffect(
          command,
          ["bind", ...PROGRAM_OPTIONS],
          "without a program to run",
          "Leave it out, or name a program behind --.",
        );
      }
      refuseBesideServers(command, flags);
      if (flags.ab !== undefined) {
        refuseWithoutEffect(
          program,
          ["config"],
          "with --ab",
          "--ab names both configurations: leave it out.",
        );
      }
      if (flags.aa === true || flags.ab !== undefined || flags.resume !== undefined) {
        refuseWithoutEffect(
          command,
          ["twins"],
          "here: --aa launches every cell twice, --ab none, and a resumed run those that it began with",
          "Leave it out.",
        );
      }
      const given = FIXED_BY_THE_RUN.filter((name) => flags[name] !== undefined);
      if (flags.resume !== undefined && given.length > 0) {
        throw new SbxError({
          what: `--resume and --${given[0]} don't go together`,
          why: "A resumed run goes on with the cells, rounds and seed that it was started with.",
          fix: `Leave out ${given.map((name) => `--${name}`).join(", ")}, or start a new run.`,
        });
      }
      const asked = hasPrograms
        ? await programs(words, flags, configFile)
        : await measured(flags, configFile);
      const ran = await run(runRequest(asked, flags), commandContext());
      if (ran !== null) await printRun(ran, flags.json === true);
      process.exitCode = EXIT[ran?.outcome ?? "interrupted"];
    });
}

function runRequest(measured: RunRequest["measured"], flags: RunFlags): RunRequest {
  const { budget, rounds } = flags;
  return {
    measured,
    cells: flags.cells ?? [],
    fresh: flags.fresh === true,
    twins: flags.twins === false ? "none" : flags.aa === true ? "all" : "few",
    budget: budget === undefined ? null : { ms: budget, roundsAsked: rounds !== undefined },
    commandLine: process.argv.slice(2),
    fakeFaults: scriptedFaults(),
  };
}

async function programs(
  words: readonly string[],
  flags: RunFlags,
  configFile: string | undefined,
): Promise<RunRequest["measured"]> {
  const named = AXES.map(({ key }) => key).filter((key) => flags[key] !== undefined);
  const common = {
    config: await configFrom(flags, configFile),
    ...{ words, settings: flags, rounds: flags.rounds ?? null },
    axes: flags.vary === undefined ? named : [...named, "flags" as const],
  };
  if (flags.serve === undefined) return { kind: "programs", ...common, programs: flags.program ?? [] };
  return { kind: "server", ...common, port: flags.serve, load: loadOf(flags) };
}

async function measured(flags: RunFlags, configFile: string | undefined): Promise<RunRequest["measured"]> {
  if (flags.ab !== undefined) return { kind: "interleaved", sides: await bothSides(flags.ab, flags) };
  const config = await configFrom(flags, configFile);
  if (flags.resume === undefined) return { kind: "matrix", config };
  return { kind: "resumed", out: config.out, run: flags.resume === true ? null : String(flags.resume) };
}

/** @throws SbxError (exit code 2) without two files, or where one is no configuration */
async function bothSides(files: readonly string[], flags: RunFlags) {
  const [old, fresh] = files;
  if (files.length !== 2 || !old || !fresh) {
    throw new SbxError({
      what: `--ab ${files.join(",")} needs exactly two configuration files`,
      why: `It takes the old one and the new one, with a comma between them; there are ${files.length}.`,
      fix: "sbx-bench run --ab base.config.ts,new.config.ts",
    });
  }
  const [a, b] = [await configFrom(flags, old), await configFrom(flags, fresh)];
  return { a: { file: old, config: a }, b: { file: fresh, config: b } };
}

/** They say what is measured, and a program says it already. */
function refuseBesidePrograms(command: Command): void {
  refuseWithoutEffect(
    command,
    ["scenarios", "cells", "preset", "ab", "aa", "twins", "budget", "resume"],
    "beside a program",
    "Leave it out; a configuration (docs/programs.md) takes a program with all of them.",
  );
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Faults for the fake driver, from the environment: only tests of this tool set it. */
function scriptedFaults(): FakeFault[] {
  const text = process.env.SBX_FAKE_FAULTS;
  return text === undefined ? [] : (JSON.parse(text) as FakeFault[]);
}
