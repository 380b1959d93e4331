/** What `runsc list` prints. */
export type RunscRow = {
  /** `null` for one that is not in the tools folder. */
  name: string | null;
  /** Names that it was asked for by. */
  asked: string[];
  /** `null` where it does not say. */
  version: string | null;
  /** Hex, of the program as it is now. */
  sha256: string;
  /** The program is no longer the one that was installed. */
  changed: boolean;
  source: string;
  path: string;
  /** What a run takes that names none. */
  default: boolean;
};

export function runscTable(rows: readonly RunscRow[]): string {
  if (rows.length === 0) return "No runsc is installed: sbx-bench runsc install latest\n";
  return rows
    .map((row) => {
      const names = [row.name, ...row.asked.filter((name) => name !== row.name)].filter(
        (name) => name !== null,
      );
      return [
        `${row.default ? "*" : " "} ${names.join(", ") || row.path}`,
        `    version  ${row.version ?? "says none"}`,
        `    sha256   ${row.sha256}${row.changed ? "  CHANGED since it was installed: it will be refused" : ""}`,
        `    from     ${row.source}`,
        `    path     ${row.path}\n`,
      ].join("\n");
    })
    .join("")
    .concat("* what a run takes that names no --runsc\n");
}
