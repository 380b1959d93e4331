/**
 * Cell globs: `*` is any text, `?` one character, `{a,b}` alternatives; everything else is literal.
 * Slashes are ordinary characters: `runsc/*::syscalls` matches all runsc cells of `syscalls`.
 */
export function globMatcher(glob: string): (text: string) => boolean {
  let pattern = "";
  let depth = 0;
  for (const character of glob) {
    if (character === "*") pattern += ".*";
    else if (character === "?") pattern += ".";
    else if (character === "{") {
      depth += 1;
      pattern += "(?:";
    } else if (character === "}" && depth > 0) {
      depth -= 1;
      pattern += ")";
    } else if (character === "," && depth > 0) pattern += "|";
    else pattern += character.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  }
  const expression = new RegExp(`^${pattern}${")".repeat(depth)}$`, "s");
  return (text) => expression.test(text);
}
