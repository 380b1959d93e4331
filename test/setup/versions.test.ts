import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "../house/checkout.ts";

test.each([
  ["v24.21.0", "22.18", true],
  ["v22.18.0", "22.18", true],
  ["v22.9.0", "22.18", false],
  ["1.26.8", "1.26.3", true],
  ["1.26", "1.26.3", false],
  ["1.27rc1", "1.26.3", true],
  ["1.9", "1.26.3", false],
  ["2.0", "1.26.3", true],
  ["", "1.26.3", false],
])("version %s is at least %s: %s", (have, want, expected) => {
  const script = `. "${ROOT}/setup/tools.sh" && version_at_least "$1" "$2"`;
  expect(spawnSync("sh", ["-c", script, "sh", have, want]).status).toBe(expected ? 0 : 1);
});
