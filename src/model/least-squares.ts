/** Small dense least squares: tens of rows, about twenty columns. */

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
  const size = ridge.length;
  const matrix = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? ridge[i]! : 0)),
  );
  const right = ridge.map((strength, i) => strength * prior[i]!);
  for (const [index, row] of rows.entries()) {
    const weight = weights[index]!;
    for (let i = 0; i < size; i++) {
      const weighted = weight * row[i]!;
      if (weighted === 0) continue;
      right[i]! += weighted * y[index]!;
      for (let j = 0; j <= i; j++) matrix[i]![j]! += weighted * row[j]!;
    }
  }
  return solveScaled(matrix, right);
}

/** Columns count bytes and calls side by side: each is measured in its own size, or digits would be lost. */
function solveScaled(matrix: number[][], right: number[]): number[] {
  const sizes = matrix.map((row, index) => Math.sqrt(row[index]!) || 1);
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j <= i; j++) row[j]! /= sizes[i]! * sizes[j]!;
  }
  return solveCholesky(
    matrix,
    right.map((value, index) => value / sizes[index]!),
  ).map((value, index) => value / sizes[index]!);
}

/** Uses the lower triangle only, in place. */
function solveCholesky(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i]![k]! * matrix[j]![k]!;
      if (i !== j) matrix[i]![j] = sum / matrix[j]![j]!;
      else if (sum > 0) matrix[i]![i] = Math.sqrt(sum);
      else throw new RangeError(`column ${i} is not identified`);
    }
  }
  const solution = [...right];
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= matrix[i]![k]! * solution[k]!;
    solution[i]! /= matrix[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i]! -= matrix[k]![i]! * solution[k]!;
    solution[i]! /= matrix[i]![i]!;
  }
  return solution;
}
