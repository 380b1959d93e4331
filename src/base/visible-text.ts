/**
 * Words of programs, file names, environments and other tools, made harmless for whoever reads them. Every renderer
 * passes its text through here as its last step. What a reader would not see, or what would steer a terminal, is
 * spelled out (`\x1b`, `\u202e`), and no line can be taken for a command to a CI system. All of it is idempotent.
 *
 * Sources: Unicode Technical Report 36, 2.5 (bidirectional text) and UAX 44, Default_Ignorable_Code_Point.
 */

/** Controls, formats (bidirectional, zero width), line separators, lone surrogates, what has no glyph. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * GitHub and Azure look for `##[` and `##vso[` anywhere in a line, as does TeamCity for `##teamcity[`.
 * Sources: actions/runner, ActionCommand.cs; microsoft/azure-pipelines-agent, Command.cs.
 */
const COMMAND_ANYWHERE = /##(?=\w*\[)/g;
/** GitHub's `::error::` stands at the beginning of a line, white space aside. */
const COMMAND_AT_START = /^(\s*):(?=:)/;

/** Text in one line: also its line breaks and tabs are spelled out. */
export function visibleText(text: string): string {
  return guarded(text.replaceAll(HIDDEN, spelled));
}

/**
 * Text of several lines: its line breaks (LF, CR LF) and tabs stay.
 * @param kept what may stay as it is, such as the colours that this tool has put in
 */
export function visibleLines(text: string, kept?: RegExp): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      if (kept === undefined) return visibleLine(line);
      const parts: string[] = [];
      let from = 0;
      for (const found of line.matchAll(kept)) {
        parts.push(visibleLine(line.slice(from, found.index)), found[0]);
        from = found.index + found[0].length;
      }
      return [...parts, visibleLine(line.slice(from))].join("");
    })
    .join("\n");
}

/** A value as JSON that reads back as the same value; what is hidden is escaped in JSON's own way. */
export function visibleJson(value: unknown, indent = 1): string {
  return JSON.stringify(value, null, indent)
    .replaceAll(HIDDEN, (found) => (found === "\n" ? found : units(found)))
    .replaceAll(COMMAND_ANYWHERE, "\\u0023#");
}

/** The same plain data with each of its texts made visible: for JSON whose reader shows the texts as they are. */
export function visibleValues<Value>(value: Value): Value;
export function visibleValues(value: unknown): unknown {
  if (typeof value === "string") return visibleLines(value);
  if (Array.isArray(value)) return value.map((one) => visibleValues(one));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [visibleText(name), visibleValues(one)]),
  );
}

function visibleLine(line: string): string {
  return guarded(line.replaceAll(HIDDEN, (found) => (found === "\t" ? found : spelled(found))));
}

function guarded(line: string): string {
  return line.replaceAll(COMMAND_ANYWHERE, "\\x23#").replace(COMMAND_AT_START, "$1\\x3a");
}

/** `\n`, `\x1b`, `\u202e`, `\u{e0041}` */
function spelled(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return SHORT[character] ?? (code > 0xff ? `\\u${hex.padStart(4, "0")}` : `\\x${hex.padStart(2, "0")}`);
}

function units(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}
