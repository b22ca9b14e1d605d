import type { StoredCard } from '../../../kernel/discount-card/stored.ts'
import type { Caller } from '../../../kernel/handler.ts'
import { finish } from '../model/ending.ts'
import { newRecords, type RecordsBody } from '../model/records.ts'
import { brokenChange, brokenRecords } from './record-rules.ts'
import { type CardRefuse, insist } from './refusals.ts'

/** 增加用户记录: all of a call, or nothing of it. A record whose serial number was used changes nothing, whatever it says. */
export function addUserRecords({ world }: Caller, card: StoredCard, body: RecordsBody, refuse: CardRefuse): undefined {
  insist(brokenChange(card, body), refuse)
  const { completion, usage } = newRecords(world, card, body)
  insist(brokenRecords(card, { completion, usage }), refuse)
  if (completion) card.completions.push(completion)
  if (usage) card.usages.push(usage)
  world.discountCards.putCard(card)
  finish(world, card)
  return undefined
}
