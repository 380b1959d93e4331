/** What all sandboxes have in common, so that a difference between them is one of kind. */

/** nobody: a program that is root inside is root on the host's /proc/sys wherever no user namespace maps it. */
export const SANDBOX_UID = 65534;

/** Size of each scratch tmpfs. */
export const SCRATCH_BYTES = 256 * 1024 * 1024;

export const NOFILE_LIMIT = 4096;

/** Below /proc, as containers have them. */
export const MASKED_PATHS = ["/proc/kcore", "/proc/keys", "/proc/sysrq-trigger", "/proc/timer_list"];
export const READONLY_PATHS = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys"];
