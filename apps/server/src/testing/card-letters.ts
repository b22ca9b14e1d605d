import type { OpenedNotification } from '@shouyin/wechatpay-core'
import { type Asked, openCardShop } from './card-shop.ts'
import { type Letter, openLetterBox } from './letters.ts'
import { eventually } from './running.ts'

type CardNotice = Extract<OpenedNotification, { kind: `discountCard.${string}` }>
export type Kind = CardNotice['kind']

export const kinds = ['discountCard.userAccepted', 'discountCard.agreementEnded', 'discountCard.userPaid'] as const

export type CardLetters = Awaited<ReturnType<typeof openCardLetters>>

/** A shop whose notices are read when and as often as a test likes. Nobody sweeps. */
export async function openCardLetters() {
  const box = await openLetterBox()
  const shop = await openCardShop({ notifyBaseUrl: box.url })
  const open = (letter: Letter) => shop.ctx.wechat(shop.ctx.config.mchid).notifications.open(letter)
  /** What has arrived about one card, by its kind. */
  async function letters(of: Asked, ...wanted: readonly Kind[]): Promise<Letter[]> {
    const { out_card_code } = await shop.row(of)
    const found = new Map<string, Letter>()
    await eventually(`letters about ${out_card_code}: ${wanted.join()}`, async () => {
      for (const letter of box.letters) {
        const { kind, resource } = (await open(letter)) as CardNotice
        if (resource.out_card_code === out_card_code) found.set(kind, letter)
      }
      return wanted.every((kind) => found.has(kind))
    })
    return wanted.flatMap((kind) => found.get(kind) ?? [])
  }
  return {
    box,
    shop,
    letters,
    async open<One extends Kind>(of: Asked, kind: One) {
      const [letter] = await letters(of, kind)
      if (!letter) throw new Error('no letter')
      return (await open(letter)) as Extract<OpenedNotification, { kind: One }>
    },
    /** A card that was taken, used once, given up, and paid for; nobody has told us how it ended. */
    async brokenCard() {
      const asker = await shop.holder()
      const fen = await shop.enjoy(asker)
      await shop.act(asker, 'quit')
      await shop.advance(10)
      return { asker, fen, letters: await letters(asker, ...kinds) }
    },
    /** For the next test. */
    async tidy(): Promise<void> {
      await shop.simulated.faults()
      await shop.simulated.call('PUT', '/switches', { cardPaidNotices: 'paid', cardDeduction: 'succeeds' })
      shop.alarms.length = 0
      box.letters.length = 0
    },
    async close(): Promise<void> {
      await shop.close()
      await box.close()
    },
  }
}
