/** What the helper found, and what is made of it. Pure. */
import { type Level, SCAN_RULES, type ScanRuleName } from "./rules.ts";

const SCAN_SCHEMA = "sbx-bench/scan@1";

/** As the helper prints it. */
export type RawScan = {
  tier: "syntax" | "types";
  files: number;
  bytes: number;
  findings: {
    rule: ScanRuleName;
    file: string;
    line: number;
    column: number;
    what: string;
    reach?: "called" | "reachable" | "imported";
  }[];
  allowances: { rule: string; file: string; line: number; reason: string }[];
  unloaded?: string;
};

export type ScanFinding = RawScan["findings"][number] & {
  level: Level;
  /** Of the comment in the source that let it pass; `null` where none did. */
  allowedBecause: string | null;
};

export type ScanResult = {
  schema: typeof SCAN_SCHEMA;
  /** As it was asked for. */
  path: string;
  tier: RawScan["tier"];
  /** Why types were not told, where they were asked for or a module is there. */
  unloaded: string | null;
  files: number;
  bytes: number;
  findings: ScanFinding[];
  /** Denied and not let pass: above 0 the scan fails. */
  denied: number;
  /** Comments in the source that asked to be let pass, and were not heeded. */
  unheeded: number;
};

export type ScanPolicy = {
  /** Rules that deny, and those that only note, beyond what each says itself. */
  deny: readonly ScanRuleName[];
  allow: readonly ScanRuleName[];
  /** Whether `//sbx:allow RULE reason` in the source counts: whoever wrote the script wrote that, too. */
  heedsComments: boolean;
};

export function judgeScan(path: string, raw: RawScan, policy: ScanPolicy): ScanResult {
  const findings = raw.findings.map((finding): ScanFinding => {
    const level = levelOf(finding.rule, policy);
    const asked = raw.allowances.find(
      ({ rule, file, line, reason }) =>
        rule === finding.rule &&
        file === finding.file &&
        [line, line + 1].includes(finding.line) &&
        reason !== "",
    );
    const allowedBecause = policy.heedsComments && level === "deny" ? (asked?.reason ?? null) : null;
    return { ...finding, level: allowedBecause === null ? level : "note", allowedBecause };
  });
  return {
    schema: SCAN_SCHEMA,
    path,
    tier: raw.tier,
    unloaded: raw.unloaded ?? null,
    files: raw.files,
    bytes: raw.bytes,
    findings,
    denied: findings.filter(({ level }) => level === "deny").length,
    unheeded: policy.heedsComments ? 0 : raw.allowances.length,
  };
}

function levelOf(rule: ScanRuleName, { deny, allow }: ScanPolicy): Level {
  if (deny.includes(rule)) return "deny";
  return allow.includes(rule) ? "note" : SCAN_RULES[rule].level;
}

/** Each rule once, denied ones first, with how often it was found. */
export function rulesFound({ findings }: ScanResult): { rule: ScanRuleName; findings: ScanFinding[] }[] {
  const groups = [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, found]) => ({
    rule,
    findings: found,
  }));
  const rank = (found: readonly ScanFinding[]) => (found.some(({ level }) => level === "deny") ? 0 : 1);
  return groups.sort((a, b) => rank(a.findings) - rank(b.findings) || b.findings.length - a.findings.length);
}
