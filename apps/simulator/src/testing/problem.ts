import { expect } from 'vitest'

/** What a control call answers that is refused. */
export const problem = (status: number, code: string, field?: string) => ({
  status,
  json: {
    error: { code, message: expect.any(String), requestId: expect.any(String), ...(field !== undefined && { field }) },
  },
})
