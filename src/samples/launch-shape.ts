/** Whether a line of `launches.ndjson` holds numbers where analysis counts with numbers. */
import type { LaunchRecord, OpSample } from "./launch-record.ts";

const UNITS = ["ns", "bytes", "bytes/s", "1/s", "count"];

/**
 * A number in quotes would pass for none, and its launch for one that lacks the metric.
 *
 * @param record an object with the lists of a launch
 * @returns what is wrong, `phases.readyNs is "12", not a number`; `null` where nothing is
 */
export function launchMistake(record: LaunchRecord): string | null {
  try {
    return mistakeOf(record);
  } catch {
    // An entry of a list is no object, or has no list where one belongs.
    return "a launch without its samples";
  }
}

function mistakeOf({ phases, cpuNs, ops, values, memory, skips }: LaunchRecord): string | null {
  return (
    notNumber("cpuNs", cpuNs) ??
    notNumbers("phases", phases) ??
    first(ops, wrongOp) ??
    first(values, ({ name, unit, value }) => wrongName(name, unit) ?? notNumber(`${name}.value`, value)) ??
    first(memory, ({ mark, ...numbers }) => notNumbers(`memory@${mark}`, numbers)) ??
    first(skips, ({ op }) => (typeof op === "string" ? null : "a skip without its op"))
  );
}

function wrongOp({ op, unit, batches, histogram, ...numbers }: OpSample): string | null {
  return (
    wrongName(op, unit) ??
    notNumbers(op, numbers) ??
    notNumbers(`${op}.batches`, batches) ??
    first(histogram, (bucket) => notNumbers(`${op}.histogram`, bucket))
  );
}

function first<T>(list: readonly T[], mistake: (one: T) => string | null): string | null {
  for (const one of list) {
    const found = mistake(one);
    if (found !== null) return found;
  }
  return null;
}

function wrongName(name: unknown, unit: unknown): string | null {
  if (typeof name !== "string") return "a sample without its name";
  return UNITS.includes(unit as string) ? null : `${name}.unit is ${JSON.stringify(unit)}, not a unit`;
}

function notNumbers(what: string, of: object): string | null {
  for (const [name, value] of Object.entries(of)) {
    const found = notNumber(`${what}.${name}`, value);
    if (found !== null) return found;
  }
  return null;
}

/** JSON has no word for infinity but `null`, which counts as not taken. */
function notNumber(what: string, value: unknown): string | null {
  return value === null || value === undefined || typeof value === "number"
    ? null
    : `${what} is ${JSON.stringify(value)}, not a number`;
}
