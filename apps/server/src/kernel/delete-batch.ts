import { type Expression, type RawBuilder, sql } from 'kysely'

/** Rows that a clean-up deletes at once: all of a bad week in one statement would run into its timeout, for ever. */
export const DELETE_BATCH = 1_000

/** For `where` of a delete: the rows whose `ctid` is selected, with a limit. The selection is made once, not per row. */
export const anyOf = (ctids: Expression<unknown>): RawBuilder<boolean> => sql<boolean>`ctid = any(array(${ctids}))`
