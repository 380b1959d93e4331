/**
 * What is wrong with a text that is not JSON, and in which line: `line 3: Expected ',' or '}' after property value`.
 * V8 names the place of some mistakes only, so it is searched for: the shortest beginning that no end could mend.
 */
export function jsonMistake(text: string): string {
  let [good, bad] = [0, text.length];
  const isCutOff = isMendable(text, bad);
  while (!isCutOff && bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isMendable(text, middle)) good = middle;
    else bad = middle;
  }
  const offset = isCutOff ? text.trimEnd().length : bad - 1;
  const line = text.slice(0, offset).split("\n").length;
  if (isCutOff) return `line ${line}: it ends too early`;
  return `line ${line}: ${saidOf(text)}`;
}

/** Whether the first `length` characters are JSON, or the beginning of some. */
function isMendable(text: string, length: number): boolean {
  const message = messageOf(text.slice(0, length));
  if (message === null || /^(Unexpected end|Unterminated)/.test(message)) return true;
  const position = / at position (\d+)/.exec(message)?.[1];
  return position !== undefined && Number(position) >= length;
}

function messageOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Without the place, and without the text around it, which may be long. */
function saidOf(text: string): string {
  return (messageOf(text) ?? "")
    .replace(/( in JSON)? at position \d+.*$/s, "")
    .replace(/, (\.\.\.)?".*$/s, "")
    .replace(/\p{C}|\p{Zl}/gu, (char) => JSON.stringify(char).slice(1, -1));
}
