/** The probes in a terminal: the table, then what to do about it. */
import { plural } from "../kit/format.ts";
import { pad, painter, screenText, wrap } from "../kit/terminal-table.ts";
import { PRICE_ROLES } from "./prices.ts";
import type { IsolationRow, IsolationView } from "./view.ts";
import { countText, headline, hostText, LEGEND, priceText } from "./words.ts";

const COUNT = 11;
const PRICE = 10;
const SHORT_PRICES = { startup: "start-up", syscall: "getpid", memory: "memory" } as const;
/** Further places are counted: `--json` has them all. */
const MOST_PLACES = 6;

export function isolationTerminal(
  view: IsolationView,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const paint = painter(colour);
  const width = Math.max(24, columns - view.groups.length * COUNT - PRICE_COLUMNS);
  const title = (text: string) => ["", paint.bold(text)];
  return screenText(
    [
      ...wrap(headline(view), columns).map(paint.bold),
      ...wrap(hostText(view.result), columns).map(paint.dim),
      ...view.result.warnings.flatMap((warning) => wrap(`! ${warning}`, columns).map(paint.yellow)),
      "",
      paint.bold(headLine(view, width)),
      ...view.rows.flatMap((row) =>
        rowLines(row, width).map((line) => (row.dominatedBy === null ? line : paint.dim(line))),
      ),
      ...wrap(LEGEND, columns).map(paint.dim),
      ...wrap(priceText(view), columns).map(paint.dim),
      ...dominated(view, columns).map(paint.dim),
      ...(view.findings.length === 0 ? [] : title("Reached from a sandbox")),
      ...view.findings.flatMap(({ probe, reachedIn }) => [
        `${paint.red(`  ${probe.name}`)} (${plural(reachedIn.length, "configuration")})`,
        ...wrap(
          `A program in the sandbox can ${probe.tries}. It stands for: ${probe.technique}.`,
          columns,
          "    ",
        ),
        ...wrap(`in ${places(reachedIn.map(({ configuration }) => configuration))}`, columns, "    ").map(
          paint.dim,
        ),
        ...wrap(`fix: ${probe.fix}`, columns, "    "),
      ]),
      ...(view.errors.length === 0 ? [] : title("Nothing is known of")),
      ...view.errors.flatMap(({ configuration, probe, detail }) =>
        wrap(`${configuration}: ${probe}: ${detail}`, columns, "  ").map(paint.yellow),
      ),
      ...(view.absent.length === 0 ? [] : title("Not possible on this host natively, either")),
      ...view.absent.flatMap(({ probe, detail }) => wrap(`${probe}: ${detail}`, columns, "  ")),
      ...(view.notRun.length === 0 ? [] : title("Not probed here")),
      ...view.notRun.flatMap(({ id, status, reason }) => wrap(`${status}  ${id}: ${reason}`, columns, "  ")),
      ...title("Not tried by any probe"),
      ...view.notProbed.flatMap(({ what, reason }) =>
        wrap(`${what}: ${reason}`, columns, "  ").map(paint.dim),
      ),
    ],
    colour,
  );
}

const PRICE_COLUMNS = PRICE_ROLES.length * PRICE;

function headLine(view: IsolationView, width: number): string {
  return [
    pad("configuration", width),
    ...view.groups.map((group) => pad(group, COUNT, "right")),
    ...(view.priceRun === null ? [] : PRICE_ROLES.map((role) => pad(SHORT_PRICES[role], PRICE, "right"))),
  ].join("");
}

function rowLines(row: IsolationRow, width: number): string[] {
  const figures = [
    ...row.groups.map((count) => pad(countText(count), COUNT, "right")),
    ...PRICE_ROLES.map((role) => pad(row.prices[role]?.short ?? "", PRICE, "right")),
  ].join("");
  if (row.id.length < width) return [(pad(row.id, width) + figures).trimEnd()];
  return [row.id, (pad("", width) + figures).trimEnd()];
}

function dominated({ rows }: IsolationView, columns: number): string[] {
  return rows
    .filter(({ dominatedBy }) => dominatedBy !== null)
    .flatMap(({ id, dominatedBy }) =>
      wrap(`${id}: ${dominatedBy} stops at least the same and costs less, intervals apart.`, columns),
    );
}

function places(all: readonly string[]): string {
  const more = all.length - MOST_PLACES;
  return `${all.slice(0, MOST_PLACES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
