import { expect, test } from "vitest";
import { codeOf, sources } from "./imports.ts";

/** Makes visible what programs and hosts say; what goes past it could steer a terminal or a CI system. */
const BORDER = "src/cli/output/write.ts";
/** Sends what a configuration of the user's prints, their own words, to stderr. */
const ASIDE = "src/base/load-module.ts";
/** `-` as the name of an output file; its renderer has made the text visible. */
const NAMED = "src/base/write-text.ts";
/** Waits for what was written, by writing nothing. */
const STREAMS = "src/cli/output/standard-streams.ts";

test("only the border writes to stdout and stderr", () => {
  const writes = /process\.(?:stdout|stderr)\.(?:write|end)\b|\bconsole\./;
  expect(sources.filter((file) => writes.test(codeOf(file)))).toEqual([ASIDE, NAMED, STREAMS, BORDER].sort());
});
