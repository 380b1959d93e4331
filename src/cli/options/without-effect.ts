import type { Command } from "commander";
import { SbxError } from "../../base/errors.ts";

/**
 * Options that were given and would change nothing: the user expects that they do.
 *
 * @param names as in the command's flags: `maxRounds`
 * @param circumstance end of the sentence "They have no effect …"
 * @throws SbxError (exit code 2)
 */
export function refuseWithoutEffect(
  command: Command,
  names: readonly string[],
  circumstance: string,
  fix: string,
): void {
  const given = command.options
    .filter((option) => names.includes(option.attributeName()))
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .map((option) => option.long ?? option.flags);
  if (given.length === 0) return;
  const several = given.length > 1;
  throw new SbxError({
    what: `${given.join(", ")} ${several ? "have" : "has"} no effect here`,
    why: `${several ? "They do" : "It does"} nothing ${circumstance}.`,
    fix,
  });
}
