/** Turns what a launch prints into protocol messages, with the moment at which the host read each. */
import { oneLine } from "../../base/short-text.ts";
import type { LaunchFailure } from "../../samples/launch-record.ts";
import {
  collect,
  emptyTranscript,
  type ProtocolMessage,
  parseLine,
  type Transcript,
} from "../../workload/protocol.ts";
import { KeptOutput } from "./kept-output.ts";
import { monotonicNs } from "./monotonic.ts";

export type OutputState = {
  transcript: Transcript;
  /** When the first and the last protocol line were read; null before. */
  helloAtNs: number | null;
  endAtNs: number | null;
  /** What is wrong with the first line that is no protocol line. */
  garbage: string | null;
  flooded: boolean;
  /** Both ends of what was written; a head is empty where its tail holds everything. */
  stdoutHead: string;
  stdoutTail: string;
  stderrHead: string;
  stderrTail: string;
};

export type OutputHooks = {
  /** `null` for a program that does not speak the protocol: its lines are kept, and not read. */
  onMessage: ((message: ProtocolMessage) => void) | null;
  /** Called once when the limit is passed; the launch has to be killed. */
  onFlood(): void;
};

export class OutputReader {
  readonly state: OutputState = {
    transcript: emptyTranscript(),
    helloAtNs: null,
    endAtNs: null,
    garbage: null,
    flooded: false,
    stdoutHead: "",
    stdoutTail: "",
    stderrHead: "",
    stderrTail: "",
  };
  readonly #stdout = new KeptOutput();
  readonly #stderr = new KeptOutput();
  #pending = "";
  #bytes = 0;
  readonly #limitBytes: number;
  readonly #hooks: OutputHooks;

  constructor(limitBytes: number, hooks: OutputHooks) {
    this.#limitBytes = limitBytes;
    this.#hooks = hooks;
  }

  stdout(chunk: string): void {
    if (this.state.flooded) return;
    this.#stdout.add(chunk);
    this.state.stdoutHead = this.#stdout.head;
    this.state.stdoutTail = this.#stdout.tail;
    if (!this.#count(chunk) || this.#hooks.onMessage === null) return;
    const readAtNs = monotonicNs();
    // A line of megabytes comes in many chunks; it is put together once, at its end.
    if (!chunk.includes("\n")) {
      this.#pending += chunk;
      return;
    }
    const lines = (this.#pending + chunk).split("\n");
    this.#pending = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") this.#line(line, readAtNs);
  }

  stderr(chunk: string): void {
    if (this.state.flooded) return;
    this.#stderr.add(chunk);
    this.state.stderrHead = this.#stderr.head;
    this.state.stderrTail = this.#stderr.tail;
    this.#count(chunk);
  }

  /** A last line without its newline: the program ended in the middle of it. */
  finish(): void {
    if (this.#pending.trim() !== "" && !this.state.flooded) this.#line(this.#pending, monotonicNs());
    this.#pending = "";
  }

  #line(line: string, readAtNs: number): void {
    if (this.state.garbage !== null) return;
    const parsed = parseLine(line);
    if ("garbage" in parsed) {
      this.state.garbage = parsed.garbage;
      return;
    }
    if (this.state.helloAtNs === null) {
      if (parsed.type !== "hello") {
        this.state.garbage = `the first line is "${parsed.type}" instead of "hello"`;
        return;
      }
      this.state.helloAtNs = readAtNs;
    } else if (parsed.type === "hello") {
      this.state.garbage = 'a second "hello": the program started twice';
      return;
    }
    if (this.state.endAtNs !== null) {
      this.state.garbage = `a line after "end": ${oneLine(line, 120)}`;
      return;
    }
    if (parsed.type === "end") this.state.endAtNs = readAtNs;
    collect(this.state.transcript, parsed);
    this.#hooks.onMessage?.(parsed);
  }

  /** @returns false when the limit is passed */
  #count(chunk: string): boolean {
    this.#bytes += Buffer.byteLength(chunk);
    if (this.#bytes <= this.#limitBytes) return true;
    this.state.flooded = true;
    this.#pending = "";
    this.#hooks.onFlood();
    return false;
  }
}

/** As a record keeps it: without the heads that hold nothing. */
export type OutputEnds = Pick<LaunchFailure, "stdoutHead" | "stdoutTail" | "stderrHead" | "stderrTail">;

export function outputEnds(state: OutputState): OutputEnds {
  const { stdoutHead, stdoutTail, stderrHead, stderrTail } = state;
  return {
    ...(stdoutHead === "" ? {} : { stdoutHead }),
    stdoutTail,
    ...(stderrHead === "" ? {} : { stderrHead }),
    stderrTail,
  };
}
