/** Which columns of a design can be told apart. */

export type Identification = {
  /** Columns that the rows identify, in the order of `order`. */
  kept: number[];
  /** Columns that no row has. */
  absent: number[];
  /** Columns that are a mixture of kept ones, with the strongest of these: they can't be told apart. */
  merged: { column: number; into: number[] }[];
};

/**
 * A column whose part at right angles to the others is smaller than this share of it is no column of its own: the
 * normal equations square it, and weights take some more.
 */
const SMALLEST_OWN_SHARE = 1e-3;

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

/**
 * How many times the variance of each column's coefficient exceeds what it would be if no other column were like
 * it; at least 1. A column that the others explain almost wholly rests on the small differences that are left.
 *
 * @param rows scaled rows, as above; the columns must be identified
 * Source: Belsley, Kuh, Welsch, Regression Diagnostics (1980), 3.2: variance inflation factors, here about 0 and
 * not about the mean, as the model has no constant.
 */
export function varianceInflation(rows: readonly (readonly number[])[], columns: number): number[] {
  const all = Array.from({ length: columns }, (_, column) => rows.map((row) => row[column]!));
  return all.map((own, column) => {
    const basis: number[][] = [];
    for (const other of all.filter((_, index) => index !== column)) {
      const rest = without(other, basis);
      const size = norm(rest);
      if (size > SMALLEST_OWN_SHARE * norm(other)) basis.push(rest.map((value) => value / size));
    }
    return (norm(own) / norm(without(own, basis))) ** 2;
  });
}

/** What is left of `values` at right angles to every direction. */
function without(values: readonly number[], basis: readonly (readonly number[])[]): number[] {
  const rest = [...values];
  for (const direction of basis) {
    const share = rest.reduce((sum, value, index) => sum + value * direction[index]!, 0);
    for (const [index, value] of direction.entries()) rest[index]! -= share * value;
  }
  return rest;
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
