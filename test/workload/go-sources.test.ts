import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { goSources } from "../../src/workload/go-sources.ts";

function sources(files: Record<string, string>, module = "app", packagePath = "./cmd"): string[] {
  const root = mkdtempSync(join(tmpdir(), "sbx-sources-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return goSources(join(root, module), packagePath).map((file) => relative(root, file));
}

const MOD = { "app/go.mod": "module example.com/app\n", "app/go.sum": "" };

test("the package's files and the module's are sources; tests and descriptions are not", () => {
  expect(
    sources({
      ...MOD,
      "app/cmd/main.go": "package main\n",
      "app/cmd/call_amd64.s": "",
      "app/cmd/main_test.go": "package main\n",
      "app/cmd/scenario.ts": "",
      "app/other/other.go": "package other\n",
    }),
  ).toEqual(["app/cmd/call_amd64.s", "app/cmd/main.go", "app/go.mod", "app/go.sum"]);
});

test("packages of the module count as far as they are imported, and their imports too", () => {
  const found = sources({
    ...MOD,
    "app/cmd/main.go": 'package main\nimport (\n\t"fmt"\n\tx "example.com/app/lib/x"\n)\n',
    "app/lib/x/x.go": 'package x\nimport "example.com/app/lib/y"\n',
    "app/lib/y/y.go": "package y\n",
    "app/lib/z/z.go": "package z\n",
  });
  expect(found.filter((file) => file.startsWith("app/lib"))).toEqual(["app/lib/x/x.go", "app/lib/y/y.go"]);
});

test("what a package embeds counts, in folders below it too", () => {
  const files = { ...MOD, "app/cmd/main.go": "package main\n//go:embed data\nvar files embed.FS\n" };
  expect(sources({ ...files, "app/cmd/data/deep/a.txt": "a" })).toContain("app/cmd/data/deep/a.txt");
});

test("a module that go.mod replaces by a folder counts like the module itself", () => {
  const found = sources({
    "app/go.mod": "module example.com/app\n\nreplace (\n\texample.com/lib v1.2.3 => ../lib // mine\n)\n",
    "app/cmd/main.go": 'package main\nimport "example.com/lib/deep"\n',
    "lib/go.mod": "module example.com/lib\n",
    "lib/deep/deep.go": "package deep\n",
  });
  expect(found).toEqual(["app/cmd/main.go", "app/go.mod", "lib/deep/deep.go", "lib/go.mod"]);
});

test("a program that is the root of its module is found", () => {
  expect(sources({ ...MOD, "app/main.go": "package main\n" }, "app", ".")).toContain("app/main.go");
});
