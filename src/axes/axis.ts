/** What every axis of the matrix says of itself; plan, ids, order, options, exports and advice loop over it. */
import type { AxisKey, Configuration, Matrix } from "./configuration.ts";
import type { Price } from "./price.ts";
import type { SandboxFacts } from "./sandbox-facts.ts";

export type Axis = {
  /** Of the configuration's value, the matrix and the command line's option. */
  key: AxisKey;
  /** In benchmark names, where that is another. */
  shortKey?: string;
  /** Of the command line: `--key argument`; a comma in the path of a file that exists is no separator. */
  option: { argument: string; text: string; takesPaths?: true };
  /** Its part of a configuration's id; `null` where it leaves no trace. */
  idPart(config: Configuration): string | null;
  /** Whether a sandbox has it. */
  isOf(facts: SandboxFacts): boolean;
  /** A part of a configuration for each value of the matrix, and the part of a sandbox that lacks the axis. */
  values(matrix: Matrix): Partial<Configuration>[];
  absent: Partial<Configuration>;
  /** Display order. */
  compare(a: Configuration, b: Configuration): number;
  /** The same configuration at every value that advice may suggest. */
  others(config: Configuration): Configuration[];
  /** The sentence for values that make no sense with the configuration's sandbox. */
  senseless?(config: Configuration): string | null;
  /** What a switch gives up; asked only where the two differ in this axis. */
  price(from: Configuration, to: Configuration): Price[];
  /** What a switch needs before it can be made; asked only where the two differ in this axis. */
  need(from: Configuration, to: Configuration): string | null;
};
