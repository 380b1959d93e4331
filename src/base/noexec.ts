import { readFileSync, realpathSync } from "node:fs";

/**
 * Whether nothing may be executed in a folder, because its file system is mounted so: mount(8), `noexec`.
 * @param mountinfo of /proc/self/mountinfo, proc_pid_mountinfo(5)
 */
export function isNoexec(folder: string, mountinfo = readFileSync("/proc/self/mountinfo", "utf8")): boolean {
  const path = `${realpathSync(folder)}/`;
  const around = mountinfo.split("\n").flatMap((line) => {
    const [, , , , at = "", options = ""] = line.split(" ");
    const mountPoint = at.replaceAll(/\\([0-7]{3})/g, (_, octal) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    return at !== "" && path.startsWith(mountPoint.endsWith("/") ? mountPoint : `${mountPoint}/`)
      ? [{ length: mountPoint.length, options: options.split(",") }]
      : [];
  });
  // Of two mounts at one place the later one is seen.
  const nearest = around.reduce((found, one) => (one.length >= found.length ? one : found), {
    length: -1,
    options: [] as string[],
  });
  return nearest.options.includes("noexec");
}
