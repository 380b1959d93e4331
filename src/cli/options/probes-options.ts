import type { Command } from "commander";
import { AXES } from "../../axes/axes.ts";
import { DEFAULTS } from "../../config/defaults.ts";
import { GROUPS } from "../../isolation/catalogue/probe.ts";
import { PROBES_FORMATS, type ProbesFormat } from "../../report/isolation/render-probes.ts";
import type { ConfigFlags } from "./config-options.ts";
import { addFormatOptions, type FormatFlags } from "./format-options.ts";
import { LISTED, list, pathList } from "./list-option.ts";

export type ProbesFlags = Omit<ConfigFlags, "cells"> & {
  only?: string[];
  probes?: string[];
  resume?: string | true;
  show?: string;
  fresh?: boolean;
  json?: boolean;
} & FormatFlags<ProbesFormat>;

export function addProbesOptions(command: Command): Command {
  command
    .description(
      "Say what each configuration blocks: try to get out of it, and look on the host whether it worked.",
    )
    .option("--matrix", "every configuration of the matrix (the default)")
    .option("--only <globs...>", `only configurations whose id matches, e.g. '*/net=none/*'; ${LISTED}`, list)
    .option("--probes <names>", `probes or groups (${GROUPS.join(", ")}); ${LISTED}`, list);
  for (const { key, option } of AXES) {
    const read = option.takesPaths === true ? pathList : list;
    command.option(`--${key} ${option.argument}`, `${option.text}; ${LISTED}`, read);
  }
  addFormatOptions(command, PROBES_FORMATS);
  return command
    .option("--show <id>", "print a result again: its id, its file or latest")
    .option("--resume [id]", "continue one that was broken off (default: the newest)")
    .option("--fresh", "try again what this host can run, instead of using the cached answer")
    .option("--out <dir>", `folder of the results (default: ${DEFAULTS.out})`)
    .option("--json", "print the result as JSON");
}
