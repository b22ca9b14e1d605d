import * as v from 'valibot'

/** Every error answer of our server. `field` names the input at fault, in dot notation. */
export const Problem = v.object({
  error: v.object({
    code: v.string(),
    message: v.string(),
    field: v.optional(v.string()),
    requestId: v.string(),
  }),
})
export type Problem = v.InferOutput<typeof Problem>

/** Codes that any route may answer, with their statuses. */
export const commonProblems = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
} as const
export type CommonProblem = keyof typeof commonProblems
