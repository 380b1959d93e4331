/** Formulas and measurements in words. */

import type { Configuration } from "../../axes/configuration.ts";
import { isBaseline, sandboxLabel } from "../../axes/sandbox.ts";
import { formatEstimate, formatRatio } from "../kit/format.ts";
import type { Formula, Measurement, Quantity } from "./formula.ts";

/** `runsc systrap net=host seccomp=default: syscalls getpid` */
function quantityText({ config, scenario, metric }: Quantity): string {
  return `${configText(config)} ${scenario}/${metric}`;
}

function configText(config: Configuration): string {
  if (isBaseline(config)) return config.sandbox;
  const filter = config.seccomp === "none" ? "" : ` seccomp=${config.seccomp}`;
  return `${sandboxLabel(config)} net=${config.network}${filter}`;
}

export function formulaText(formula: Formula): string {
  const scale = formula.times === 1 ? "" : ` × ${formula.times.toLocaleString("en")}`;
  const of = quantityText(formula.of);
  switch (formula.kind) {
    case "value":
      return `${of}${scale}`;
    case "ratio":
      return `${of} ÷ ${quantityText(formula.over)}${scale}`;
    case "difference":
      return scale === ""
        ? `${of} − ${quantityText(formula.minus)}`
        : `(${of} − ${quantityText(formula.minus)})${scale}`;
  }
}

export function measurementText(
  { unit, value, low, high, n }: Pick<Measurement, "unit" | "value" | "low" | "high" | "n">,
  missing: string | null,
): string {
  // The report lists the reason in full, with the cells that share it.
  if (value === null) return missing?.split(/(?<=[.])\s/)[0]?.replace(/[.]$/, "") ?? "not measured";
  if (unit !== "ratio") return formatEstimate({ value, low, high, n, unit });
  return formatRatio({ value, low, high, n, baseline: "" });
}
