/** DuckDB in memory, with the one function of ours that its SQL needs. */
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBScalarFunction,
  LIST,
} from "@duckdb/node-api";
import { launchMedian } from "../../stats/summaries/launch-median.ts";

/** `launch_value(batches, median)`: the launch's value as every report has it, by the same code. */
const launchValue = () =>
  DuckDBScalarFunction.create({
    name: "launch_value",
    parameterTypes: [LIST(DOUBLE), DOUBLE],
    returnType: DOUBLE,
    mainFunction(_info, chunk, output) {
      const batches = chunk.getColumnVector(0);
      const medians = chunk.getColumnVector(1);
      for (let row = 0; row < chunk.rowCount; row++) {
        const list = batches.getItem(row);
        const median = medians.getItem(row);
        const given = list instanceof DuckDBListValue ? (list.items as (number | null)[]) : [];
        output.setItem(
          row,
          launchMedian({
            batches: given.map((batch) => batch ?? Number.NaN),
            median: typeof median === "number" ? median : Number.NaN,
          }).value,
        );
      }
      output.flush();
    },
  });

/** A connection of its own, closed at the end whatever happens. */
export async function withDuckDb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const connection = await instance.connect();
    try {
      // Nothing may come from the network or from a user's DuckDB set-up.
      await connection.run("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false");
      connection.registerScalarFunction(launchValue());
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** A text as SQL literal: COPY and table functions take no parameters everywhere. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function sqlList(texts: readonly string[]): string {
  return `[${texts.map(sqlText).join(", ")}]`;
}
