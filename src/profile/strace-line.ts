/** One line of `strace -f -y --absolute-timestamps=unix,ns --syscall-times=ns -o FILE`; strace(1). Pure. */

export type StraceLine =
  | { kind: "call"; thread: number; time: string; name: string; args: string; result: StraceResult }
  /** Another thread's line came between its beginning and its end. */
  | { kind: "unfinished"; thread: number; time: string; name: string; args: string }
  | { kind: "resumed"; thread: number; time: string; name: string; args: string; result: StraceResult | null }
  | { kind: "exited"; thread: number; time: string; exitCode: number }
  | { kind: "killed"; thread: number; time: string; signal: string }
  /** `execve` by a thread: all others are gone, and it goes on under the number of the first. */
  | { kind: "superseded"; thread: number; time: string; by: number }
  | { kind: "signal"; thread: number }
  | { kind: "garbage" };

export type StraceResult = {
  /** `null`: `?`, it never returned, or is restarted by the kernel. */
  returned: number | null;
  /** Behind a returned descriptor, between `<` and `>`. */
  note: string | null;
  /** `ENOENT`; `null` = no error. */
  error: string | null;
  /** Time inside, ns; `null` where strace saw none. */
  insideNs: number | null;
};

const HEAD = /^(\d+) +(\d+\.\d+) (.*)$/s;
const NAME = /^([a-z_]\w*)\(/i;
const RESUMED = /^<\.\.\. (\S+) resumed> ?/;
const UNFINISHED = / ?<unfinished \.\.\.>$/;
const RESULT =
  /^= (\?|0x[0-9a-f]+|-?\d+)(?:<((?:->|[^<>]|<[^>]*>)*)>(?:\(deleted\))?)?(?: (E[A-Z0-9]+))?.*?(?: <(\d+)\.(\d{9})>)?$/s;

export function parseStraceLine(line: string): StraceLine {
  const head = HEAD.exec(line);
  if (head === null) return { kind: "garbage" };
  const thread = Number(head[1]);
  const time = head[2]!;
  const rest = head[3]!;
  if (rest.startsWith("+++ ")) return ending(rest, thread, time);
  if (rest.startsWith("--- ")) return { kind: "signal", thread };
  const resumed = RESUMED.exec(rest);
  if (resumed !== null) {
    const { args, result } = split(rest.slice(resumed[0].length));
    return { kind: "resumed", thread, time, name: resumed[1]!, args, result };
  }
  const name = NAME.exec(rest)?.[1];
  if (name === undefined) return { kind: "garbage" };
  const body = rest.slice(name.length + 1);
  const unfinished = UNFINISHED.exec(body);
  if (unfinished !== null) {
    return { kind: "unfinished", thread, time, name, args: body.slice(0, unfinished.index) };
  }
  const { args, result } = split(body);
  return result === null ? { kind: "garbage" } : { kind: "call", thread, time, name, args, result };
}

function ending(rest: string, thread: number, time: string): StraceLine {
  const exited = /^\+\+\+ exited with (\d+) \+\+\+/.exec(rest);
  if (exited !== null) return { kind: "exited", thread, time, exitCode: Number(exited[1]) };
  const killed = /^\+\+\+ killed by (\w+)/.exec(rest);
  if (killed !== null) return { kind: "killed", thread, time, signal: killed[1]! };
  const superseded = /^\+\+\+ superseded by execve in pid (\d+)/.exec(rest);
  if (superseded !== null) return { kind: "superseded", thread, time, by: Number(superseded[1]) };
  return { kind: "garbage" };
}

/** `"/etc/passwd", O_RDONLY) = 3</etc/passwd> <0.000040560>` into what stands before and behind the bracket. */
function split(body: string): { args: string; result: StraceResult | null } {
  const end = endOfArguments(body);
  if (end === -1) return { args: body, result: null };
  const found = RESULT.exec(body.slice(end + 1).trimStart());
  const args = body.slice(0, end);
  if (found === null) return { args, result: null };
  const [, value = "?", note, error, seconds, fraction] = found;
  return {
    args,
    result: {
      // Addresses above 2^53 lose their last digits; nobody counts by them.
      returned: value === "?" ? null : Number(value),
      note: note ?? null,
      error: error ?? null,
      insideNs: seconds === undefined ? null : Number(seconds) * 1e9 + Number(fraction),
    },
  };
}

/** Where the bracket closes that `name(` opened: names of files may hold brackets and equals signs, too. */
function endOfArguments(body: string): number {
  const closings = [...body.matchAll(/\) *= /g)];
  if (closings.length <= 1) return closings[0]?.index ?? -1;
  return closings.find(({ index }) => isOutside(body, index))?.index ?? -1;
}

/** Outside "quoted text" and <notes>; strace escapes quotes and angle brackets inside either. */
function isOutside(body: string, end: number): boolean {
  let quoted = false;
  let noted = false;
  for (let index = 0; index < end; index++) {
    const character = body[index];
    if (quoted && character === "\\") index += 1;
    else if (!noted && character === '"') quoted = !quoted;
    else if (!quoted && character === "<") noted = true;
    else if (!quoted && character === ">") noted = false;
  }
  return !quoted && !noted;
}
