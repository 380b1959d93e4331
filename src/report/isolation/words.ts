/** The sentences that the formats share. */
import type { ProbesResult } from "../../isolation/result.ts";
import { plural } from "../kit/format.ts";
import type { GroupCount, IsolationView } from "./view.ts";

/** `2/9`: reached of those that natively reach the host; `?` for each of which nothing is known. */
export function countText({ reached, unknown, of }: Pick<GroupCount, "reached" | "unknown" | "of">): string {
  return of === 0 ? "-" : `${reached}/${of}${unknown === 0 ? "" : ` ?${unknown}`}`;
}

export function headline({ rows, findings, errors }: IsolationView): string {
  const reaching = rows.filter(({ reached }) => reached > 0).length;
  return `${plural(rows.length, "configuration")} probed; the host was reached from ${reaching} of them, by ${plural(findings.length, "probe")} from a sandbox; ${plural(errors.length, "verdict")} unknown.`;
}

export const LEGEND =
  "A count is: probes that reached the host / probes that reach it natively. Fewer is better. A canary on the host decides; what the program in the sandbox says never does.";

export function hostText({ id, host, versions }: ProbesResult): string {
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Probes ${id}, Linux ${host.kernel}, launched by ${host.launchedBy}; ${tools.join(", ")}`;
}

export function priceText(view: IsolationView): string {
  return view.priceRun === null
    ? "There are no prices: no run measured these configurations yet. `sbx-bench run --scenarios startup,syscalls` does."
    : `Prices are medians of run ${view.priceRun}, with 95 % intervals and the number of launches. Another price stands beside what was probed only where that run measured the same configuration.`;
}

export function filterText(evaluator: "kernel" | "Sentry" | null): string {
  return evaluator === null ? "none" : `by the ${evaluator}`;
}
