/** Aborted with the first of them. `AbortSignal.any` keeps what it made for as long as the longest-lived of them: here that is many launches. */
export function firstAbort(signals: readonly (AbortSignal | undefined)[]): {
  signal: AbortSignal;
  forget(): void;
} {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const signal of signals) {
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
  }
  return {
    signal: controller.signal,
    forget() {
      for (const signal of signals) signal?.removeEventListener("abort", abort);
    },
  };
}
