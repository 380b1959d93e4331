/** The tables of docs/kvm.md, from what the guests brought back. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { CellSummary, Summary } from "../../src/stats/summaries/summary-types.ts";

const BEGIN = "<!-- from the guests: npm run test:kvm -- --write-docs -->";
const END = "<!-- end -->";

/** @param kept one folder a guest */
export function writeDocs(kept: string, file: string): void {
  const sections = readdirSync(kept)
    .toSorted()
    .map((name) => guestSection(join(kept, name)));
  const text = readFileSync(file, "utf8");
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${file} has no place for the tables`);
  writeFileSync(
    file,
    `${text.slice(0, before + BEGIN.length)}\n\n${sections.join("\n\n")}\n\n${text.slice(after)}`,
  );
}

function guestSection(dir: string): string {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(dir, name), "utf8")) as T;
  const facts = read<{ kernel: string; processor: string }>("facts.json");
  const steps = readdirSync(dir).filter((name) => name.endsWith(".json"));
  const runs = ["matrix.json", "smoke.json", "limits-roomy.json", "rootless.json"]
    .filter((name) => steps.includes(name))
    .map((name) => {
      const { out, seconds } = read<{ out: string; seconds: number }>(name);
      return { name: name.replace(".json", ""), summary: JSON.parse(out) as Summary, seconds };
    });
  const tables = runs.map(({ name, summary, seconds }) => runTable(dir, name, summary, seconds));
  const { host } = runs[0]!.summary;
  const title = `### Kernel ${facts.kernel}, cgroup ${host.fields["cgroup.version"]}`;
  return [title, `Processor: ${facts.processor}; runsc ${host.fields["version.runsc"]}.`, ...tables].join(
    "\n\n",
  );
}

function runTable(dir: string, name: string, summary: Summary, seconds: number): string {
  const { records } = readLaunchLog(join(dir, "runs", summary.runId, "launches.ndjson"));
  const ran = summary.cells.filter((cell) => cell.status === "measured" || cell.status === "failed");
  const rows = [...Map.groupBy(ran, configurationOf)].map(([configuration, cells]) => {
    const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
    const measured = cells.filter(({ status }) => status === "measured").length;
    const times = scenarios.map((scenario) =>
      range(
        records,
        cells.filter((cell) => cell.scenario === scenario),
      ),
    );
    return `| ${configuration} | ${scenarios.map((scenario, index) => `${scenario} ${times[index]}`).join(", ")} | ${measured} of ${cells.length} | ${checks(cells)} |`;
  });
  const who = name === "rootless" ? "as uid 1000" : "as root";
  return [
    `\`${name}\`, ${who}: ${ran.length} cells in ${seconds.toFixed(0)} s. Times are of an emulated processor: functional only.`,
    "",
    "| configuration | a launch took, emulated | measured | checks held |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** One row for the filters and networks of a sandbox, which differ in nothing that this table shows. */
function configurationOf({ config }: CellSummary): string {
  return `${config.sandbox}${config.platform === null ? "" : ` ${config.platform}`}, net=${config.network}`;
}

/** From the shortest launch to the longest, spawn to reaped. */
function range(records: readonly LaunchRecord[], cells: readonly CellSummary[]): string {
  const ids = new Set(cells.map(({ cell }) => cell));
  const seconds = records
    .filter(({ cell }) => ids.has(cell))
    .map(({ phases }) => ((phases.readyNs ?? 0) + (phases.workNs ?? 0) + (phases.exitNs ?? 0)) / 1e9)
    .toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [seconds[0], seconds.at(-1)];
  const text = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  return text(low) === text(high) ? `${text(low)} s` : `${text(low)}–${text(high)} s`;
}

function checks(cells: readonly CellSummary[]): string {
  const all = cells.flatMap((cell) => cell.checks);
  if (all.length === 0) return "none made";
  const sum = (of: (check: (typeof all)[number]) => number) =>
    all.reduce((total, check) => total + of(check), 0);
  return `${sum(({ held }) => held)} of ${sum(({ of }) => of)}`;
}
