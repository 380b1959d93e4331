/** A server's figures as tables of finished texts. Pure. */
import type { Estimate, Ratio, Table } from "../kit/figure.ts";
import type { RateRow, ServerRow, ServerView } from "./view.ts";

export function overviewTable({ capacityTitle, rows }: ServerView): Table {
  return {
    title: "First answer, capacity, memory",
    head: ["configuration", "spawn to the first good answer", capacityTitle, "memory under load (PSS)"],
    rows: rows.map((row) =>
      row.missing === null
        ? [
            row.label,
            text(row.firstAnswer),
            row.capacity?.text ?? row.capacityMissing ?? "",
            text(row.memory),
          ]
        : [row.label, row.missing, "", ""],
    ),
  };
}

export function ratesTable({ rows }: ServerView): Table {
  return {
    title: "Latency by rate",
    head: [
      "configuration",
      "requests/s",
      "p50",
      "p90",
      "p99",
      "p99.9",
      "good answers",
      "failed",
      "CPU a request",
      "times native",
    ],
    rows: rows
      .filter(({ missing }) => missing === null)
      .flatMap((row) => row.rates.map((at) => rateCells(row, at))),
  };
}

function rateCells({ label }: ServerRow, at: RateRow): string[] {
  const rate = at.rate.toLocaleString("en");
  if (at.missing !== null) return [label, rate, at.missing, "", "", "", "", "", "", ""];
  const { p50, p90, p99, p999, throughput, failed, cpu } = at;
  return [label, rate, ...[p50, p90, p99, p999, throughput, failed, cpu, at.cpuRatio].map(text)];
}

function text(estimate: Estimate | Ratio | null): string {
  return estimate?.text ?? "-";
}
