import { visibleText } from "../../base/visible-text.ts";

/** Comma-separated values as RFC 4180 wants them: CRLF after every record, quotes where needed and doubled inside. */
export function csvText(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: string | number | null): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  const text = withoutFormula(visibleText(value));
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A spreadsheet computes a text that begins like a formula, and a formula can fetch and start things; after an
 * apostrophe it is text. A number in words stays one.
 * Source: OWASP, "CSV Injection".
 */
function withoutFormula(text: string): string {
  if (/^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text)) return text;
  return /^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}
