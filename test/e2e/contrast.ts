/// <reference lib="dom" />
/** Contrast of text as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
import type { Page } from "playwright-core";

type Pair = { text: string; ink: string; background: string };

/** Texts of the page, charts too, whose contrast with what they stand on is below `least`. */
export async function textContrasts(page: Page, least: number): Promise<string[]> {
  const pairs = await page.evaluate(() => {
    const found: { text: string; ink: string; background: string }[] = [];
    const opaque = (colour: string) => colour !== "transparent" && !colour.endsWith(", 0)");
    for (const element of document.querySelectorAll("body *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (
        !own ||
        !element.checkVisibility({ visibilityProperty: true }) ||
        element.closest("script, g.role-mark")
      )
        continue;
      const style = getComputedStyle(element);
      let behind: Element | null = element;
      while (behind && !opaque(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
      const background = behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)";
      const ink = element instanceof SVGElement ? style.fill : style.color;
      found.push({ text: element.textContent?.trim().slice(0, 40) ?? "", ink, background });
    }
    return found;
  });
  if (pairs.length === 0) throw new Error("the page has no text");
  return tooFaint(pairs, least);
}

/** Texts in a heatmap whose contrast with the cell behind them is below `least`. */
export async function cellContrasts(page: Page, chart: string, least: number): Promise<string[]> {
  const pairs = await page.locator(chart).evaluate((root) => {
    const box = (element: Element) => element.getBoundingClientRect();
    const cells = [...root.querySelectorAll("g.role-mark.mark-rect path")].map((cell) => ({
      area: box(cell),
      fill: getComputedStyle(cell).fill,
    }));
    return [...root.querySelectorAll("g.role-mark.mark-text text")].flatMap((text) => {
      const x = (box(text).left + box(text).right) / 2;
      const y = (box(text).top + box(text).bottom) / 2;
      const cell = cells.find(
        ({ area }) => area.left <= x && x <= area.right && area.top <= y && y <= area.bottom,
      );
      if (!cell) return [];
      return [{ text: text.textContent ?? "", ink: getComputedStyle(text).fill, background: cell.fill }];
    });
  });
  if (pairs.length === 0) throw new Error(`${chart} has no text on a cell`);
  return tooFaint(pairs, least);
}

function tooFaint(pairs: readonly Pair[], least: number): string[] {
  return pairs.flatMap(({ text, ink, background }) => {
    const [dark, light] = [luminance(ink), luminance(background)].toSorted((a, b) => a - b) as [
      number,
      number,
    ];
    const ratio = (light + 0.05) / (dark + 0.05);
    return ratio >= least ? [] : [`${ratio.toFixed(2)}: "${text}" ${ink} on ${background}`];
  });
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
