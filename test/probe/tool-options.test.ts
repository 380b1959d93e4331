import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { optionsIn, readToolOptions } from "../../src/probe/tool-options.ts";
import { findTools } from "../../src/probe/tools.ts";

const scratch = mkdtempSync(join(tmpdir(), "sbx-options-"));
afterAll(() => rmSync(scratch, { recursive: true }));

test("options of Go's flag package, without what their descriptions and value names mention", () => {
  const help = [
    "run [flags] <container id> - create and run a secure container.",
    "  -bundle string",
    "    \tpath to the root of the bundle, as in docker run --mount",
    "  -h\tequivalent to the 'help' flag",
    "  -nvproxy-docker docker run --gpus",
    "    \t-memory is no flag here",
    "  -platform_device_path string",
  ].join("\n");
  // What begins a description is told from an option by its tab.
  expect(optionsIn(help)).toEqual(["bundle", "h", "nvproxy-docker", "platform_device_path"]);
});

test("options of util-linux, short and long", () => {
  const help = [
    "Usage:",
    " unshare [options] [<program> [<argument>...]]",
    "",
    " -m, --mount[=<file>]      unshare mounts namespace",
    " --map-users=<outeruid>,<inneruid>,<count>",
    "                           map count users (implies --user)",
    " --propagation slave|shared|private|unchanged",
  ].join("\n");
  expect(optionsIn(help)).toEqual(["m", "map-users", "mount", "propagation"]);
});

test("a text without options yields none", () => {
  expect(optionsIn("unknown command\n")).toEqual([]);
});

test("a program that is missing, and one that prints no options, leave their reason", async () => {
  const tools = await findTools();
  const missing = { ...tools.runsc, path: null, version: null, reason: "runsc is not installed" };
  const silent = join(scratch, "silent");
  writeFileSync(silent, "#!/bin/sh\nexit 3\n");
  chmodSync(silent, 0o755);
  const mute = { ...tools.unshare, path: silent };
  const found = await readToolOptions({ ...tools, runsc: missing, unshare: mute });
  expect(found["runsc flags"]).toEqual({ version: null, options: [], reason: "runsc is not installed" });
  expect(found["unshare --help"]?.reason).toBe("its help lists no options (exit code 3)");
});

test("this host's unshare is asked", async () => {
  const found = await readToolOptions(await findTools());
  expect(found["unshare --help"]?.options).toContain("map-root-user");
});
