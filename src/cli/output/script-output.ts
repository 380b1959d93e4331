/** Hands on what a script prints: as it is into a pipe, made visible on a terminal, with tags where they are asked for. */
import { visibleText } from "../../base/visible-text.ts";
import { LineTagger } from "../../script/tag-lines.ts";
import { VisibleOutput } from "../../script/visible-output.ts";
import type { OutputSource } from "../../use-cases/exec/request.ts";
import { writeScript } from "./write.ts";

const NEWLINE = 0x0a;

type StreamName = "stdout" | "stderr";

export type ScriptOutput = {
  take(stream: StreamName, bytes: Buffer, from: OutputSource): void;
  /** What was held back until the end of its line. */
  finish(): void;
};

/** @param visible `auto`: on a terminal */
export function scriptOutput(options: { tags: boolean; visible: "auto" | "always" | "never" }): ScriptOutput {
  const streams: Record<StreamName, Channel> = { stdout: channel("stdout"), stderr: channel("stderr") };
  function channel(stream: StreamName): Channel {
    const isVisible = options.visible === "auto" ? process[stream].isTTY : options.visible === "always";
    return { visible: isVisible ? new VisibleOutput() : null, tagger: null };
  }
  let last = NEWLINE;
  const send = (stream: StreamName, bytes: Buffer): void => {
    if (bytes.length === 0) return;
    const { tagger } = streams[stream];
    writeScript(stream, tagger === null ? bytes : tagger.tag(bytes, Date.now()));
    last = bytes.at(-1)!;
  };
  return {
    take(stream, bytes, { script, sandboxId }) {
      const channel = streams[stream];
      if (options.tags) channel.tagger ??= new LineTagger(visibleText(script), sandboxId);
      send(stream, channel.visible === null ? bytes : channel.visible.add(bytes));
    },
    finish() {
      for (const stream of ["stdout", "stderr"] as const) {
        const { visible } = streams[stream];
        if (visible !== null) send(stream, visible.finish());
      }
      // What follows on stderr begins a line of its own.
      if (last !== NEWLINE && process.stderr.isTTY) writeScript("stderr", Buffer.from("\n"));
    },
  };
}

type Channel = { visible: VisibleOutput | null; tagger: LineTagger | null };
