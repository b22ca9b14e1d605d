import type { StoredPreparation } from '../../../kernel/discount-card/stored.ts'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import type { Caller } from '../../../kernel/handler.ts'
import { newPreparation, type PrepareBody } from '../model/new-card.ts'
import { issueToken } from '../model/token.ts'
import { type Broken, broken, type CardRefuse, insist } from './refusals.ts'

/**
 * 预受理领卡请求. GUESS: the same request again gets one more token, also when the card was taken meanwhile; then the page that
 * it opens says so.
 */
export function prepareCard(caller: Caller, body: PrepareBody, refuse: CardRefuse) {
  const { world, merchant, namesPublicKey } = caller
  insist(brokenAppid(caller, body), refuse)
  const known = world.discountCards.preparation(merchant.mchid, body.out_card_code)
  insist(known ? brokenAgain(known, body) : brokenTemplate(caller, body), refuse)
  const preparation = known ?? newPreparation(merchant.mchid, body, world.clock.nowMs(), namesPublicKey)
  return { prepare_card_token: issueToken(world, preparation) }
}

const brokenAppid = ({ world }: Caller, { appid }: PrepareBody): Broken | undefined =>
  appid === world.appid ? undefined : broken('APPID_MISMATCH', '/appid', appid, `is not ${world.appid}`)

function brokenAgain({ parameters }: StoredPreparation, body: PrepareBody): Broken | undefined {
  if (parameters === fingerprint(body)) return undefined
  return broken('USED_OTHERWISE', '/out_card_code', body.out_card_code, 'was prepared with other parameters')
}

/** Whether it is active, open and for whom says the page, not this call. */
function brokenTemplate({ world, merchant }: Caller, { card_template_id: id }: PrepareBody): Broken | undefined {
  if (world.discountCards.template(merchant.mchid, id)) return undefined
  const issue = `is no template of ${merchant.mchid}: GET /_sim/discount-card/templates lists them`
  return broken('TEMPLATE_UNKNOWN', '/card_template_id', id, issue)
}
