/** How many rows each subject has. */
export const countBy = (rows: readonly { readonly subjectId: string }[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { subjectId } of rows) counts.set(subjectId, (counts.get(subjectId) ?? 0) + 1)
  return counts
}
