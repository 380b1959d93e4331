import type { Configuration } from "../../axes/configuration.ts";
import { hodgesLehmann } from "../../stats/estimates/hodges-lehmann.ts";
import { formatValue } from "../kit/format.ts";
import type { RunData } from "../run/view/run-data.ts";

/** Bytes more than natively, paired by round, with the exact 95 % interval; `null` ends below 6 rounds. */
export type MemoryGain = {
  bytes: number;
  low: number | null;
  high: number | null;
  n: number;
  /** `+14.2 MiB` */
  short: string;
  /** `+14.2 MiB [+13.9, +14.8] n=15` */
  text: string;
};

const MEMORY = "pss@running";

/** Of the whole process tree of one launch, by PSS: pages that it shares with processes elsewhere count in part. */
export function memoryGain(
  run: RunData,
  scenario: string,
  config: Configuration,
  baseline: Configuration,
): MemoryGain | null {
  const own = run.seriesOf(config, scenario, MEMORY)?.byRound;
  const native = run.seriesOf(baseline, scenario, MEMORY)?.byRound;
  if (own === undefined || native === undefined) return null;
  const differences = [...own].flatMap(([round, bytes]) => {
    const other = native.get(round);
    return other === undefined ? [] : [bytes - other];
  });
  const found = hodgesLehmann(differences);
  if (found === null) return null;
  const { estimate: bytes, low, high, n } = found;
  const interval = low === null || high === null ? "[needs 6 rounds]" : `[${signed(low)}, ${signed(high)}]`;
  return { bytes, low, high, n, short: signed(bytes), text: `${signed(bytes)} ${interval} n=${n}` };
}

function signed(bytes: number): string {
  return `${bytes < 0 ? "-" : "+"}${formatValue(Math.abs(bytes), "bytes")}`;
}
