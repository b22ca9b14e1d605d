import { randomBytes } from 'node:crypto'
import { Openid } from '@shouyin/wechatpay-core/contract'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import { describeCard, describePreparation, describeTemplate } from '../kernel/discount-card/describe.ts'
import type { StoredPreparation, StoredTemplate } from '../kernel/discount-card/stored.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { quit, settle } from '../products/discount-card/model/ending.ts'
import { endAttempt } from '../products/discount-card/user/deduct.ts'
import { type TakeRefusal, take, takeRefusals } from '../products/discount-card/user/take.ts'
import { findCard, findPreparation, findTemplate } from './find-card.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'
import { Changes, changesOf, NewTemplate, newTemplate } from './template-input.ts'

const Nothing = v.strictObject({})
const Take = v.strictObject({ openid: Openid })
const Deduct = v.strictObject({ result: v.picklist(['succeed', 'fail'], 'must be succeed or fail') })

/** 先享卡: its templates, which WeChat's staff make, its cards, and what user, deductions and time do outside of the API. */
export function discountCard(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.route('/discount-card', templates(simulator))
  app.route('/discount-card', cards(simulator))
  app.route('/discount-card', acts(simulator))
  return app
}

function templates(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/templates', (c) => {
    const { world } = membershipOf(c, simulator)
    return c.json({ templates: world.discountCards.templates().map(describeTemplate) })
  })
  app.get('/templates/:cardTemplateId', (c) => c.json(describeTemplate(findTemplate(c, simulator).template)))
  app.post('/templates', async (c) => {
    const { world, merchant } = membershipOf(c, simulator)
    const input = await readInput(c, NewTemplate)
    const made = newTemplate(merchant.mchid, input, randomBytes(16).toString('hex'), world.clock.nowMs())
    if (world.discountCards.template(merchant.mchid, made.cardTemplateId)) {
      const message = `there is a template ${made.cardTemplateId}: take another id, or PUT what changes`
      throw new Problem(409, 'TEMPLATE_EXISTS', message, 'cardTemplateId')
    }
    checkActivity(made)
    world.discountCards.putTemplate(made)
    return c.json(describeTemplate(made), 201)
  })
  app.put('/templates/:cardTemplateId', async (c) => {
    const { world, template } = findTemplate(c, simulator)
    const changed = { ...template, ...changesOf(await readInput(c, Changes)) }
    checkActivity(changed)
    world.discountCards.putTemplate(changed)
    return c.json(describeTemplate(changed))
  })
  return app
}

function checkActivity({ opensAtMs, closesAtMs }: StoredTemplate): void {
  if (opensAtMs === null || closesAtMs === null || opensAtMs < closesAtMs) return
  throw new Problem(400, 'INVALID_INPUT', 'closesAt: must be after opensAt; null is never', 'closesAt')
}

const describe = (world: World, preparation: StoredPreparation) => {
  const card = world.discountCards.card(preparation.mchid, preparation.outCardCode)
  return card ? describeCard(card) : describePreparation(preparation)
}

/** Everything of the world, newest first. */
function cards(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/cards', (c) => {
    const { world } = membershipOf(c, simulator)
    return c.json({ cards: world.discountCards.preparations().map((one) => describe(world, one)) })
  })
  app.get('/cards/:outCardCode', (c) => {
    const { world, preparation } = findPreparation(c, simulator)
    return c.json(describe(world, preparation))
  })
  return app
}

const takeRemedies: Readonly<Record<TakeRefusal, string>> = {
  CARD_TAKEN: 'prepare another out_card_code',
  TOKEN_EXPIRED: 'prepare it again: POST /v3/discount-card/cards',
  APPID_MISMATCH: 'take it in the mini-program that it was prepared for',
  CARD_NOT_OPEN: 'PUT /_sim/discount-card/templates/{cardTemplateId} changes isActive, opensAt and closesAt',
  NOT_ON_WHITELIST: 'PUT /_sim/discount-card/templates/{cardTemplateId} changes the whitelist; null: everybody may',
}

function acts(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/cards/:outCardCode/take', async (c) => {
    const { world, preparation } = findPreparation(c, simulator)
    const { openid } = await readInput(c, Take)
    const { appid, tokens } = preparation
    const refusal = take(world, preparation, { appid, openid, token: tokens.at(-1)?.text ?? '' })
    if (refusal) throw new Problem(409, refusal, `${takeRefusals[refusal]}: ${takeRemedies[refusal]}`)
    return c.json(describe(world, preparation))
  })
  app.post('/cards/:outCardCode/quit', async (c) => {
    const { world, card } = findCard(c, simulator)
    await readInput(c, Nothing)
    if (!quit(world, card))
      throw new Problem(409, 'CARD_STATE', `it is ${card.state}: only an ONGOING card can be quit`)
    return c.json(describeCard(card))
  })
  app.post('/cards/:outCardCode/settle', async (c) => {
    const { world, card } = findCard(c, simulator)
    await readInput(c, Nothing)
    if (!settle(world, card, world.clock.nowMs())) {
      throw new Problem(
        409,
        'CARD_STATE',
        `it is ${card.state}: a card settles after its end (POST /_sim/clock/advance)`,
      )
    }
    return c.json(describeCard(card))
  })
  app.post('/cards/:outCardCode/deduct', async (c) => {
    const { world, card } = findCard(c, simulator)
    const { result } = await readInput(c, Deduct)
    if (!endAttempt(world, card, result, world.clock.nowMs())) {
      throw new Problem(409, 'CARD_NOT_PAYING', `nothing is owed: it is ${card.state}, payState ${card.payState}`)
    }
    return c.json(describeCard(card))
  })
  return app
}
