import { parseArgs } from 'node:util'
import { cards as contract } from '@shouyin/contracts/shopper'
import { listMerchantCards } from '../products/discount-card/cards/merchant-list.ts'
import { asShop } from './as-shop.ts'
import { formatCard } from './card-text.ts'
import { type Command, UsageError } from './command.ts'

const SHOWN_MAX = 100
const liveOrOwing = ['ongoing', 'settling', 'owing'] as const

export const cardsList: Command = {
  options: `[--status ${contract.cardStatuses.join('|')}]`,
  summary:
    'discount cards that live or owe: id, status, yuan that it would cost now, promise, openid; what is not told',
  async run(args, print) {
    const { values } = parseArgs({ args: [...args], options: { status: { type: 'string' } } })
    const status = readStatus(values.status)
    const pages = await asShop('cards', async (ctx) => {
      const found = []
      for (const one of status ? [status] : liveOrOwing) {
        found.push(await listMerchantCards(ctx, { limit: SHOWN_MAX, status: one }))
      }
      return found
    })
    const cards = pages.flatMap((page) => page.cards.toReversed())
    for (const card of cards) for (const line of formatCard(card)) print(line)
    if (pages.some(({ next }) => next !== null)) print(`the last ${SHOWN_MAX}; all of them: GET /api/merchant/cards`)
    if (cards.length === 0)
      print(status ? `no card is ${status}` : 'no card is live or owing; --status shows the others')
    return 0
  },
}

function readStatus(text: string | undefined) {
  const status = contract.cardStatuses.find((one) => one === text)
  if (text === undefined || status) return status
  throw new UsageError(`--status ${text} is none of ${contract.cardStatuses.join(', ')}`)
}
