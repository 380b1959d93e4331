/** Traces of traffic that users bring: one number a line. Pure. */
import { type Reading, readTime } from "./units.ts";

const FEWEST = 10;
/** A pause so many times the mean gap is a hole in the record, and no quiet hour. */
const HOLE = 1000;

/** Lines that say something: blank ones and those behind # are left out. */
function lines(text: string): { at: number; words: string }[] {
  return text
    .split("\n")
    .map((line, index) => ({ at: index + 1, words: line.replace(/#.*$/, "").trim() }))
    .filter(({ words }) => words !== "");
}

/** When requests came: seconds from any zero, ascending, one a line. */
export function readArrivalTrace(text: string): Reading<number[]> {
  const times: number[] = [];
  for (const { at, words } of lines(text)) {
    const time = Number(words);
    if (!Number.isFinite(time))
      return { mistake: `has ${JSON.stringify(words)} in line ${at}, which is not a number of seconds` };
    if (time < (times.at(-1) ?? time))
      return { mistake: `is out of order: line ${at} has ${words}, which is before the line above` };
    times.push(time);
  }
  if (times.length < FEWEST) return { mistake: `has ${times.length} arrivals; a trace needs ${FEWEST}` };
  const spanS = times.at(-1)! - times[0]!;
  if (spanS === 0) return { mistake: "has all arrivals at one moment" };
  const mean = spanS / (times.length - 1);
  const hole = times.findIndex((time, index) => index > 0 && time - times[index - 1]! > HOLE * mean);
  if (hole > 0)
    return {
      mistake: `has a gap of ${(times[hole]! - times[hole - 1]!).toFixed(1)} s before arrival ${hole + 1}, more than ${HOLE} mean gaps: plan its parts one by one`,
    };
  return { value: times };
}

/** How long requests took natively: `800ms`, one a line; s. */
export function readServiceTrace(text: string): Reading<number[]> {
  const times: number[] = [];
  for (const { at, words } of lines(text)) {
    const time = readTime(words);
    if ("mistake" in time)
      return { mistake: `has ${JSON.stringify(words)} in line ${at}, which ${time.mistake}` };
    times.push(time.value);
  }
  return times.length < FEWEST
    ? { mistake: `has ${times.length} times; it needs ${FEWEST}` }
    : { value: times };
}
