/** Options that take a share, all alike: `10%` or `0.1`, and help shows `10%`. */
import { InvalidArgumentError, Option } from "commander";
import { readShare, shareText } from "../../base/share.ts";

export type ShareOption = {
  /** The largest that means something. */
  most: number;
  /** `null`: none; the configuration's holds. */
  usual: number | null;
  /** The configuration's default, for help. */
  shown?: number;
};

/** @returns an option whose value is a share (0.1 = 10 %) */
export function shareOption(flags: string, description: string, { most, usual, shown }: ShareOption): Option {
  const shownText = shown === undefined ? "" : ` (default: ${shareText(shown)})`;
  const option = new Option(flags, `${description}: 10% or 0.1${shownText}`).argParser((text: string) =>
    share(text, most),
  );
  return usual === null ? option : option.default(usual, shareText(usual));
}

export function share(text: string, most: number): number {
  const read = readShare(text, most);
  if ("share" in read) return read.share;
  throw new InvalidArgumentError(`${text.trim() === "" ? "It" : text.trim()} ${read.mistake}.`);
}
