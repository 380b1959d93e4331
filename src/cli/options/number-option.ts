import { InvalidArgumentError } from "commander";

/** A count that a person types: `12`, and not `1e3`, `0x10` or `12.0`. */
export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number.isSafeInteger(Number(text)))
    return Number(text);
  throw new InvalidArgumentError("It has to be a whole number from 1.");
}
