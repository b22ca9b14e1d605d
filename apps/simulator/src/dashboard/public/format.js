/** Pure: what the page writes for what the simulator says. No DOM here, so that it can be tested anywhere. */

const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000

/** @param {number | null | undefined} fen integer 分 */
export function yuan(fen) {
  if (fen === null || fen === undefined) return '–'
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}¥${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const shanghai = (instant) => new Date(new Date(instant).getTime() + SHANGHAI_OFFSET_MS).toISOString()

/** `10:34:56` in Asia/Shanghai. */
export const timeOfDay = (instant) => (instant ? shanghai(instant).slice(11, 19) : '–')

/** `2026-01-02 10:34:56` in Asia/Shanghai. */
export const dateTime = (instant) => (instant ? shanghai(instant).slice(0, 19).replace('T', ' ') : '–')

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
]

/** The two largest units of whole seconds: `3 min 20 s`. */
export function span(seconds) {
  let rest = Math.max(0, Math.round(seconds))
  const parts = []
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.slice(0, 2).join(' ') || '0 s'
}

/** `in 3 min 20 s` of business time, or `due`. */
export function until(instant, nowMs) {
  if (!instant) return '–'
  const seconds = (new Date(instant).getTime() - nowMs) / 1000
  return seconds <= 0 ? 'due' : `in ${span(seconds)}`
}

export const milliseconds = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)

/** A JSON body indented, any other text as it is. */
export function prettyBody(text) {
  if (!text) return ''
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Lines with the sign that makes their end visible; a last line without one has none. */
export function visibleLines(text) {
  const lines = text.split('\n')
  const last = lines.pop()
  const ended = lines.map((line) =>
    line.endsWith('\r') ? { text: line.slice(0, -1), end: '\\r\\n' } : { text: line, end: '\\n' },
  )
  return last ? [...ended, { text: last, end: '' }] : ended
}

/** Whether every word of the search occurs somewhere in the item. */
export function matches(item, search) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = JSON.stringify(item).toLowerCase()
  return words.every((word) => text.includes(word) || text.includes(JSON.stringify(word).slice(1, -1)))
}

export const TRADE_STATES = {
  NOTPAY: { text: '未支付', tone: 'warn' },
  USERPAYING: { text: '支付中', tone: 'warn' },
  SUCCESS: { text: '已支付', tone: 'good' },
  REFUND: { text: '有退款', tone: 'note' },
  CLOSED: { text: '已关闭', tone: 'mute' },
  REVOKED: { text: '已撤销', tone: 'mute' },
  PAYERROR: { text: '支付失败', tone: 'bad' },
}

export const REFUND_STATES = {
  PROCESSING: { text: '退款处理中', tone: 'warn' },
  SUCCESS: { text: '退款成功', tone: 'good' },
  ABNORMAL: { text: '退款异常', tone: 'bad' },
  CLOSED: { text: '退款关闭', tone: 'mute' },
}

/** 支付分: a plan, who has signed it, its lessons, and the service order of a lesson. */
export const PLAN_STATES = {
  NORMAL: { text: '可签约', tone: 'good' },
  STOP: { text: '已停止', tone: 'mute' },
}

export const SIGN_STATES = {
  UNSIGNED: { text: '未签约', tone: 'warn' },
  SIGNED: { text: '已签约', tone: 'good' },
  SIGN_PLAN_CANCEL: { text: '已取消', tone: 'mute' },
  COMPLETE: { text: '已完成', tone: 'note' },
  EXPIRE: { text: '已过期', tone: 'mute' },
}

export const DETAIL_STATES = {
  NOT_USED: { text: '未使用', tone: 'mute' },
  USING: { text: '使用中', tone: 'warn' },
  USED: { text: '已使用', tone: 'good' },
  SIGN_PLAN_DETAIL_CANCEL: { text: '已取消', tone: 'mute' },
}

export const ORDER_PHASES = {
  created: { text: '待确认', tone: 'warn' },
  in_service: { text: '服务中', tone: 'note' },
  paying: { text: '待扣款', tone: 'warn' },
  done: { text: '已完成', tone: 'good' },
  revoked: { text: '已取消', tone: 'mute' },
  expired: { text: '已过期', tone: 'mute' },
}

export const CANCEL_TYPES = {
  NOT_CANCEL: null,
  USER: 'by the user',
  MERCHANT: 'by the merchant',
  REVOKE_SERVICE: 'by revoking the service (解除授权)',
}

/** Each lesson of a plan with what became of it where it was signed: its state, and its service order if there is one. */
export function lessonsOf(plan, signPlan, orders) {
  const signed = (no) => signPlan?.details.find((detail) => detail.no === no)
  const orderOf = (no) =>
    orders.find((order) => order.signPlanId === signPlan?.signPlanId && order.detailNo === no) ?? null
  return plan.details.map((detail) => ({ ...detail, ...signed(detail.no), order: orderOf(detail.no) }))
}

/** 先享卡. PREPARED is the simulator's word for what nobody has taken. */
export const CARD_STATES = {
  PREPARED: { text: '未领取', tone: 'warn' },
  ONGOING: { text: '进行中', tone: 'good' },
  SETTLING: { text: '结算中', tone: 'warn' },
  FINISHED: { text: '已完成', tone: 'note' },
  UNFINISHED: { text: '未完成', tone: 'mute' },
}

export const PAY_STATES = {
  PAYING: { text: '扣款中', tone: 'warn' },
  PAID: { text: '已扣款', tone: 'good' },
}

export const QUIT_REASONS = {
  DUE_TO_QUIT: 'its time was over (到期未完成)',
  EARLY_QUIT: 'given up by the user (提前退出)',
}

/** `1 of 3`: what is done of all goals together, none counted above what was promised. */
export function progressOf({ objectives }) {
  if (!objectives) return '–'
  const sum = (fn) => objectives.reduce((total, one) => total + fn(one), 0)
  return `${sum(({ completed, count }) => Math.min(completed, count))} of ${sum(({ count }) => count)}`
}

export const DELIVERY_STATES = {
  pending: { tone: 'warn' },
  delivered: { tone: 'good' },
  exhausted: { tone: 'bad' },
  lost: { tone: 'bad' },
}

export const VERDICTS = {
  right: 'The signature is right',
  'other-key': 'Another key made this signature',
  'other-message': 'Right key, but another message was signed',
  'not-a-signature': 'This is no signature of the kind that is due',
}

/** Good below 300, bad from 400, and bad when there was no answer. */
export const statusTone = (status) => (status !== null && status < 400 ? 'good' : 'bad')
