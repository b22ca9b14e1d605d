import type { Outcome } from '../contract/endpoint.ts'
import { WechatPayError } from '../errors.ts'

/**
 * Nothing of ours outlives the deadline, even a signer or a transport that ignores the signal.
 * @param outcome what being late proves: `rejected` while nothing was sent
 */
export function beforeDeadline<T>(
  signal: AbortSignal,
  deadlineMs: number,
  work: Promise<T>,
  outcome: Outcome = 'unknown',
): Promise<T> {
  const late = ({ name }: { readonly name?: unknown }) =>
    name === 'TimeoutError' ? `not finished within ${deadlineMs} ms` : 'given up by the caller'
  return unlessAborted(
    signal,
    work,
    (reason) => new WechatPayError('ERR_CONNECTION', late(Object(reason)), { outcome }),
  )
}

/** The work, or `failure` of the signal's reason when that comes first. Leaves no listener behind. */
export async function unlessAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
  failure: (reason: unknown) => Error,
): Promise<T> {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(failure(signal.reason))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
