import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseLaunchLine } from "../../samples/launch-log.ts";
import type { Skipped } from "../stored-run.ts";

/** Every line of `launches.ndjson` that is no launch. Reads line by line: a log may be larger than memory. */
export async function findBadLines(file: string): Promise<Skipped[]> {
  const bad: Skipped[] = [];
  let number = 0;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of lines) {
    number++;
    if (text.trim() === "") continue;
    const parsed = parseLaunchLine(text);
    if (typeof parsed === "string") bad.push({ file, line: number, message: parsed });
  }
  return bad;
}
