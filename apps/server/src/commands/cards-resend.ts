import { resendRecords } from '../products/discount-card/records/resend.ts'
import { asShop } from './as-shop.ts'
import { formatCard, readCardId } from './card-text.ts'
import type { Command } from './command.ts'

export const cardsResend: Command = {
  options: '<card>',
  summary: 'tell WeChat Pay again what it refused of a discount card, once the cause is gone',
  async run(args, print) {
    const id = readCardId(args)
    const card = await asShop('cards:resend', (ctx) => resendRecords(ctx, { id }))
    for (const line of formatCard(card)) print(line)
    return 0
  },
}
