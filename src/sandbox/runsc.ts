/** runsc: the same OCI bundle under gVisor, itself started inside unshare namespaces. */
import { join } from "node:path";
import { type ProbeAnswer, unavailable } from "../probe/answer.ts";
import { type PlatformOptions, tryNetstack, tryPlatform } from "../probe/platforms.ts";
import type { TrialSetting } from "../probe/trial.ts";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { type DriverSetting, filterOf, pathOf, type SandboxImplementation } from "./implementation.ts";
import { leftOut } from "./nofile-limit.ts";
import { writeBundle } from "./oci-bundle.ts";

export const runsc: SandboxImplementation = {
  driver: runscDriver,
  trial: {
    start(setting, platform) {
      const options = trialOptions(setting);
      if ("status" in options) return Promise.resolve(options);
      return tryPlatform(platform ?? "systrap", options);
    },
    startNetwork(setting, platform) {
      const options = trialOptions(setting);
      return "status" in options ? Promise.resolve(options) : tryNetstack(platform, options);
    },
  },
};

function trialOptions(setting: TrialSetting): PlatformOptions | ProbeAnswer {
  const { path, reason, fix } = setting.tools.runsc;
  return path === null ? unavailable(`${reason}.`, fix ?? "") : { ...setting, runsc: path };
}

function runscDriver(setting: DriverSetting): SandboxDriver {
  const { isRoot, stateDir } = setting;
  const path = pathOf("runsc", setting.tools);
  return {
    async prepare(request) {
      const seccomp = filterOf(request, setting);
      await writeBundle(request.workDir, request, { seccomp, isRoot, limits: isRoot });
      const command = [path, ...globalFlags(request, setting, seccomp !== null), "run"];
      return {
        warnings: leftOut(isRoot),
        async launch(launch) {
          return {
            kind: "process",
            argv: [
              ...envelope(launch.cgroupDirs, { network: false, user: !isRoot }),
              ...command,
              "--bundle",
              request.workDir,
              launch.launchId,
            ],
            env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
            cwd: request.workDir,
            ownedDirs: [join(stateDir, launch.launchId)],
          };
        },
      };
    },
  };
}

function globalFlags(request: CellRequest, setting: DriverSetting, filtered: boolean): string[] {
  return [
    `--root=${setting.stateDir}`,
    `--platform=${request.config.platform}`,
    `--network=${request.config.network}`,
    // The launch's cgroup already holds Sentry and gofer; runsc would only make more of them.
    "--ignore-cgroups",
    // Without it runsc ignores the profile and only logs a warning (runsc/config/flags.go).
    ...(filtered ? ["--oci-seccomp"] : []),
    ...setting.runscFlags,
  ];
}
