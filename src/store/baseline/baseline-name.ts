/** What a baseline may be called: its name is that of a folder. */
import { SbxError } from "../../base/errors.ts";
import { cutText } from "../../base/short-text.ts";

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u;
/** NAME_MAX, limits.h. */
const MOST_BYTES = 255;

export function isBaselineName(name: string): boolean {
  return NAME.test(name) && Buffer.byteLength(name) <= MOST_BYTES;
}

/** @throws SbxError (exit code 2) */
export function requireBaselineName(name: string): void {
  if (isBaselineName(name)) return;
  const bytes = Buffer.byteLength(name);
  const isLong = bytes > MOST_BYTES;
  const better = name.replaceAll(/[^\p{L}\p{N}_.+-]+/gu, "-").replace(/^[.+-]+|-+$/g, "") || "main";
  throw new SbxError({
    what: `"${cutText(name, 60)}" can't be the name of a baseline`,
    why: isLong
      ? `It has ${bytes} bytes, and it names a folder: ${MOST_BYTES} are the most.`
      : "It names a folder: letters, digits, and . _ + - after the first one.",
    fix: isLong ? "Choose a shorter one." : `Choose for instance "${better}".`,
  });
}
