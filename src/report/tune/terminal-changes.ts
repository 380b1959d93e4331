/** A change in a terminal: what is switched, its cost with its interval, and from how much that is known. */
import type { Change } from "../../model/tune/changes.ts";
import { pad, wrap } from "../kit/terminal-table.ts";
import { basisText, boundsText, costText, switchesText } from "./words.ts";

const COST = 9;
const INTERVAL = 19;
const BASIS = 13;

export function figureRow(
  name: string,
  cost: string,
  interval: string,
  basis: string,
  columns: number,
): string {
  const width = columns - COST - INTERVAL - BASIS;
  return `${pad(name, width)}${pad(cost, COST, "right")}${pad(interval, INTERVAL, "right")} ${pad(basis, BASIS - 1)}`.trimEnd();
}

/** A line of its own where the title has no room beside the figures. */
export function changeHeading(title: string, columns: number): string[] {
  const name = title.length <= columns - COST - INTERVAL - BASIS ? title : "";
  const line = figureRow(name, "cost", "interval", "", columns);
  return name === "" ? [title, line] : [line];
}

export function changeRow(change: Change, columns: number): string[] {
  const { estimate } = change;
  const name = `  ${switchesText(change)}`;
  const figures = [costText(estimate), boundsText(estimate), basisText(estimate)] as const;
  return name.length <= columns - COST - INTERVAL - BASIS
    ? [figureRow(name, ...figures, columns)]
    : [...wrap(name, columns, "  "), figureRow("", ...figures, columns)];
}
