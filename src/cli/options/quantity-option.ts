/** Options that take a quantity with its unit, all alike. */
import { InvalidArgumentError } from "commander";
import type { Reading } from "../../capacity/units.ts";

/** A commander parser of what `read` reads. */
export function quantity<T>(read: (text: string) => Reading<T>): (text: string) => T {
  return (text) => {
    const reading = read(text);
    if ("value" in reading) return reading.value;
    throw new InvalidArgumentError(`${text.trim() === "" ? "It" : text.trim()} ${reading.mistake}.`);
  };
}
