/** A command line as a shell would split it, without anything that only a shell can do. */

export type SplitWords = { words: string[] } | { mistake: string };

/** Outside quotes these mean more than themselves. */
const FOR_A_SHELL = /[|&;<>()$`*?[\]#~!{}\n]/;

/** Quotes and backslashes as in POSIX shells; variables, globs, pipes and redirections are refused, not ignored. */
export function splitWords(text: string): SplitWords {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === " " || character === "\t") {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "'" || character === '"') {
      const end = closing(text, at);
      if (end === -1) return { mistake: `the quote ${character} is not closed` };
      if (character === '"' && /(?<!\\)[$`]/.test(text.slice(at + 1, end)))
        return { mistake: "only a shell knows what $ and ` mean within double quotes" };
      word = (word ?? "") + unquoted(text.slice(at + 1, end), character);
      at = end;
    } else if (character === "\\") {
      if (at + 1 === text.length) return { mistake: "it ends with a backslash" };
      word = (word ?? "") + text[++at]!;
    } else if (FOR_A_SHELL.test(character)) {
      return { mistake: `only a shell knows what ${character === "\n" ? "a line break" : character} means` };
    } else word = (word ?? "") + character;
  }
  if (word !== null) words.push(word);
  return { words };
}

function closing(text: string, at: number): number {
  const quote = text[at]!;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\" && quote === '"') end++;
    else if (text[end] === quote) return end;
  }
  return -1;
}

/** Within double quotes a backslash keeps its meaning before these alone. */
function unquoted(text: string, quote: string): string {
  return quote === "'" ? text : text.replaceAll(/\\(["\\$`])/g, "$1");
}
