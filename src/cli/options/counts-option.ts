import { InvalidArgumentError } from "commander";

/** `1,2,4,8`: how many at once. */
export function counts(text: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => /^[1-9]\d{0,3}$/.test(part))) return parts.map(Number);
  throw new InvalidArgumentError("It has to be whole numbers from 1 to 9999 with commas: 1,2,4,8.");
}
