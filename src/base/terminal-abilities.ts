/** What whoever reads a stream of ours can show, from the stream and the conventions of the environment. */

type Stream = { isTTY?: boolean };

/**
 * Colours. The first that says something decides: `NO_COLOR` and `CLICOLOR=0` (none), `FORCE_COLOR` and
 * `CLICOLOR_FORCE` (colours, also in a log; 0 = none), `TERM=dumb`, and whether it is a terminal at all.
 * Sources: no-color.org, force-color.org, bixense.com/clicolors.
 */
export function hasColour(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  if (refusesColour(env)) return false;
  for (const forced of [env.FORCE_COLOR, env.CLICOLOR_FORCE]) {
    if (forced !== undefined && forced !== "") return isOn(forced);
  }
  return stream.isTTY === true && env.TERM !== "dumb";
}

/** Whether a line can be drawn over. Colours forced into a log do not make a terminal of it. */
export function canRedraw(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && env.TERM !== "dumb" && !refusesColour(env) && !isOn(env.CI ?? "");
}

/** Who wants no colours has a reader that shows escape sequences as garbage. */
function refusesColour(env: NodeJS.ProcessEnv): boolean {
  return (env.NO_COLOR !== undefined && env.NO_COLOR !== "") || env.CLICOLOR === "0";
}

function isOn(value: string): boolean {
  return value !== "" && value !== "0" && value.toLowerCase() !== "false";
}
