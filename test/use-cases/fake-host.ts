import { join } from "node:path";
import { FAKE_PROBE } from "../probe/fake-probe.ts";

/** In place of `use-cases/probe-host.ts`: nothing is built or tried, and everything works. */
export const FAKE_HOST = {
  probeHere: async () => FAKE_PROBE,
  probeOptions: async () => {
    throw new Error("asked of the fake host");
  },
};

/** In place of `report/run/write-report.ts`: drawing takes seconds, and has tests of its own. */
export const NO_PAGES = {
  writeReport: async ({ dir }: { dir: string }) => ({
    html: join(dir, "report.html"),
    markdown: join(dir, "report.md"),
    summary: join(dir, "summary.json"),
    model: null,
    warnings: [],
  }),
};
