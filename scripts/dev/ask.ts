import { randomUUID } from 'node:crypto'

/** How one of our own services answered that it did not do what it was asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, text: string) {
    super(`${status} ${text.slice(0, 200)}`)
    this.status = status
  }
}

/**
 * Asks for JSON; with a body: posts it, once however often it is sent.
 * @param key of the merchant API
 * @throws Refusal
 */
export async function ask<T>(url: string, { key, body }: { key?: string; body?: object } = {}): Promise<T> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Refusal(response.status, await response.text())
  return (await response.json()) as T
}
