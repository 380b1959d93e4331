/** `doctor`: what this host can run, how well, and what to do about the rest. */
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { type DoctorReport, runDoctor } from "../probe/doctor.ts";
import { probeOptions } from "./probe-host.ts";
import { sweep } from "./sweep.ts";
import { notesTo, type UseCaseContext } from "./use-case.ts";

export type DoctorRequest = {
  config: Pick<ResolvedConfig, "runsc">;
  /** Try everything again. */
  fresh: boolean;
};

/** Also removes what killed runs left behind. */
export async function doctor(request: DoctorRequest, { say }: UseCaseContext): Promise<DoctorReport> {
  await sweep(say);
  return runDoctor(await probeOptions(request.config, request.fresh, notesTo(say)));
}
