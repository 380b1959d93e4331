/** Plain text that fits a terminal. */

/** Words broken into lines of at most `columns` characters; a longer word is cut. */
export function wrap(text: string, columns: number, indent = ""): string[] {
  const room = Math.max(10, columns - indent.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((long) => pieces(long, room))) {
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
  const short = text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
  return side === "left" ? short.padEnd(width) : short.padStart(width);
}

function pieces(word: string, room: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < word.length; start += room) parts.push(word.slice(start, start + room));
  return parts;
}

export type Paint = Record<"bold" | "dim" | "red" | "yellow", (text: string) => string>;

/** ANSI colours, or none. */
export function painter(colour: boolean): Paint {
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), red: paint(31), yellow: paint(33) };
}
