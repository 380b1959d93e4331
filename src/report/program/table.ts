/** The same figures as a table, for Markdown and HTML. */
import type { Table } from "../kit/figure.ts";
import type { ProgramView } from "./view.ts";

export function programTable({ name, command, native, nativeStartup, rows }: ProgramView): Table {
  return {
    title: command === name ? name : `${name}: ${command}`,
    head: [
      "configuration",
      "times native",
      "run time",
      "CPU of the launch",
      "start-up",
      "memory more than natively",
    ],
    rows: [
      ["native", "1", native?.text ?? "not measured", "", nativeStartup?.text ?? "", ""],
      ...rows.map(({ label, slowdown, run, cpu, startup, memory, missing, isStrongest }) => [
        `${label}${isStrongest ? " (strongest isolation)" : ""}`,
        missing ?? slowdown?.text ?? "-",
        run?.text ?? "-",
        cpu?.text ?? "-",
        startup?.text ?? "-",
        memory?.text ?? "-",
      ]),
    ],
  };
}
