import { RequestFailed } from './request-failed.ts'

/** As `work` ends, or after `limitMs` as this failure: some clients of WeChat never call back. */
export async function within<T>(
  limitMs: number,
  work: Promise<T>,
  failure: { code: 'TIMED_OUT' | 'LOGIN_FAILED'; message: string },
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RequestFailed(failure)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
