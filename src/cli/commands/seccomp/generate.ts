import { join } from "node:path";
import { type Command, Option } from "commander";
import { SbxError } from "../../../base/errors.ts";
import { didYouMean } from "../../../base/nearest.ts";
import { requireWritableFile } from "../../../base/require-writable.ts";
import { visibleJson } from "../../../base/visible-text.ts";
import { loadConfig } from "../../../config/load.ts";
import { GENERATED_PROFILE } from "../../../sandbox/profile-of.ts";
import { LAUNCHERS } from "../../../seccomp/filter/base-calls.ts";
import { DENIALS, type Denial } from "../../../seccomp/formats/oci.ts";
import { provenance } from "../../../seccomp/formats/provenance.ts";
import { FILTER_FORMATS, type FilterFormat, renderFilter } from "../../../seccomp/formats/render.ts";
import { behaviourGraph, graphDot } from "../../../seccomp/graph/behaviour-graph.ts";
import { type Generated, generateFilter } from "../../../use-cases/seccomp/generate.ts";
import { endsWithDashes } from "../../options/ends-with-dashes.ts";
import { writeNamed } from "../../options/format-options.ts";
import { LISTED, list } from "../../options/list-option.ts";
import { commandContext } from "../../output/context.ts";
import { note } from "../../output/note.ts";
import { writeJson, writeRendered } from "../../output/write.ts";

type Flags = {
  format: FilterFormat;
  deny: Denial;
  launcher?: string[];
  out?: string;
  graph?: string;
  json?: boolean;
};

export function addGenerate(program: Command, seccomp: Command): void {
  seccomp
    .command("generate")
    .argument("<program>", "a Go program, the folder of a package, or a scenario")
    .argument("[arguments...]", "behind --: run the program with them under strace, too")
    .description("Make the allow-list of a Go program from its code, and from a run.")
    .addOption(new Option("--format <name>", "of the filter").choices(FILTER_FORMATS).default("oci"))
    .addOption(new Option("--deny <how>", "what happens to other calls").choices(DENIALS).default("errno"))
    .option("--launcher <names>", `what will start the program (default: all); ${LISTED}`, list)
    .option("--out <file>", "write the filter there, and why each call is in it to FILE.provenance.json")
    .option("--graph <file>", "also write which function reaches which call: Graphviz for .dot, else JSON")
    .option("--json", "print the calls with their labels and places instead of the filter")
    .addHelpText(
      "after",
      `
Each call is labelled: static (the program's code has it), runtime (Go's own), observed (a run made it), libc,
launcher (what starts the program makes it after the filter is loaded), kernel-injected. A place whose number is
computed is named, with its function. A scenario is always run, and its filter is what seccomp=generated uses.

Examples:
  $ sbx-bench seccomp generate /usr/local/go/bin/gofmt
  $ sbx-bench seccomp generate ./cmd/server --out server.json
  $ sbx-bench seccomp generate gofmt --format spo -- -l .      observed, too
  $ sbx-bench seccomp generate gofmt --deny kill --format bpf --out gofmt.bpf
  $ sbx-bench seccomp generate gofmt --graph gofmt.dot
  $ sbx-bench seccomp generate startup                         for the matrix`,
    )
    .action(async (target: string, args: string[], flags: Flags) => {
      if (flags.out !== undefined) requireWritableFile("--out", flags.out);
      requireLaunchers(flags.launcher ?? []);
      if (flags.graph !== undefined) requireWritableFile("--graph", flags.graph);
      if (flags.format === "bpf" && flags.out === undefined && flags.json !== true) throw binaryToTerminal();
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const isRun = args.length > 0 || endsWithDashes(program);
      const generated = await generateFilter(
        { config, target, args: isRun ? args : null, launchers: flags.launcher ?? LAUNCHERS },
        commandContext(),
      );
      if (flags.graph !== undefined) writeNamed(flags.graph, graphText(generated, flags.graph), "--graph");
      await deliverFilter(generated, target, flags);
    });
}

async function deliverFilter(generated: Generated, target: string, flags: Flags): Promise<void> {
  const side = provenance(generated.calls, target);
  if (flags.json === true) {
    writeJson(side);
    return;
  }
  const filter = await renderFilter(generated.calls, {
    format: flags.format,
    denial: flags.deny,
    name: generated.name,
  });
  const out = flags.out ?? ownFile(generated, flags);
  if (out === null) {
    writeRendered(String(filter));
    note(`${generated.calls.calls.length} system calls are allowed`);
    return;
  }
  writeNamed(out, filter, "--out");
  // Beside a scenario's filter nobody asked for it; `explain` tells the same.
  if (flags.out !== undefined) writeNamed(`${out}.provenance.json`, `${visibleJson(side)}\n`, "--out");
  note(`${generated.calls.calls.length} system calls are allowed`);
}

function graphText({ calls, name }: Generated, file: string): string {
  const graph = behaviourGraph(calls);
  return file.endsWith(".dot") ? graphDot(graph, name) : `${visibleJson(graph)}\n`;
}

/** A scenario's filter stands in its folder, as the matrix takes it. */
function ownFile({ scenarioDir }: Generated, { format, deny }: Flags): string | null {
  return scenarioDir !== null && format === "oci" && deny === "errno"
    ? join(scenarioDir, GENERATED_PROFILE)
    : null;
}

function binaryToTerminal(): SbxError {
  return new SbxError({
    what: "--format bpf needs --out",
    why: "The filter is binary, and a file beside it says why each call is in it.",
    fix: "Add --out filter.bpf.",
  });
}

function requireLaunchers(names: readonly string[]): void {
  const unknown = names.find((name) => !LAUNCHERS.includes(name));
  if (unknown === undefined) return;
  throw new SbxError({
    what: `--launcher ${unknown}: nothing of that name starts programs under a filter`,
    why: `There are ${LAUNCHERS.join(", ")}.${didYouMean(unknown, LAUNCHERS)}`,
    fix: "Name one of them, or leave the option out for all.",
  });
}
