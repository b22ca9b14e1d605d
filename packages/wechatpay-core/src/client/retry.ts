import { setTimeout as delay } from 'node:timers/promises'
import { WechatPayError } from '../errors.ts'
import { ConnectionError } from './transport.ts'

const GET_TRIES_MAX = 3
const BACKOFF_MS = 200

/** After this try failed like this, is another one safe and useful? */
export function mayRetry(method: string, tries: number, error: unknown): boolean {
  // A write is never sent twice: whatever happened after its first byte is answered by a query.
  if (method !== 'GET' || tries >= GET_TRIES_MAX) return false
  if (error instanceof ConnectionError) return true
  if (!(error instanceof WechatPayError)) return false
  if (error.code === 'ERR_SIGNATURE_INVALID') return error.reason === 'PROBE' || error.reason === 'SIGNATURE_MISMATCH'
  return error.code === 'ERR_API' && (error.status ?? 0) >= 500
}

/** The backup host gets a request only when the first host got not one byte of it. */
export const mayFailOver = (error: unknown): boolean => error instanceof ConnectionError && error.sent === false

/** Waits before the next try, with full jitter. @returns false when the deadline comes first */
export async function backOff(tries: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(Math.random() * BACKOFF_MS * 2 ** tries, undefined, { signal })
    return true
  } catch {
    return false
  }
}
