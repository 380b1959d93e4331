/**
 * Where a text stops being JSON (RFC 8259), and why. `JSON.parse` says so for some mistakes only; and of a name that
 * an object has twice it keeps the last value in silence, where readers differ (RFC 8259, 4).
 */

export type JsonMistake = {
  /** In UTF-16 units from the start of the text. */
  offset: number;
  /** A clause: `a comma or } is missing`. */
  problem: string;
};

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or }" | ", or ]" | "end";

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

const MISSING: Record<Expected, string> = {
  value: "a value is missing",
  "value or ]": "a value or ] is missing",
  key: "a name in double quotes is missing",
  "key or }": "a name in double quotes or } is missing",
  ":": "a colon is missing",
  ", or }": "a comma or } is missing",
  ", or ]": "a comma or ] is missing",
  end: "the text goes on after the value",
};

/** `null` for a text that is JSON. */
export function jsonMistake(text: string): JsonMistake | null {
  const open: ("{" | "[")[] = [];
  /** Of each open object, the names that it has so far. */
  const names: Set<string>[] = [];
  let expected: Expected = "value";
  let offset = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    if (!pattern.test(text)) return null;
    const from = offset;
    offset = pattern.lastIndex;
    return text.slice(from, offset);
  };
  const afterValue = (): Expected => (open.length === 0 ? "end" : open.at(-1) === "{" ? ", or }" : ", or ]");

  for (;;) {
    match(SPACE);
    const next = text[offset];
    if (expected === "end" && next === undefined) return null;
    const start = offset;
    const wantsValue = expected === "value" || expected === "value or ]";
    const wantsKey = expected === "key" || expected === "key or }";
    const closes =
      (next === "}" && (expected === "key or }" || expected === ", or }")) ||
      (next === "]" && (expected === "value or ]" || expected === ", or ]"));
    if (closes) {
      offset += 1;
      if (open.pop() === "{") names.pop();
      expected = afterValue();
    } else if (wantsValue && (next === "{" || next === "[")) {
      offset += 1;
      open.push(next);
      if (next === "{") names.push(new Set());
      expected = next === "{" ? "key or }" : "value or ]";
    } else if (wantsValue && (match(STRING) ?? match(SCALAR)) !== null) expected = afterValue();
    else if (wantsKey && match(STRING) !== null) {
      const name: string = JSON.parse(text.slice(start, offset));
      if (names.at(-1)!.has(name))
        return { offset: start, problem: `${JSON.stringify(name)} is given twice` };
      names.at(-1)!.add(name);
      expected = ":";
    } else if (expected === ":" && next === ":") {
      offset += 1;
      expected = "value";
    } else if ((expected === ", or }" || expected === ", or ]") && next === ",") {
      offset += 1;
      expected = expected === ", or }" ? "key" : "value";
    } else return { offset: start, problem: problemAt(text, start, expected) };
  }
}

function problemAt(text: string, offset: number, expected: Expected): string {
  const next = text[offset];
  if (next === undefined) return `the text ends too early: ${MISSING[expected]}`;
  if (/^\/[/*]/.test(text.slice(offset, offset + 2))) return "JSON has no comments";
  if (next === "'") return "a string needs double quotes";
  if (next === '"' && expected !== ":" && !expected.startsWith(",") && expected !== "end")
    return "the string does not end, or has a character that JSON needs escaped";
  const follows = text.slice(0, offset).trimEnd().at(-1);
  if ((next === "}" || next === "]") && follows === ",") return `there is a comma before ${next}`;
  return MISSING[expected];
}
