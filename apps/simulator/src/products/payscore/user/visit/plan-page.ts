import type { states } from '@shouyin/wechatpay-core/payscore'
import type { StoredPlan, StoredSignPlan } from '../../../../kernel/payscore/stored.ts'
import { minuteOf, notice, type Page, type Visitor, yuan } from '../../../../kernel/visit.ts'
import type { World } from '../../../../kernel/world.ts'
import { cancel } from '../cancel.ts'
import { type SignRefusal, sign, signRefusals, whyNotSign } from '../sign.ts'

const TITLE = '微信支付分·签约计划'

type Detail = StoredPlan['details'][number]

/** 签约计划页, by the package of the sign plan alone: what the user agrees to, or what became of it. */
export function planPage(world: World, visitor: Visitor, extraData: Readonly<Record<string, unknown>>): Page {
  const { package: packageText } = extraData
  if (typeof packageText !== 'string' || packageText === '') return notice(TITLE, '参数错误：package必须是非空字符串')
  const signPlan = world.payScore.signPlanByPackage(packageText)
  const plan = signPlan && world.payScore.planById(signPlan.planId)
  if (!signPlan || !plan) return notice(TITLE, '参数错误：package无效')
  if (signPlan.appid !== visitor.appid) return notice(TITLE, '参数错误：package与当前小程序的appid不匹配')
  const signer = { openid: visitor.openid, packageText }
  const refusal = whyNotSign(world, signPlan, signer)
  if (refusal === undefined) {
    const button = { action: 'sign', label: '同意并签约', press: () => void sign(world, signPlan, signer) } as const
    return { title: TITLE, rows: offerRows(world, plan), buttons: [button] }
  }
  return isOwn[refusal] ? ownPage(world, plan, signPlan) : notice(TITLE, signRefusals[refusal])
}

/** GUESS: who has signed finds his plan by the same package, as long as he likes. */
const isOwn: Partial<Record<SignRefusal, true>> = { SIGN_PLAN_SIGNED: true, SIGN_PLAN_OVER: true }

const rowsOf = (world: World, plan: StoredPlan) => [
  { label: '计划', value: plan.name },
  { label: '商户', value: world.merchants.find(({ mchid }) => mchid === plan.mchid)?.merchantName ?? plan.mchid },
]

const offerRows = (world: World, plan: StoredPlan) => [
  ...rowsOf(world, plan),
  ...plan.details.map((detail) => ({ label: lessonOf(detail), value: priceOf(detail) })),
  { label: '合计', value: `${yuan(plan.totalActualFen)}（原价${yuan(plan.totalOriginalFen)}）` },
  { label: '有效期', value: `签约后${plan.durationDays}天` },
  { label: '扣款方式', value: '每次服务后扣款，签约时不扣款' },
]

const lessonOf = ({ no, name }: Detail) => `第${no}次 ${name}`

function priceOf({ originalFen, actualFen, discount }: Detail): string {
  const notes = [
    ...(originalFen === actualFen ? [] : [`原价${yuan(originalFen)}`]),
    ...(discount === null ? [] : [discount]),
  ]
  return notes.length === 0 ? yuan(actualFen) : `${yuan(actualFen)}（${notes.join('，')}）`
}

function ownPage(world: World, plan: StoredPlan, signPlan: StoredSignPlan): Page {
  const { state, overAtMs, details } = signPlan
  const until = state === 'SIGNED' && overAtMs !== null ? [{ label: '有效期至', value: minuteOf(overAtMs) }] : []
  const lessons = plan.details.map((detail) => {
    const signed = details.find(({ no }) => no === detail.no)
    const price = signed?.state === 'USED' ? yuan(signed.actualPayFen) : priceOf(detail)
    return { label: lessonOf(detail), value: `${detailWords[signed?.state ?? 'NOT_USED']} ${price}` }
  })
  const press = () => void cancel(world, signPlan)
  return {
    title: TITLE,
    rows: [...rowsOf(world, plan), { label: '状态', value: signWords[state] }, ...until, ...lessons],
    buttons: state === 'SIGNED' ? [{ action: 'cancel-plan', label: '取消签约', press }] : [],
  }
}

const signWords: Readonly<Record<states.SignState, string>> = {
  UNSIGNED: '未签约',
  SIGNED: '已签约',
  SIGN_PLAN_CANCEL: '已取消',
  COMPLETE: '已完成',
  EXPIRE: '已过期',
}

const detailWords: Readonly<Record<states.DetailState, string>> = {
  NOT_USED: '未使用',
  USING: '使用中',
  USED: '已使用',
  SIGN_PLAN_DETAIL_CANCEL: '已取消',
}
