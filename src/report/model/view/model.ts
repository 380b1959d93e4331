import { isGVisor } from "../../../axes/sandbox.ts";
import { articleCosts } from "../../../model/article-classes.ts";
import type { CostReport } from "../../../model/cost-report.ts";
import type { RunManifest } from "../../../samples/run-manifest.ts";
import { formatEstimate } from "../../kit/format.ts";
import type { ModelView } from "./model-view.ts";
import { validation } from "./validation.ts";
import { whatIf } from "./what-if.ts";
import { configurationLabel, why } from "./why.ts";

/** @param preferred configuration that the rest of the report speaks of */
export function modelView(report: CostReport, manifest: RunManifest, preferred: string | null): ModelView {
  const { model, cells } = report;
  return {
    why: model === null ? null : why(model, report, manifest, preferred),
    validation: validation(cells),
    whatIf: model === null ? null : whatIf(model, report),
    article: model === null ? [] : articleView(report.model!),
  };
}

function articleView(model: NonNullable<CostReport["model"]>): ModelView["article"] {
  if (!model.configurations.some(({ config }) => isGVisor(config))) return [];
  return articleCosts(model).map((one) => {
    const member = model.configurations.find(({ configuration }) => configuration === one.configuration);
    return {
      ...one,
      label: member === undefined ? one.configuration : configurationLabel(member),
      text:
        one.cost === null
          ? (one.missing ?? "unknown")
          : formatEstimate({ ...one.cost, n: one.rounds, unit: "ns" }),
    };
  });
}
