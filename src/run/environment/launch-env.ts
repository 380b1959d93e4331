/** Carried by every process that a run starts, so that none of them can be mistaken for another's. */
export const RUN_ENV = "SBX_BENCH_RUN";
/** Beside it, which launch started the process. */
export const LAUNCH_ENV = "SBX_BENCH_LAUNCH";
