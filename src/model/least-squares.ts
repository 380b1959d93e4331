/** Small dense least squares: tens of rows, about twenty columns. */

/** A row by the columns that are not 0: most operations cost few terms. */
export type SparseRow = { columns: Uint16Array; values: Float64Array };

export function sparseRow(row: readonly number[]): SparseRow {
  const columns = [...row.keys()].filter((column) => row[column] !== 0);
  return { columns: Uint16Array.from(columns), values: Float64Array.from(columns, (column) => row[column]!) };
}

/**
 * Solves `(X'WX + L) b = X'Wy + L p` by Cholesky's factorisation.
 *
 * @param rows X, one array a row, all of the same length
 * @param ridge diagonal of L; pulls each coefficient towards its `prior`
 * @throws RangeError where the matrix is not positive definite: a column is not identified and has no ridge
 */
export function weightedRidge(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  weights: readonly number[],
  ridge: readonly number[],
  prior: readonly number[],
): number[] {
  return sparseRidge(rows.map(sparseRow), y, weights, ridge, prior);
}

/** As `weightedRidge`; for rows that are solved many times, which is what fitting takes its time for. */
export function sparseRidge(
  rows: readonly SparseRow[],
  y: readonly number[],
  weights: readonly number[],
  ridge: readonly number[],
  prior: readonly number[],
): number[] {
  const size = ridge.length;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = ridge[i]!;
    right[i] = ridge[i]! * prior[i]!;
  }
  for (let index = 0; index < rows.length; index++) {
    const { columns, values } = rows[index]!;
    const weight = weights[index]!;
    for (let i = 0; i < columns.length; i++) {
      const weighted = weight * values[i]!;
      const start = columns[i]! * size;
      right[columns[i]!]! += weighted * y[index]!;
      for (let j = 0; j <= i; j++) matrix[start + columns[j]!]! += weighted * values[j]!;
    }
  }
  return solveScaled(matrix, right);
}

/** Columns count bytes and calls side by side: each is measured in its own size, or digits would be lost. */
function solveScaled(matrix: Float64Array, right: Float64Array): number[] {
  const size = right.length;
  const sizes = right.map((_, index) => Math.sqrt(matrix[index * size + index]!) || 1);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) matrix[i * size + j]! /= sizes[i]! * sizes[j]!;
  }
  const scaled = right.map((value, index) => value / sizes[index]!);
  return Array.from(solveCholesky(matrix, scaled), (value, index) => value / sizes[index]!);
}

/** Uses the lower triangle only; both in place. */
function solveCholesky(matrix: Float64Array, solution: Float64Array): Float64Array {
  const size = solution.length;
  const at = (row: number, column: number) => matrix[row * size + column]!;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      if (i !== j) matrix[i * size + j] = sum / at(j, j);
      else if (sum > 0) matrix[i * size + i] = Math.sqrt(sum);
      else throw new RangeError(`column ${i} is not identified`);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= at(i, k) * solution[k]!;
    solution[i]! /= at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i]! -= at(k, i) * solution[k]!;
    solution[i]! /= at(i, i);
  }
  return solution;
}
