/** Draws state tables into docs/products/<product>.md, between its markers; `node scripts/docs/states.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import * as ourCards from '../../apps/server/src/products/discount-card/states.ts'
import * as ourPlans from '../../apps/server/src/products/payscore/states.ts'
import type { Transitions } from '../../packages/wechatpay-core/src/contract/index.ts'
import { states as cards } from '../../packages/wechatpay-core/src/products/discount-card/index.ts'
import { states as payScore } from '../../packages/wechatpay-core/src/products/payscore/index.ts'

const BEGIN = '<!-- states: begin, made by scripts/docs/states.ts -->'
const END = '<!-- states: end -->'

interface Picture {
  readonly title: string
  readonly about: string
  readonly table: Transitions<string>
  /** Other words for a state, beside its name. */
  readonly words?: Readonly<Record<string, string>>
}

interface Product {
  readonly wechat: readonly Picture[]
  readonly ours: readonly Picture[]
}

const wordsOfPhases = Object.fromEntries(
  Object.entries(payScore.phaseFields).map(([phase, fields]) => [
    phase,
    Object.values(fields).filter(Boolean).join(' '),
  ]),
)

/** By the name of the document. */
export const products = {
  payscore: {
    wechat: [
      { title: '支付分计划', about: '`plan_state`', table: payScore.planTransitions },
      { title: '用户签约计划', about: '`sign_state`', table: payScore.signTransitions },
      { title: '计划详情', about: '`plan_detail_state`', table: payScore.detailTransitions },
      {
        title: '服务订单',
        about: '`state`, `state_description` and `collection.state` together; 0 fen are done without a collection',
        table: payScore.orderTransitions,
        words: wordsOfPhases,
      },
    ],
    ours: [
      { title: 'Plan', about: '`plan.state`', table: ourPlans.planTransitions },
      { title: 'Signed plan', about: '`sign_plan.state`', table: ourPlans.signPlanTransitions },
      { title: 'Lesson', about: '`lesson.state`', table: ourPlans.lessonTransitions },
    ],
  },
  'discount-card': {
    wechat: [
      {
        title: '先享卡',
        about: '`state`, since somebody took it; `unfinished_reason` tells who ended it',
        table: cards.cardTransitions,
      },
      {
        title: '扣费',
        about: '`pay_information.pay_state`, only of a card that is UNFINISHED with something enjoyed',
        table: cards.payTransitions,
      },
    ],
    ours: [
      { title: 'Template', about: '`card_template.state`', table: ourCards.templateTransitions },
      { title: 'Card', about: '`card.state`', table: ourCards.cardTransitions },
      { title: 'Record', about: '`card_record.state`', table: ourCards.recordTransitions },
    ],
  },
} as const satisfies Readonly<Record<string, Product>>

export type DrawnProduct = keyof typeof products

/** The first state of a table is where it begins; one without a move is where it ends. */
export function drawTable(table: Transitions<string>, words: Readonly<Record<string, string>> = {}): string {
  const [first = ''] = Object.keys(table)
  const named = Object.entries(words).map(([state, text]) => `${state} : ${state}<br/>${text}`)
  const moves = Object.entries(table).flatMap(([from, targets]) =>
    targets.length === 0 ? [`${from} --> [*]`] : targets.map((to) => `${from} --> ${to}`),
  )
  const lines = ['stateDiagram-v2', ...[...named, `[*] --> ${first}`, ...moves].map((line) => `  ${line}`)]
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``
}

function drawAll({ wechat, ours }: Product): string {
  const draw = ({ title, about, table, words }: Picture) => `**${title}** (${about})\n\n${drawTable(table, words)}`
  const part = (heading: string, pictures: readonly Picture[]) => `### ${heading}\n\n${pictures.map(draw).join('\n\n')}`
  return `${part("WeChat Pay's states", wechat)}\n\n${part('Our states', ours)}`
}

/** The document with the pictures as the tables are now; everything outside of the markers stays as it is. */
export function withStates(document: string, product: DrawnProduct): string {
  const begin = document.indexOf(BEGIN)
  const end = document.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`docs/products/${product}.md needs the lines ${BEGIN} and ${END}`)
  return `${document.slice(0, begin)}${BEGIN}\n\n${drawAll(products[product])}\n\n${document.slice(end)}`
}

if (import.meta.main) {
  for (const product of Object.keys(products) as DrawnProduct[]) {
    const url = new URL(`../../docs/products/${product}.md`, import.meta.url)
    writeFileSync(url, withStates(readFileSync(url, 'utf8'), product))
  }
}
