/** What stands in the sandbox to run a script, in each mode. */
import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import type { Bind } from "../../sandbox/driver.ts";
import { compileScript, writeLoneModule } from "../../script/compiled.ts";
import { copyScript } from "../../script/copy-script.ts";
import { librariesOf } from "../../script/libraries.ts";
import type { Script } from "../../script/script-file.ts";
import { hostToolchain } from "../../script/toolchain.ts";
import { buildHelper } from "../../workload/programs.ts";
import type { ExecRequest } from "./request.ts";

type Made = {
  program: string;
  /** Before the script's own. */
  firstArgs: string[];
  /** Folder of which it gets a copy at /bind. */
  work: string | null;
  /** Of its root file system: path -> the host's file. */
  files: Readonly<Record<string, string>>;
  /** Folders that it needs beside those of the caller, read-only. */
  binds: string[];
  /** It is launched once before, so that its caches are filled. */
  isWarmed: boolean;
  warnings: string[];
  /** Of the line by which it says that the script begins; `null` = it says none. */
  token: string | null;
};

/** @param folder empty, on the host. @throws SbxError where it does not compile, or nothing does */
export async function makeProgram(
  {
    mode,
    packages,
    goCache,
    binds,
  }: Pick<ExecRequest, "mode" | "packages" | "goCache"> & { binds: readonly Bind[] },
  script: Script,
  folder: string,
): Promise<Made> {
  switch (mode) {
    case "compiled": {
      const program = await compileScript(script, folder, false);
      return { ...PLAIN, program };
    }
    case "cgo": {
      const program = await compileScript(script, folder, true);
      const files = await librariesOf(program);
      const isStatic = Object.keys(files).length === 0;
      return { ...PLAIN, program, files, warnings: isStatic ? [NO_C] : [] };
    }
    case "yaegi": {
      copyScript(script, folder);
      const token = randomBytes(16).toString("hex");
      const request = { token, file: script.name, packages, read: binds.map(({ path }) => path) };
      const program = await buildHelper("sbx-yaegi");
      return { ...PLAIN, program, firstArgs: [JSON.stringify(request)], work: folder, token };
    }
    case "go-run": {
      const { goRoot, modCache } = await hostToolchain(script);
      const { moduleDir } = script;
      copyScript(script, folder);
      const token = randomBytes(16).toString("hex");
      const request = {
        ...{ token, goRoot, modCache: modCache ?? "" },
        dir: moduleDir ?? "",
        file: moduleDir === null ? script.name : `./${relative(moduleDir, script.path)}`,
        verify: moduleDir !== null,
        warm: goCache === "warm",
      };
      if (moduleDir === null) writeLoneModule(folder);
      return {
        ...{
          program: await buildHelper("sbx-go-run"),
          firstArgs: [JSON.stringify(request)],
          work: folder,
          token,
        },
        files: {},
        binds: [goRoot, ...[moduleDir, modCache].filter((one) => one !== null)],
        isWarmed: goCache === "warm",
        warnings: moduleDir === null ? [] : [OFFLINE],
      };
    }
  }
}

const PLAIN = { files: {}, firstArgs: [], work: null, binds: [], isWarmed: false, warnings: [], token: null };

const NO_C = "the script uses no C, so that the program is static as in mode compiled";

const OFFLINE = "offline: modules are checked against go.sum alone, and the checksum database is not asked";
