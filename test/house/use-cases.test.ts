import { describe, expect, test } from "vitest";
import * as api from "../../src/index.ts";
import { codeOf, importsOf, partOf, sources } from "./imports.ts";

const useCases = sources.filter((file) => partOf(file) === "use-cases");
const cli = sources.filter((file) => partOf(file) === "cli");

describe("a use case", () => {
  test("does not know that there is a process, a terminal or an exit code", () => {
    expect(useCases.length).toBeGreaterThan(20);
    const naming = /\bprocess\.|\bconsole\.|\bexitCode = |\bEXIT\b/;
    expect(useCases.filter((file) => naming.test(codeOf(file)))).toEqual([]);
    const imports = useCases.flatMap(importsOf);
    expect(imports.filter(({ to }) => to === "commander" || to === "node:process")).toEqual([]);
  });

  test("that a command calls is in the public API, under the same name", () => {
    const called = cli
      .filter((file) => file.startsWith("src/cli/commands/"))
      .flatMap((file) => [...codeOf(file).matchAll(/await (\w+)\([^;]*?(?:commandContext\(\)|\bcontext\b)/g)])
      .map(([, name]) => name!);
    expect(called.length).toBeGreaterThan(12);
    expect(called.filter((name) => !(name in api))).toEqual([]);
  });
});

test("the command line is commands, options, output, and what holds them together", () => {
  const elsewhere = cli.filter((file) => !/^src\/cli\/(?:commands|options|output)\//.test(file));
  expect(elsewhere).toEqual(["src/cli/commands.ts", "src/cli/main.ts", "src/cli/program.ts"]);
});
