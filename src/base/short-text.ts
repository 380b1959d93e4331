/** At most `most` characters; what is cut off is marked, and no character is cut in half. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, Math.max(0, most - 1));
  return `${kept.replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A text in one line of at most `most` characters: for a reason, which stands in sentences and tables. */
export function oneLine(text: string, most: number): string {
  // A line of megabytes is not searched to its end.
  return cutText(
    text
      .trimStart()
      .slice(0, 8 * most)
      .replaceAll(/\s+/g, " ")
      .trim(),
    most,
  );
}
