import { AppError } from './errors.ts'

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)

/** The id after which a page begins. @throws AppError INVALID_INPUT for what no page of ours ended with */
export function readCursor(after: string | undefined): string | undefined {
  if (after === undefined || isUuid(after)) return after
  throw new AppError('INVALID_INPUT', 'after must be the "next" of the page before', { field: 'after' })
}

/**
 * One page of rows that are ordered by id: UUIDv7 sorts by time.
 * @param rows one more than `limit`, where there are more
 */
export function cutPage<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
): { readonly page: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit)
  return { page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}
