/** What `npm pack` sends, installed beside its dependencies as npm would, and used as README says. */
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { buildPackage } from "../../setup/package/build.ts";
import { ROOT, useLab, whyNot } from "./lab.ts";

const MOST_PACKED_BYTES = 3e6;

describe.skipIf(whyNot() !== null && !process.env.CI)("the package", () => {
  const lab = useLab();
  let modules = "";

  beforeAll(async () => {
    modules = join(lab.current.dir, "node_modules");
    mkdirSync(modules);
    for (const name of readdirSync(join(ROOT, "node_modules")).filter((name) => !name.startsWith("."))) {
      symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    }
    await buildPackage(join(modules, "sbx-bench"));
  });

  const sbx = (...args: string[]) =>
    execa(join(modules, "sbx-bench/bin/sbx-bench"), args, {
      cwd: lab.current.dir,
      env: lab.current.env,
      reject: false,
      timeout: 220_000,
    });

  test("is small, and holds neither tests nor reports", async () => {
    const { stdout } = await execa(
      "npm",
      ["pack", "--json", "--silent", "--pack-destination", lab.current.dir],
      {
        cwd: join(modules, "sbx-bench"),
      },
    );
    const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    expect(statSync(join(lab.current.dir, filename)).size).toBeLessThan(MOST_PACKED_BYTES);
    expect(
      files.filter(({ path }) =>
        /^(test|reports|bench)\/|\.test\.|^(src|bin|setup)\/.*(?<!\.d)\.ts$/.test(path),
      ),
    ).toEqual([]);
  });

  test("measures with its own scenarios, a configuration that imports it, and writes nothing into itself", async () => {
    const config = `import { defineConfig } from "sbx-bench";\nexport default defineConfig({ scenarios: ["startup"], rounds: 1 });\n`;
    writeFileSync(join(lab.current.dir, "bench.config.ts"), config);
    const before = await contents(modules);
    const done = await sbx(
      ...["run", "--sandbox", "native,unshare", "--network", "none", "--seccomp", "none"],
    );
    expect(done.stderr).not.toContain("error");
    expect(done.exitCode, done.stderr).toBe(0);
    expect(readdirSync(join(lab.current.dir, "reports/latest"))).toContain("report.html");
    expect(await contents(modules)).toBe(before);
  });

  test("sets itself up without its lockfile, and refuses tests that it does not have", async () => {
    const tests = await sbx("setup", "--with-tests");
    expect(tests.exitCode).toBe(4);
    expect(tests.stderr).toContain("the package has no tests");
    const help = await sbx("setup", "--help");
    expect(help.stdout).toContain("Install what is missing");
    rmSync(join(lab.current.dir, "reports"), { recursive: true, force: true });
  });
});

async function contents(dir: string): Promise<string> {
  const { stdout } = await execa("find", [join(dir, "sbx-bench"), "-type", "f", "-printf", "%p %s %T@\n"]);
  return stdout.split("\n").sort().join("\n");
}
