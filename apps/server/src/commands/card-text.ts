import type { cards } from '@shouyin/contracts/merchant'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { UsageError } from './command.ts'

/** One card in one line; what WeChat Pay was not told yet, and what it does not like, in others. */
export function* formatCard(card: cards.MerchantCard): Generator<string> {
  const { id, status, name, goals, endAt, openid, problem } = card
  const yuan = (card.dueFen / 100).toFixed(2)
  const promise = goals.map(({ name: goal, done, times }) => `${goal} ${done}/${times}`).join(', ')
  const ends = endAt === null ? 'not taken' : `until ${formatShanghai(new Date(endAt)).slice(0, 10)}`
  yield `${id}  ${status.padEnd(10)} ${yuan.padStart(10)}  ${name}: ${promise}  ${ends}  ${openid ?? ''}`.trimEnd()
  if (problem !== null) yield `  ${problem}`
  for (const record of card.records) {
    if (record.status !== 'recorded') yield `  ${formatRecord(record)}`
  }
}

function formatRecord(record: cards.MerchantCard['records'][number]): string {
  const { status, kind, name, times, amountFen, orderId, problem } = record
  const yuan = amountFen === null ? '' : `, ${(amountFen / 100).toFixed(2)} yuan`
  return `${status}: ${kind} ${name} ${times}${yuan}, order ${orderId}${problem === null ? '' : `: ${problem}`}`
}

/** @throws UsageError */
export function readCardId([id = '', ...others]: readonly string[]): string {
  if (id === '' || id.length > 64 || others.length > 0) {
    throw new UsageError('give one card: its id as pnpm shouyin cards shows it, its 商户领卡号 or its card_id')
  }
  return id
}
