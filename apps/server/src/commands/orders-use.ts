import { parseArgs } from 'node:util'
import { createUse } from '../shop/uses/create.ts'
import { asShop } from './as-shop.ts'
import { type Command, UsageError } from './command.ts'

const QUANTITY_MAX = 99

export const ordersUse: Command = {
  options: '<order> <goods> [--quantity <n>]',
  summary: 'the shopper is here and uses what was bought (核销): counts for the goals of discount cards',
  async run(args, print) {
    const options = { quantity: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const input = { ...readWhat(positionals), quantity: readQuantity(values.quantity) }
    const use = await asShop('orders:use', (ctx) => createUse(ctx, input))
    print(`${use.id}  ${use.quantity} × ${use.goodsId} of order ${use.orderId} used`)
    return 0
  },
}

function readWhat([id = '', goodsId = '', ...others]: readonly string[]): { id: string; goodsId: string } {
  const isWhole = [id, goodsId].every((text) => text !== '' && text.length <= 64) && others.length === 0
  if (isWhole) return { id, goodsId }
  throw new UsageError('give one order, by its id, 商户订单号 or 微信订单号, and the id of its goods, e.g. swim-pass')
}

function readQuantity(text = '1'): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new UsageError(`--quantity ${text} must be 1 to ${QUANTITY_MAX}`)
}
