/** Options of `exec`: one value an axis, and the limits of one script. */
import { type Command, Option } from "commander";
import { AXES } from "../../axes/axes.ts";
import type { AxisKey } from "../../axes/configuration.ts";
import { readBytes } from "../../capacity/units.ts";
import { DEFAULTS } from "../../config/defaults.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { ScanRuleName } from "../../scan/rules.ts";
import { MODES } from "../../script/modes.ts";
import { type ConfigFlags, configFrom } from "./config-options.ts";
import { duration } from "./duration-option.ts";
import { LISTED, list, pathList } from "./list-option.ts";
import { wholeNumber } from "./number-option.ts";
import { quantity } from "./quantity-option.ts";
import { scanRules } from "./scan-rules.ts";

export type ExecFlags = Partial<Record<AxisKey, string[]>> & {
  mode: string;
  timeLimit?: number;
  memory?: number;
  pids?: number;
  maxOutput?: number;
  bind?: string[];
  allowPackage?: string[];
  goCache?: "warm" | "cold";
  tagOutput?: boolean;
  visible: "auto" | "always" | "never";
  costFile?: string;
  scan?: boolean;
  scanAllow?: ScanRuleName[];
};

/** What is not named: gVisor, without a network. */
const USUAL = { sandbox: ["runsc"], platform: ["systrap"], seccomp: ["none"] };

export function addExecOptions(command: Command): Command {
  command
    .description("Run a Go script once in a sandbox, and say what that cost.")
    .argument("<script>", "a Go file with `package main`")
    .argument("[args...]", "of the script, behind --")
    .option("--mode <name>", `how it is run: ${MODES.join(", ")}`, MODES[0]);
  for (const { key, option } of AXES) {
    const read = option.takesPaths === true ? pathList : list;
    const usual = { ...USUAL, network: ["none; of native host"] }[key as "sandbox"];
    command.option(
      `--${key} ${option.argument.replace("s>", ">")}`,
      `${option.text}${usual === undefined ? "" : ` (default: ${usual[0]})`}`,
      read,
    );
  }
  const { launchSeconds, memoryMiB, pids, outputMiB } = DEFAULTS.limits;
  return command
    .option("--time-limit <time>", `of the script, such as 10s (default: ${launchSeconds}s)`, duration)
    .option("--memory <size>", `of the sandbox, such as 256Mi (default: ${memoryMiB}Mi)`, quantity(readBytes))
    .option("--pids <n>", `processes and threads in all (default: ${pids})`, wholeNumber)
    .option("--max-output <size>", `that it may print (default: ${outputMiB}Mi)`, quantity(readBytes))
    .option(
      "--bind <folders>",
      `folders that it finds at the same path, read-only or FOLDER:rw; all that yaegi lets it read; ${LISTED}`,
      pathList,
    )
    .option("--allow-package <names>", `mode yaegi: further packages, such as text/template; ${LISTED}`, list)
    .addOption(
      new Option(
        "--go-cache <state>",
        "mode go-run: warm builds the script once before, uncounted (default: cold)",
      ).choices(["warm", "cold"]),
    )
    .option("--tag-output", "time, line number, script and sandbox id before each line that it prints")
    .addOption(
      new Option("--visible <when>", "spell out control characters in its output; auto: on a terminal")
        .choices(["auto", "always", "never"])
        .default("auto"),
    )
    .option("--scan", "read it before (docs/scan.md), and do not run what that denies")
    .option("--scan-allow <rules>", `with --scan: rules that deny nothing; ${LISTED}`, scanRules)
    .option("--cost-file <file>", "write what it cost there, as JSON");
}

/** @throws SbxError (exit code 2) for values that do not exist */
export async function execConfig(flags: ExecFlags, configFile: string | undefined): Promise<ResolvedConfig> {
  const axes = Object.fromEntries(AXES.map(({ key }) => [key, flags[key]]));
  const isNative = flags.sandbox?.includes("native") === true;
  const usual = { ...USUAL, network: [isNative ? "host" : "none"] };
  const named = Object.fromEntries(Object.entries(axes).filter(([, value]) => value !== undefined));
  const config = await configFrom({ ...usual, ...named } as ConfigFlags, configFile);
  const { limits } = config;
  return {
    ...config,
    limits: {
      ...limits,
      launchMs: flags.timeLimit ?? limits.launchMs,
      memoryBytes: flags.memory ?? limits.memoryBytes,
      pids: flags.pids ?? limits.pids,
      outputBytes: flags.maxOutput ?? limits.outputBytes,
    },
  };
}
