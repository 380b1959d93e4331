import { InvalidArgumentError } from "commander";
import { MOST_ROUNDS } from "../../config/schema.ts";

/** A count that a person types: `12`, and not `1e3`, `0x10` or `12.0`. */
export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number.isSafeInteger(Number(text)))
    return Number(text);
  throw new InvalidArgumentError("It has to be a whole number from 1.");
}

/** Rounds, as the configuration takes them. */
export function roundCount(text: string): number {
  const count = wholeNumber(text);
  if (count <= MOST_ROUNDS) return count;
  throw new InvalidArgumentError(`It can be ${MOST_ROUNDS} at most.`);
}
