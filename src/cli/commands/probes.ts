import type { Command } from "commander";
import { hasColour } from "../../base/terminal-abilities.ts";
import { renderProbes } from "../../report/isolation/render-probes.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { probes } from "../../use-cases/probes/probes.ts";
import { showProbes } from "../../use-cases/probes/show-probes.ts";
import { configFrom } from "../options/config-options.ts";
import { deliver } from "../options/format-options.ts";
import { addProbesOptions, type ProbesFlags } from "../options/probes-options.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { note } from "../output/note.ts";
import { writeJson } from "../output/write.ts";

export function addProbes(program: Command): void {
  addProbesOptions(program.command("probes"))
    .addHelpText(
      "after",
      `
Each probe runs in a process of its own inside the sandbox and does what an attacker would, as far as that harms
nothing. Whether it reached the host is decided by canaries on the host. Natively the probes run in a mount namespace
of their own. docs/isolation.md says what each probe tries, and what is not claimed.

Exit codes: 0 everything was probed, 4 this host cannot run it, 5 some verdicts are unknown. A sandbox that lets a probe
through is a finding, and no failure of this command; \`sbx-bench check --probes\` is the gate.

Examples:
  $ sbx-bench probes
  $ sbx-bench probes --sandbox bwrap,unshare --network none --seccomp none,default
  $ sbx-bench probes --probes kernel,orphan --format markdown --output-file isolation.md
  $ sbx-bench probes --show latest --format sarif`,
    )
    .action(async (flags: ProbesFlags) => {
      const config = await configFrom(flags, program.opts<{ config?: string }>().config);
      const { show, resume, only = [] } = flags;
      const request = {
        config,
        only,
        probes: flags.probes ?? null,
        fresh: flags.fresh === true,
        resume: resume === true ? "newest" : (resume ?? null),
      };
      const context = commandContext();
      const shown =
        show === undefined
          ? await probes(request, context)
          : await showProbes({ config, named: show }, context);
      if ("file" in shown) note(`wrote ${shown.file}`);
      const { result } = shown;
      if (result.endedAt === null)
        note(`The probes were broken off; go on with: sbx-bench probes --resume ${result.id}`);
      if (flags.json === true) writeJson(result);
      else {
        const { columns } = terminalOptions(process.stdout, process.env);
        const screen = { columns, colour: hasColour(process.stdout, process.env) };
        deliver(renderProbes(shown, flags.format ?? "terminal", screen), flags.outputFile);
      }
      const isKnown = result.configurations.every(
        ({ status, verdicts }) => status !== "failed" && verdicts.every(({ verdict }) => verdict !== "error"),
      );
      process.exitCode =
        EXIT["finished" in shown && !shown.finished ? "interrupted" : isKnown ? "done" : "someCellsFailed"];
    });
}
