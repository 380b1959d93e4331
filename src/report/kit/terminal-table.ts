/** Plain text that fits a terminal, and that cannot steer it. */
import { cutText } from "../../base/short-text.ts";
import { visibleLines, visibleText } from "../../base/visible-text.ts";

/** Words broken into lines of at most `columns` characters; a longer word is cut. */
export function wrap(text: string, columns: number, indent = ""): string[] {
  const room = Math.max(10, columns - indent.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((long) => pieces(visibleText(long), room))) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(indent + line);
  return lines;
}

/** `text` in exactly `width` characters, shortened with an ellipsis where it is longer. */
export function pad(text: string, width: number, side: "left" | "right" = "left"): string {
  const short = cutText(visibleText(text), width);
  return side === "left" ? short.padEnd(width) : short.padStart(width);
}

function pieces(word: string, room: number): string[] {
  if (word.length <= room) return word === "" ? [] : [word];
  const parts = [""];
  for (const character of word) {
    if (parts.at(-1)!.length + character.length > room) parts.push("");
    parts[parts.length - 1] += character;
  }
  return parts;
}

export type Paint = Record<"bold" | "dim" | "red" | "yellow", (text: string) => string>;

/** What `painter` puts in, and the doctor by Node's `styleText`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLOURS = /\u001b\[(?:0|1|2|22|31|32|33|36|39)m/g;

/** Text as it goes to a terminal: of all that could steer it, only our own colours are left. */
export function visibleScreen(text: string, colour: boolean): string {
  return visibleLines(text, colour ? COLOURS : undefined);
}

export function screenText(lines: readonly string[], colour: boolean): string {
  return `${visibleScreen(lines.join("\n"), colour)}\n`;
}

/** ANSI colours, or none. */
export function painter(colour: boolean): Paint {
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), red: paint(31), yellow: paint(33) };
}
