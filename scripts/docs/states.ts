/** Draws the state tables of Pay Score into docs/products/payscore.md, between its markers; `node scripts/docs/states.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import * as ours from '../../apps/server/src/products/payscore/states.ts'
import type { Transitions } from '../../packages/wechatpay-core/src/contract/index.ts'
import { states as wechat } from '../../packages/wechatpay-core/src/products/payscore/index.ts'

const BEGIN = '<!-- states: begin, made by scripts/docs/states.ts -->'
const END = '<!-- states: end -->'

interface Picture {
  readonly title: string
  readonly about: string
  readonly table: Transitions<string>
  /** Other words for a state, beside its name. */
  readonly words?: Readonly<Record<string, string>>
}

const wordsOfPhases = Object.fromEntries(
  Object.entries(wechat.phaseFields).map(([phase, fields]) => [phase, Object.values(fields).filter(Boolean).join(' ')]),
)

const pictures: readonly { readonly heading: string; readonly pictures: readonly Picture[] }[] = [
  {
    heading: "WeChat Pay's states",
    pictures: [
      { title: '支付分计划', about: '`plan_state`', table: wechat.planTransitions },
      { title: '用户签约计划', about: '`sign_state`', table: wechat.signTransitions },
      { title: '计划详情', about: '`plan_detail_state`', table: wechat.detailTransitions },
      {
        title: '服务订单',
        about: '`state`, `state_description` and `collection.state` together; 0 fen are done without a collection',
        table: wechat.orderTransitions,
        words: wordsOfPhases,
      },
    ],
  },
  {
    heading: 'Our states',
    pictures: [
      { title: 'Plan', about: '`plan.state`', table: ours.planTransitions },
      { title: 'Signed plan', about: '`sign_plan.state`', table: ours.signPlanTransitions },
      { title: 'Lesson', about: '`lesson.state`', table: ours.lessonTransitions },
    ],
  },
]

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

function drawAll(): string {
  const draw = ({ title, about, table, words }: Picture) => `**${title}** (${about})\n\n${drawTable(table, words)}`
  return pictures.map((part) => `### ${part.heading}\n\n${part.pictures.map(draw).join('\n\n')}`).join('\n\n')
}

/** The document with the pictures as the tables are now; everything outside of the markers stays as it is. */
export function withStates(document: string): string {
  const begin = document.indexOf(BEGIN)
  const end = document.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`docs/products/payscore.md needs the lines ${BEGIN} and ${END}`)
  return `${document.slice(0, begin)}${BEGIN}\n\n${drawAll()}\n\n${document.slice(end)}`
}

if (import.meta.main) {
  const url = new URL('../../docs/products/payscore.md', import.meta.url)
  writeFileSync(url, withStates(readFileSync(url, 'utf8')))
}
