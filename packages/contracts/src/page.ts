import * as v from 'valibot'

/** Members of a list's query: how many, and the `next` of the page before. */
export const page = {
  limit: v.optional(
    v.pipe(
      v.union([v.pipe(v.string(), v.digits('must be a whole number from 1 to 100')), v.number()]),
      v.transform(Number),
      v.safeInteger(),
      v.minValue(1),
      v.maxValue(100),
    ),
    20,
  ),
  after: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
}

/** The cursor of the next page; null on the last one. */
export const next = v.nullable(v.string())

export const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
export const ById = v.strictObject({ id: Id })
