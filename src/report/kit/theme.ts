/** Two looks for the same specifications. Contrast of text is at least 4.5:1 on the page's background. */
import { SANDBOX_FACTS } from "../../axes/sandbox.ts";
import type { VegaLiteSpec } from "./chart.ts";

export type ThemeName = "light" | "dark";

type Palette = {
  background: string;
  ink: string;
  soft: string;
  line: string;
  /** From 1x to a point. */
  track: string;
  /** Start-up phases in order of time. */
  phases: string[];
  /** Groups of the cost model's terms, by `GROUP_NAMES`, then what is not told apart; neighbours in a stack differ in lightness, too. */
  groups: string[];
  /** worse, unclear, better, same; distinguishable for the colour-blind, and never by colour alone. */
  verdicts: string[];
  /** Cheaper than native - the same - dearer - much dearer. */
  heat: string[];
  /** From this share of the scale's upper and lower half on, text takes the other ink. */
  strong: { above: number; below: number };
  inkOnWeak: string;
  inkOnStrong: string;
};

const PALETTES: Record<ThemeName, Palette> = {
  light: {
    background: "#ffffff",
    ink: "#1c2024",
    soft: "#5b6470",
    line: "#dfe3e8",
    track: "#c3cad3",
    phases: ["#0072b2", "#e69f00", "#7a8794"],
    groups: [
      "#0072b2",
      "#e69f00",
      "#00805c",
      "#cc79a7",
      "#7a3b00",
      "#56b4e9",
      "#7a8794",
      "#d55e00",
      "#c9ced6",
    ],
    verdicts: ["#c44e00", "#8a6d00", "#0072b2", "#6b7280"],
    heat: ["#2b6cb0", "#f3f4f6", "#f2a261", "#9a3300"],
    strong: { above: 0.82, below: 0.88 },
    inkOnWeak: "#000000",
    inkOnStrong: "#ffffff",
  },
  dark: {
    background: "#15181d",
    ink: "#e8eaed",
    soft: "#a3acb8",
    line: "#333a44",
    track: "#4a5360",
    phases: ["#56b4e9", "#e6b34a", "#7a8794"],
    groups: [
      "#3d9bdc",
      "#f0b33e",
      "#2fc79a",
      "#e08fc0",
      "#b8763a",
      "#9fd6ff",
      "#8d99a6",
      "#ff7a45",
      "#4a5360",
    ],
    verdicts: ["#ff8a3d", "#e6c34a", "#56b4e9", "#aab2bd"],
    heat: ["#63b3ed", "#2a3038", "#a0561e", "#ffb27a"],
    strong: { above: 0.57, below: 0.6 },
    inkOnWeak: "#ffffff",
    inkOnStrong: "#000000",
  },
};

const FONT = "system-ui, sans-serif";

/** Vega-Lite `config` of a theme, with the parameters that the specifications refer to. */
export function themeConfig(name: ThemeName): VegaLiteSpec {
  const palette = PALETTES[name];
  const text = { labelColor: palette.soft, titleColor: palette.soft, labelFontSize: 11, titleFontSize: 11 };
  return {
    // A chart has one description; one a mark would be noise, and most of the bytes.
    aria: false,
    background: palette.background,
    font: FONT,
    padding: 6,
    view: { stroke: null },
    axis: {
      ...text,
      titleFontWeight: "normal",
      gridColor: palette.line,
      domainColor: palette.line,
      tickColor: palette.line,
      labelLimit: 340,
    },
    axisY: { labelColor: palette.ink },
    header: { labelColor: palette.ink, labelFontSize: 12, labelFontWeight: 600, titleColor: palette.soft },
    legend: {
      ...text,
      labelColor: palette.ink,
      symbolType: "circle",
      titleFontWeight: "normal",
      labelLimit: 320,
    },
    title: { color: palette.ink },
    text: { color: palette.ink, fontSize: 11 },
    range: { category: palette.phases },
    style: {
      strong: { color: palette.inkOnStrong, fontSize: 10.5 },
      weak: { color: palette.inkOnWeak, fontSize: 10.5 },
      soft: { color: palette.soft, fontSize: 10.5 },
      track: { color: palette.track },
      "soft-rule": { color: palette.ink },
      measured: { color: palette.ink, stroke: palette.background, strokeWidth: 0.8 },
      tile: { stroke: palette.background },
      one: { color: palette.soft, strokeDash: [3, 3] },
    },
    params: [
      // In the order of `SANDBOX_LABELS`.
      {
        name: "sandboxColours",
        value: SANDBOX_FACTS.flatMap(({ colours }) => colours.map((one) => one[name])),
      },
      { name: "groupColours", value: palette.groups },
      { name: "verdictColours", value: palette.verdicts },
      { name: "heat", value: palette.heat },
      { name: "strong", value: palette.strong },
    ],
  };
}
