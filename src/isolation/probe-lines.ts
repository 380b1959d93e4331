/** What the probe program prints. It runs where hostile programs do, so nothing in it is taken for granted. */
import { z } from "zod";
import { oneLine } from "../base/short-text.ts";
import type { Said } from "./verdict.ts";

const text = z.string().max(1000).default("");
const lineSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    inside: z.object({ pid: z.number(), status: z.record(z.string(), z.string()) }).optional(),
  }),
  z.object({ type: z.literal("start"), probe: z.string() }),
  z.object({ type: z.literal("holding"), probe: z.string() }),
  z.object({
    type: z.literal("result"),
    probe: z.string(),
    outcome: z.enum(["done", "refused", "killed", "control-failed", "timeout"]),
    errno: text,
    answer: text,
    detail: text,
  }),
  z.object({ type: z.literal("end") }),
]);

export type ProbeLine = z.infer<typeof lineSchema>;

/** Cuts what arrives into lines; what is no line of the program is dropped. */
export class ProbeLines {
  #pending = "";

  take(chunk: string): ProbeLine[] {
    const lines = (this.#pending + chunk).split("\n");
    this.#pending = (lines.pop() ?? "").slice(-MOST_CHARACTERS);
    return lines.flatMap((line) => {
      const parsed = parse(line);
      return parsed === null ? [] : [parsed];
    });
  }
}

const MOST_CHARACTERS = 100_000;

function parse(line: string): ProbeLine | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

export function saidOf(line: Extract<ProbeLine, { type: "result" }>): Said {
  const { outcome, errno, detail } = line;
  return outcome === "done"
    ? { outcome }
    : { outcome, errno: oneLine(errno, 40), detail: oneLine(detail, 200) };
}
