/** A scan in a terminal: what is denied first, a line a place. */
import { SCAN_RULES } from "../../scan/rules.ts";
import { rulesFound, type ScanFinding, type ScanResult } from "../../scan/scan-result.ts";
import { plural } from "../kit/format.ts";
import { painter, screenText, wrap } from "../kit/terminal-table.ts";

/** Of one rule; the rest is counted. JSON and SARIF have all. */
const MOST_PLACES = 8;

const NO_BOUNDARY =
  "A scan rejects early and explains. It is no boundary: what it misses, the sandbox has to stop.";

export function scanTerminal(
  result: ScanResult,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const paint = painter(colour);
  const { files, denied, tier, findings, unheeded } = result;
  const verdict =
    denied === 0
      ? `Nothing is denied in ${plural(files, "file")}.`
      : `${plural(denied, "place")} denied in ${plural(files, "file")}.`;
  const noted = findings.length - denied;
  const how =
    tier === "types"
      ? "Read with types: called and reachable are told from main on, through modules, not through the standard library."
      : "Read by syntax alone: what a value is, and what is reached from main, is not known.";
  const lines = [
    paint.bold(`${verdict}${noted === 0 ? "" : ` ${plural(noted, "more place")} noted.`}`),
    ...rulesFound(result).flatMap(({ rule, findings: found }) => {
      const { title, why, calls, capability } = SCAN_RULES[rule];
      const isDenied = found.some(({ level }) => level === "deny");
      const implied = calls.length === 0 ? "" : ` System calls: ${calls.join(", ")}.`;
      return [
        "",
        `${isDenied ? paint.red("denied") : "noted "}  ${rule}: ${title}`,
        ...wrap(`${why} ${capability}.${implied}`, columns, "        ").map(paint.dim),
        ...found.slice(0, MOST_PLACES).flatMap((finding) => wrap(placeText(finding), columns, "        ")),
        ...(found.length > MOST_PLACES ? [`        and ${found.length - MOST_PLACES} more`] : []),
      ];
    }),
    "",
    ...wrap(how, columns).map(paint.dim),
    ...(result.unloaded === null ? [] : wrap(`Types could not be told: ${result.unloaded}`, columns)),
    ...(unheeded === 0
      ? []
      : wrap(`${plural(unheeded, "comment")} //sbx:allow not heeded; --heed-comments does.`, columns)),
    ...wrap(NO_BOUNDARY, columns).map(paint.dim),
  ];
  return screenText(lines, colour);
}

/** `main.go:12  os.RemoveAll (called)` */
function placeText({ file, line, what, reach, allowedBecause }: ScanFinding): string {
  const place = line === 0 ? file : `${file}:${line}`;
  const reached =
    reach === undefined || what.startsWith("import ")
      ? ""
      : ` (${reach === "imported" ? "not reached" : reach})`;
  return `${place}  ${what}${reached}${allowedBecause === null ? "" : `, let pass: ${allowedBecause}`}`;
}
