/** Which object a call was made on, from its line in a strace trace. */
import type { CallTarget } from "../samples/program-profile.ts";
import { descriptorKind } from "./descriptor-kind.ts";
import type { StraceResult } from "./strace-line.ts";

const FIRST_NOTE = /^(?:-?\d+|AT_FDCWD)<((?:->|[^<>]|<[^>]*>)*)>/;
const FIFTH_NOTE = /, \d+<((?:->|[^<>]|<[^>]*>)*)>(?:\(deleted\))?, \S+$/;
const ON_A_FOLDER = new Set(["getdents", "getdents64", "fchdir"]);
/** Takes a folder's descriptor and a path below it. */
const BELOW_A_FOLDER = /at2?$|^newfstatat$|^statx$/;

/** Knows the folders that a trace has shown to be some: a name alone does not tell. */
export class StraceTargets {
  readonly #folders = new Set<string>();

  targetOf(name: string, args: string, result: StraceResult | null): CallTarget {
    if (name === "mmap") {
      const note = FIFTH_NOTE.exec(args)?.[1];
      return note === undefined ? "anon" : descriptorKind(note);
    }
    const note = FIRST_NOTE.exec(args)?.[1];
    if (note === undefined || args.startsWith("AT_FDCWD")) return this.#made(args, result?.note ?? null);
    const isPathless = args.includes("AT_EMPTY_PATH") || !args.includes('"');
    if (ON_A_FOLDER.has(name) || (BELOW_A_FOLDER.test(name) && !isPathless)) this.#folders.add(note);
    return this.#kindOf(note);
  }

  #made(args: string, note: string | null): CallTarget {
    if (note === null) return "none";
    if (args.includes("O_DIRECTORY")) this.#folders.add(note);
    return this.#kindOf(note);
  }

  #kindOf(note: string): CallTarget {
    const kind = descriptorKind(note);
    return kind === "file" && this.#folders.has(note) ? "dir" : kind;
  }
}
