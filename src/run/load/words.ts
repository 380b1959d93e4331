/** What went wrong with a server under load, in one sentence that says what to do. Pure. */
import type { CheckSample } from "../../samples/launch-record.ts";
import type { Load } from "../../workload/load/parameters.ts";
import { EXIT_STATUS_CHECK } from "../../workload/protocol.ts";
import type { LoadFailureKind } from "./events.ts";

export type LoadFailure = { kind: LoadFailureKind; detail: string };

/** Of a program that starts a server: how the server ended, if it did; where it listens, if that was asked. */
const LISTENS_CHECK = "listens";
const LOOPBACK_ONLY = "listens on loopback only";

export type DrivenOutcome = {
  /** It had answered well before. */
  up: boolean;
  failure: LoadFailure | null;
  load: Load;
};

/** Where the server's own words tell nothing. */
const NOT_ITS_DOING: readonly LoadFailureKind[] = ["port-in-use", "tls", "lag", "generator"];

/** @param said last words of the server; empty where it said nothing */
export function serverFailure(
  { up, failure, load }: DrivenOutcome,
  checks: readonly CheckSample[],
  said: string,
): string | null {
  const ended = checks.find(({ name, ok }) => name === EXIT_STATUS_CHECK && !ok);
  if (ended !== undefined) {
    const when = up ? "under load" : "before its first good answer";
    return `the server ended ${when}, with ${ended.actual}${said === "" ? "" : `: ${said}`}`;
  }
  if (failure === null) return null;
  const listens = checks.find(({ name }) => name === LISTENS_CHECK);
  const words = said === "" || NOT_ITS_DOING.includes(failure.kind) ? "" : `; it said: ${said}`;
  return describeFailure(failure, load, listens?.actual === LOOPBACK_ONLY) + words;
}

export function describeFailure({ kind, detail }: LoadFailure, load: Load, onLoopback = false): string {
  const { port, protocol } = load;
  switch (kind) {
    case "port-in-use":
      return `port ${port} is in use on this host already: end what listens there, or let the server listen elsewhere (params.port; it gets PORT)`;
    case "not-listening":
      return onLoopback
        ? `the server listens on loopback only, and is driven from outside its sandbox: let it listen on 0.0.0.0:${port}`
        : `nothing listened on port ${port} within ${load.upTimeoutMs / 1000} s (${detail}): is params.port the server's?`;
    case "no-answer":
      return `the server took connections on port ${port} and gave no good answer within ${load.upTimeoutMs / 1000} s (${detail}): is params.protocol ${protocol} what it speaks?`;
    case "bad-answer":
      return `the server came up and its answer is not good (${detail}): see params.path, healthPath and expectStatus`;
    case "errors":
      return detail;
    case "tls":
      return `the server speaks TLS on port ${port}, and the load is clear text: switch TLS off for the measurement`;
    case "lag":
      return `${detail}, params.maxLagMs allows ${load.maxLagMs} ms: the host is too busy for this rate`;
    case "broken":
      return `the server was lost under load: ${detail}`;
    case "generator":
      return `the load generator failed: ${detail}`;
  }
}
