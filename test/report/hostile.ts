/** Words as a sandboxed program, or whoever made a stored run, may choose them; and what must not leave this tool. */

/** Terminal titles, erasures, hidden and reordering characters, commands to CI systems, markup, formulas. */
export const HOSTILE = [
  "=1+1 \u001b]0;owned\u0007\u001b[2J\u001b[31mred\u0000\u007f\u009b1m",
  "\u202eback\u202c \u2066i\u2069 \u200b\u200d\u2060\ufeff\u00ad\u{e0041} \u2028 \u2029 \ud800",
  "10%\r20%\r\n::error::owned",
  " \t::add-mask::x",
  "\u00a0::stop-commands::x",
  "x ##[error]owned ##vso[task.complete]x ##teamcity[x] \u001b[0Ksection_start:1:x\r\u001b[0K",
  "| `code` ```` <script>alert(1)</script> ]]> --> & \"q\" 'a' ![x](http://x) %0A::error::y",
  "::endgroup::",
].join("\n");

/** What no output may hold, line breaks and tabs aside. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const COMMAND = /^\s*::|##\w*\[/;

/** Words that the code compares with: they stay, or the data would mean something else. */
const FIXED = new Set(
  (
    "native unshare runc runsc systrap ptrace kvm none host sandbox default generated planned unavailable excluded " +
    "failed ok measured crash ns bytes bytes/s 1/s count lower higher tsc monotonic worse better same unclear " +
    "configured interleaved stored launch program operations programs mix work start-up memory computation perf " +
    "strace a b problem warning note preparing start launch launched quarantined trying stopped-starting swept"
  ).split(" "),
);

/**
 * The same data with hostile words behind every text that is free. Equal texts stay equal, so that ids still match.
 * @param kept more texts that stay, besides fixed words, schemas and times
 */
export function hostile<Data>(data: Data, kept: (text: string) => boolean = () => false): Data {
  const map = (value: unknown): unknown => {
    if (typeof value === "string") {
      const stays = FIXED.has(value) || value === "" || /^sbx-bench\/|^\d{4}-\d\d-\d\dT/.test(value);
      return stays || kept(value) ? value : value + HOSTILE;
    }
    if (Array.isArray(value)) return value.map(map);
    if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, map(one)]));
  };
  return map(data) as Data;
}

/** Each fault with its place; empty = harmless. */
export function faults(text: string): string[] {
  const hidden = [...text.matchAll(HIDDEN)]
    .filter(([found]) => found !== "\n" && found !== "\t")
    .map(({ 0: found, index }) => `U+${found.codePointAt(0)!.toString(16)} in ${around(text, index)}`);
  const commands = text.split("\n").filter((line) => COMMAND.test(line));
  return [...hidden, ...commands.map((line) => `command: ${line.slice(0, 80)}`)].slice(0, 5);
}

function around(text: string, index: number): string {
  return JSON.stringify(text.slice(Math.max(0, index - 30), index + 20));
}
