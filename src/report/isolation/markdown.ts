/** The security-and-cost table in Markdown: verdicts of every probe, prices under it. */
import { markdownDocument, markdownTable, markdownText } from "../kit/markdown-text.ts";
import { PRICE_ROLES } from "./prices.ts";
import type { IsolationView } from "./view.ts";
import { countText, filterText, headline, hostText, LEGEND, priceText } from "./words.ts";

const PRICE_NAMES = { startup: "start-up", syscall: "getpid", memory: "memory" } as const;

export function isolationMarkdown(view: IsolationView): string {
  const { rows, groups, probes } = view;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? ""
      : [`## ${title}`, lines.map((line) => `- ${markdownText(line)}`).join("\n")].join("\n\n");
  return markdownDocument([
    "# What each configuration blocks, beside what it costs",
    markdownText(headline(view)),
    markdownText(hostText(view.result)),
    markdownTable(
      ["configuration", "filter", ...groups, ...PRICE_ROLES.map((role) => PRICE_NAMES[role]), "dominated by"],
      rows.map((row) => [
        row.id,
        filterText(row.evaluator),
        ...row.groups.map(countText),
        ...PRICE_ROLES.map((role) => row.prices[role]?.text ?? ""),
        row.dominatedBy ?? "",
      ]),
    ),
    markdownText(LEGEND),
    markdownText(priceText(view)),
    "## Verdicts",
    markdownTable(
      ["probe", ...rows.map(({ id }) => id)],
      probes.map(({ name }) => [name, ...rows.map(({ id }) => view.verdictOf(id, name) ?? "")]),
    ),
    section(
      "Reached from a sandbox",
      view.findings.map(
        ({ probe, reachedIn }) =>
          `${probe.name}: a program in the sandbox can ${probe.tries} (${probe.technique}). In ${reachedIn.map(({ configuration }) => configuration).join(", ")}. ${probe.fix}`,
      ),
    ),
    section(
      "Nothing is known of",
      view.errors.map(({ configuration, probe, detail }) => `${configuration}: ${probe}: ${detail}`),
    ),
    section(
      "Not possible on this host natively, either",
      view.absent.map(({ probe, detail }) => `${probe}: ${detail}`),
    ),
    section(
      "Not probed here",
      view.notRun.map(({ id, status, reason }) => `${id} (${status}): ${reason}`),
    ),
    section(
      "Not tried by any probe",
      view.notProbed.map(({ what, reason }) => `${what}: ${reason}`),
    ),
  ]);
}
