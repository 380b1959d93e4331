/** Advice in a terminal: the answer, the changes, the effects behind them, the front, and how to set it. */
import type { Change } from "../../model/tune/changes.ts";
import type { Interaction, MainEffect } from "../../model/tune/factor-effects.ts";
import { plural } from "../kit/format.ts";
import { type Paint, painter, screenText, wrap } from "../kit/terminal-table.ts";
import { changeGroups } from "./groups.ts";
import { changeHeading, changeRow, figureRow } from "./terminal-changes.ts";
import { frontLines } from "./terminal-front.ts";
import { useLines } from "./terminal-use.ts";
import type { TuneReport } from "./tune-report.ts";
import {
  basisText,
  because,
  boundsText,
  CORPUS_NOTE,
  costText,
  effectsNote,
  headline,
  isBeyondDoubt,
  lacksText,
  othersText,
  sourceText,
  switchText,
} from "./words.ts";

export type TuneTerminalOptions = { columns: number; colour: boolean };

export function tuneTerminal(report: TuneReport, { columns, colour }: TuneTerminalOptions): string {
  const paint = painter(colour);
  const lines = [
    ...wrap(headline(report), columns).map(paint.bold),
    ...wrap(because(report), columns),
    ...wrap(report.workload.text, columns).map(paint.dim),
    ...wrap(sourceText(report), columns).map(paint.dim),
    ...report.warnings.flatMap((warning) => wrap(`! ${warning}`, columns).map(paint.yellow)),
    ...changeGroups(report).flatMap(({ title, changes, detailed }) => [
      "",
      ...heading(`${title} (${changes.length})`, columns, paint),
      ...changes.flatMap((change) => changeLines(change, detailed, columns, paint)),
    ]),
    ...effectLines(report, columns, paint),
    ...frontLines(report, columns, paint),
    ...gapLines(report, columns, paint),
    ...useLines(report.use, columns, paint),
    ...(report.changes.some(({ estimate }) => estimate.basis === "corpus")
      ? ["", ...wrap(CORPUS_NOTE, columns)]
      : []),
  ];
  return screenText(lines, colour);
}

function heading(title: string, columns: number, paint: Paint): string[] {
  return changeHeading(title, columns).map(paint.bold);
}

function changeLines(change: Change, detailed: boolean, columns: number, paint: Paint): string[] {
  const { estimate, prices, needs, why } = change;
  const first = changeRow(change, columns);
  if (!detailed) return first;
  const more = (text: string) => wrap(text, columns, "    ").map(paint.dim);
  return [
    ...first,
    ...prices.flatMap(({ kind, text, source }) => more(`gives up (${kind}): ${text} [${source}]`)),
    ...needs.flatMap((need) => more(`needs: ${need}`)),
    ...(why === null ? [] : more(why)),
    ...othersText(change).flatMap((text) => more(text)),
    ...(lacksText(estimate) === "" ? [] : more(lacksText(estimate))),
  ];
}

function effectLines({ effects }: TuneReport, columns: number, paint: Paint): string[] {
  const { main, interactions, fixed } = effects;
  const beyondDoubt = interactions.filter(isBeyondDoubt);
  const line = (name: string, { estimate }: MainEffect | Interaction) =>
    figureRow(`  ${name}`, costText(estimate), boundsText(estimate), basisText(estimate), columns);
  return [
    "",
    ...heading("Effects, over all contexts", columns, paint),
    ...main.flatMap((effect) => [
      line(switchText(effect), effect),
      ...wrap(
        `${plural(effect.contexts, "context")}${lacksText(effect.estimate) === "" ? "" : `; ${lacksText(effect.estimate)}`}`,
        columns,
        "    ",
      ).map(paint.dim),
    ]),
    ...fixed.flatMap(({ factor, level }) => wrap(`${factor}: only ${level} was measured`, columns, "  ")),
    ...wrap(effectsNote(interactions.length, beyondDoubt.length), columns, "  "),
    ...beyondDoubt.flatMap((effect) => {
      const name = effect.factors.map(switchText).join(" × ");
      return [...wrap(name, columns, "  "), line(`  together, beyond both alone`, effect)];
    }),
  ];
}

function gapLines({ unmeasured }: TuneReport, columns: number, paint: Paint): string[] {
  if (unmeasured.length === 0) return [];
  return [
    "",
    paint.bold("Not measured here, so neither advised nor advised against"),
    ...unmeasured.flatMap(({ reason, status, configurations }) => [
      ...wrap(`${plural(configurations.length, "configuration")} ${status}: ${reason}`, columns, "  "),
      ...wrap(
        configurations.slice(0, 3).join(", ") + (configurations.length > 3 ? " …" : ""),
        columns,
        "    ",
      ).map(paint.dim),
    ]),
  ];
}
