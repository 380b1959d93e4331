/** Charts without a browser: Vega-Lite to SVG, SVG to PNG. */
import { Resvg } from "@resvg/resvg-js";
import type { TopLevelSpec } from "vega-lite";
import { visibleLines, visibleValues } from "../../base/visible-text.ts";
import type { Chart } from "./chart.ts";
import { type ThemeName, themeConfig } from "./theme.ts";

/** Vega guesses 0.8 em a character without a canvas, which leaves holes beside every label. */
const EM_PER_CHARACTER = 0.56;
/** Pixels of the PNG for one of the SVG: sharp on dense screens and in print. */
const PNG_SCALE = 2;

/** A tenth of a second and more, which commands that draw nothing need not pay. */
async function loadVega() {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  // Exported by Vega, but missing from its types.
  const { textMetrics } = vega as unknown as {
    textMetrics: { width(item: { fontSize?: number; text?: unknown }, text?: unknown): number };
  };
  textMetrics.width = (item, text) =>
    EM_PER_CHARACTER * (item.fontSize ?? 11) * String(text ?? item.text ?? "").length;
  return { vega, compile };
}

/** The chart as a self-contained SVG with its own background. */
export async function chartToSvg(chart: Chart, theme: ThemeName): Promise<string> {
  const { vega, compile } = await loadVega();
  // Before it is compiled: Vega-Lite makes expressions of the data, and a line separator would break them.
  const own = visibleValues({ ...chart.spec, description: chart.description });
  const spec = { ...own, config: themeConfig(theme) };
  const compiled = compile(spec as unknown as TopLevelSpec, { logger: vega.logger(vega.Error) });
  const view = new vega.View(vega.parse(compiled.spec), {
    renderer: "none",
    logger: vega.logger(vega.Error),
  });
  try {
    return visibleLines(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** @param svg as `chartToSvg` makes it; text is set in the fonts of this system */
export function svgToPng(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: PNG_SCALE },
    font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  });
  return image.render().asPng();
}
