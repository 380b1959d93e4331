/** What a script prints, for a terminal: nothing in it can steer the terminal or pass for a command to a CI system. */
import { StringDecoder } from "node:string_decoder";
import { visibleLines } from "../base/visible-text.ts";

/** A longer line is shown in parts. */
const LONGEST = 64 * 1024;

export class VisibleOutput {
  readonly #decoder = new StringDecoder("utf8");
  #pending = "";

  /** Whole lines only: what a line is can be seen at its end. */
  add(bytes: Buffer): Buffer {
    const text = this.#pending + this.#decoder.write(bytes);
    const end = text.length > LONGEST ? text.length : text.lastIndexOf("\n") + 1;
    this.#pending = text.slice(end);
    return Buffer.from(visibleLines(text.slice(0, end)));
  }

  /** The last line, where it has no end. */
  finish(): Buffer {
    const text = this.#pending + this.#decoder.end();
    this.#pending = "";
    return Buffer.from(visibleLines(text));
  }
}
