import { randomBytes } from 'node:crypto'
import type { StoredPreparation } from '../../../kernel/discount-card/stored.ts'
import type { World } from '../../../kernel/world.ts'

/** What opens the page on which the card is taken. GUESS: each call issues one more, and each lives its own time. */
export function issueToken(world: World, preparation: StoredPreparation): string {
  const text = randomBytes(96).toString('base64url')
  preparation.tokens.push({ text, issuedAtMs: world.clock.nowMs() })
  world.discountCards.putPreparation(preparation)
  return text
}

/** Whether this token is not too old; whether there is something to take it does not say. */
export function isTokenLive(world: World, { tokens }: StoredPreparation, text: string): boolean {
  const issued = tokens.find((one) => one.text === text)
  return issued !== undefined && world.clock.nowMs() < issued.issuedAtMs + world.switches.cardTokenSeconds * 1000
}
