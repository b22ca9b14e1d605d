import type { Storage } from './storage.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 32

/** Not a secret, only unlikely to repeat for one shopper: the platform has no synchronous random source. */
const randomKey = () =>
  Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join('')

/**
 * Keeps an Idempotency-Key in storage until the answer is final, so that a second tap, a lost answer
 * and a killed app all send the first key again. Another body gets another key.
 */
export function createIdempotency(storage: Storage, name: string) {
  const slot = `idempotency:${name}`
  return {
    /** The key to send with `body`; the same until {@link settle}. */
    keyFor(body: unknown): string {
      const text = JSON.stringify(body)
      const kept = storage.read(slot) as { key: string; body: string } | undefined
      if (kept?.body === text) return kept.key
      const key = randomKey()
      storage.write(slot, { key, body: text })
      return key
    },
    /** The answer was final: the next call is another one. */
    settle(): void {
      storage.remove(slot)
    },
  }
}
