import { type ExportFormat, renderExport } from "../../../src/report/exports/render-export.ts";
import { fixture } from "../fixture.ts";

const run = fixture({
  rounds: 8,
  scenarios: ["syscalls", "memory", "network", "goroutines", "files"],
  sandboxes: ["native", "runc", "runsc"],
});

export const { summary, launches } = run;

export function exported(format: ExportFormat): string {
  return renderExport(summary, launches, format);
}
