/** How test/guest/main.ts tells the tests what it was asked for. */

/** Set: also boot the kernels that take long. */
export const ALL_KERNELS_VARIABLE = "SBX_GUEST_ALL_KERNELS";
/** Folder in which each guest leaves what it brought back, by its kernel and cgroup version. */
export const KEEP_VARIABLE = "SBX_GUEST_KEEP";
