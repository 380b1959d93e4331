/** One promised figure: what was seen, how sure it is, and what was promised. */
export type Figure = {
  name: string;
  /** With unit, interval and sample size. */
  seen: string;
  goal: string;
  /** null where there is no goal. */
  met: boolean | null;
};

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(
    (figure) =>
      `| ${figure.name} | ${figure.seen} | ${figure.goal} | ${figure.met === null ? "" : figure.met ? "met" : "**missed**"} |`,
  );
  return ["| figure | seen | goal | |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}
