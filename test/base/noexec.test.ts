import { expect, test } from "vitest";
import { isNoexec } from "../../src/base/noexec.ts";

const ROOT = "1 0 8:1 / / rw,relatime - ext4 /dev/sda1 rw";
const mounted = (at: string, options: string) => `2 1 0:9 / ${at} ${options} - tmpfs tmpfs rw`;

test.each([
  ["a plain host", [], false],
  ["a file system mounted noexec above the folder", [mounted("/usr", "rw,nosuid,noexec")], true],
  ["one that allows it again below", [mounted("/usr", "rw,noexec"), mounted("/usr/bin", "rw")], false],
  ["one that was mounted over another", [mounted("/usr", "rw,noexec"), mounted("/usr", "rw")], false],
  ["another folder whose name begins alike", [mounted("/us", "rw,noexec")], false],
])("%s", (_, mounts, expected) => {
  expect(isNoexec("/usr/bin", [ROOT, ...mounts].join("\n"))).toBe(expected);
});
