/** Which columns of a design can be told apart. */

export type Identification = {
  /** Columns that the rows identify, in the order of `order`. */
  kept: number[];
  /** Columns that no row has. */
  absent: number[];
  /** Columns that are a mixture of kept ones, with the strongest of these: they can't be told apart. */
  merged: { column: number; into: number[] }[];
};

/** A column whose part at right angles to the others is smaller than this share of it is no column of its own. */
const SMALLEST_OWN_SHARE = 1e-6;

/**
 * Gram and Schmidt over the columns, in the order given: a column that the earlier ones explain is merged.
 *
 * @param rows scaled rows (each divided by its error), so that a column's size has a meaning
 */
export function identifiable(rows: readonly (readonly number[])[], columns: number): Identification {
  const result: Identification = { kept: [], absent: [], merged: [] };
  const basis: number[][] = [];
  for (let column = 0; column < columns; column++) {
    const own = rows.map((row) => row[column]!);
    const size = norm(own);
    if (size === 0) {
      result.absent.push(column);
      continue;
    }
    const shares = basis.map((direction) => {
      const share = own.reduce((sum, value, index) => sum + value * direction[index]!, 0);
      for (const [index, value] of direction.entries()) own[index]! -= share * value;
      return Math.abs(share);
    });
    const rest = norm(own);
    if (rest > SMALLEST_OWN_SHARE * size) {
      basis.push(own.map((value) => value / rest));
      result.kept.push(column);
    } else {
      const into = result.kept.filter((_, index) => shares[index]! > SMALLEST_OWN_SHARE * size);
      result.merged.push({ column, into });
    }
  }
  return result;
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
