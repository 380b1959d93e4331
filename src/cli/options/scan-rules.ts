/** Names of the rules of a scan. */
import { InvalidArgumentError } from "commander";
import { didYouMean } from "../../base/nearest.ts";
import { SCAN_RULE_NAMES, type ScanRuleName } from "../../scan/rules.ts";
import { list } from "./list-option.ts";

export function scanRules(given: string, before: string[] = []): ScanRuleName[] {
  const names = list(given, before);
  for (const name of names) {
    if (SCAN_RULE_NAMES.some((one) => one === name)) continue;
    throw new InvalidArgumentError(`There is no rule ${name}.${didYouMean(name, SCAN_RULE_NAMES)}`);
  }
  return names as ScanRuleName[];
}
