/** Changes as they are shown: what to do first, what decides nothing last. */
import type { Change } from "../../model/tune/changes.ts";
import type { TuneReport } from "./tune-report.ts";

export type ChangeGroup = {
  title: string;
  changes: Change[];
  /** Whether what it gives up and needs is worth the space. */
  detailed: boolean;
};

export function changeGroups({
  changes,
  combinations,
}: Pick<TuneReport, "changes" | "combinations">): ChangeGroup[] {
  const of = (verdict: Change["verdict"]) => changes.filter((change) => change.verdict === verdict);
  const gains = of("gain");
  const groups: ChangeGroup[] = [
    {
      title: "Gains that give up nothing",
      changes: gains.filter(({ prices }) => prices.length === 0),
      detailed: true,
    },
    { title: "Several switches at once that give up nothing", changes: combinations, detailed: true },
    {
      title: "Gains that give something up",
      changes: gains.filter(({ prices }) => prices.length > 0),
      detailed: true,
    },
    { title: "Unclear", changes: of("unclear"), detailed: true },
    { title: "No difference worth a change", changes: of("same"), detailed: false },
    { title: "Costs more", changes: of("loss"), detailed: false },
  ];
  return groups.filter((group) => group.changes.length > 0);
}
