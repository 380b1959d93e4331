/** Calls that a supervisor must not be asked about. Pure. */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import type { Finding } from "./finding.ts";
import { answerTo } from "./profile-view.ts";

/** The runtimes tell the agent with them, and wait for the answer to their own question: runc#2682, crun#1002. */
const TELLS = ["write", "sendmsg"];

export function notifyFindings(profile: OciSeccomp): Finding[] {
  return TELLS.filter((name) => answerTo(profile, name).action === "SCMP_ACT_NOTIFY").map((name) => ({
    rule: "notify-deadlock",
    severity: "warning",
    sandboxes: [],
    message: `${name} is answered by a supervisor, and OCI runtimes hand over to the supervisor with it: the start may hang`,
    fix: `Allow ${name}.`,
    at: { text: name, nth: 1 },
  }));
}
