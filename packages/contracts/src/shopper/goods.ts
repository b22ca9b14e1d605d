import * as v from 'valibot'
import { Fen } from '../money.ts'
import { defineRoute } from '../route.ts'

export const goodsKinds = ['goods', 'service'] as const

export const Goods = v.object({
  id: v.string(),
  name: v.string(),
  description: v.string(),
  /** Old mini-programs live on phones for days: a kind that they do not know is shown, not refused. */
  kind: v.fallback(v.picklist([...goodsKinds, 'unknown']), 'unknown'),
  priceFen: Fen,
  imageUrl: v.string(),
})
export type Goods = v.InferOutput<typeof Goods>

export const listGoods = defineRoute({
  method: 'GET',
  path: '/api/goods',
  summary: 'Everything that is on sale',
  public: true,
  input: v.strictObject({}),
  output: v.object({ goods: v.array(Goods) }),
  errors: {},
})

export const getGoods = defineRoute({
  method: 'GET',
  path: '/api/goods/:id',
  summary: 'One thing on sale',
  public: true,
  input: v.strictObject({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) }),
  output: Goods,
  errors: { GOODS_NOT_FOUND: 404 },
})
