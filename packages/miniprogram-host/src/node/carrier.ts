import type { CarriedRequest, CarriedResponse } from '../core/environment.ts'
import { describeError } from '../core/errors.ts'

/** `wx.request` as plain HTTP. */
export async function fetchCarrier(
  request: CarriedRequest,
  redirect: 'follow' | 'manual' = 'follow',
): Promise<CarriedResponse> {
  const { url, method, headers, body, signal } = request
  try {
    const response = await fetch(url, { method, headers, body: body ?? null, signal, redirect })
    return { status: response.status, headers: [...response.headers], body: await response.arrayBuffer() }
  } catch (error) {
    if (signal.aborted) throw error
    const cause = error instanceof Error ? error.cause : undefined
    throw new Error(describeError(cause ?? error).message)
  }
}
