import { expect, test } from "vitest";
import { canRedraw, hasColour } from "../../src/base/terminal-abilities.ts";

const TERMINAL = { isTTY: true };
const LOG = {};

test.each([
  ["a terminal", TERMINAL, {}, true, true],
  ["a log", LOG, {}, false, false],
  ["TERM=dumb", TERMINAL, { TERM: "dumb" }, false, false],
  ["NO_COLOR", TERMINAL, { NO_COLOR: "1" }, false, false],
  ["an empty NO_COLOR", TERMINAL, { NO_COLOR: "" }, true, true],
  ["CLICOLOR=0", TERMINAL, { CLICOLOR: "0" }, false, false],
  ["CLICOLOR=1 in a log", LOG, { CLICOLOR: "1" }, false, false],
  ["FORCE_COLOR in a log", LOG, { FORCE_COLOR: "1" }, true, false],
  ["CLICOLOR_FORCE in a log", LOG, { CLICOLOR_FORCE: "1" }, true, false],
  ["FORCE_COLOR=0", TERMINAL, { FORCE_COLOR: "0" }, false, true],
  ["NO_COLOR and FORCE_COLOR", TERMINAL, { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
  ["CI", TERMINAL, { CI: "true" }, true, false],
  ["CI=false", TERMINAL, { CI: "false" }, true, true],
] as const)("%s", (_, stream, env, colour, redraw) => {
  expect(hasColour(stream, env)).toBe(colour);
  expect(canRedraw(stream, env)).toBe(redraw);
});
