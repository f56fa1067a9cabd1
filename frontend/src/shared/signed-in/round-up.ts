const ENDS = [2, 4, 6, 8];

/** The end of a scale that shows `most`: one of 2, 4, 6, 8, 10, 20, 30, 40, …, whose middle is a whole number too. */
export function roundUp(most: number): number {
  const small = ENDS.find((end) => most <= end);
  if (small) return small;
  const step = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(Math.max(most, 10) / step) * step;
}
