import { parseRfc3339 } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Tx } from '../../../kernel/db.ts'
import { acceptSeen } from '../records/accept-seen.ts'
import { restateCard } from '../records/restate.ts'
import { updateCard } from '../repository.ts'
import { nextCardQueryAt } from '../schedule.ts'
import { type CardState, isOpen, untakenCardStates } from '../states.ts'
import type { Card } from '../table.ts'
import type { Alarming } from './apply-card.ts'
import { end, totalOf } from './end.ts'
import { keepTerms } from './terms.ts'

interface Word {
  readonly said: schema.Card
  /** What that means. */
  readonly state: CardState
  readonly now: Date
}

interface Result {
  readonly card: Card
  readonly alarms: readonly Alarming[]
}

/** Brings a locked card to where WeChat Pay has it. The first word about it says whose it is, and what was promised. */
export async function advance(tx: Tx, from: Card, word: Word): Promise<Result> {
  const { said, now } = word
  const isFirst = untakenCardStates.some((untaken) => untaken === from.state)
  const row = rowOf(from, word)
  const next = { ...from, ...row, query_count: 0 }
  const card = await updateCard(tx, from, {
    ...row,
    ...{ problem: null, unconfirmed: false, query_count: 0 },
    next_query_at: isAsked(next) ? nextCardQueryAt(next, now) : null,
  })
  const fields = isFirst ? await keepTerms(tx, card, said) : []
  const differing = naming('card_terms_differ', fields).map((one) => ({ ...one, subject: card.template_id }))
  return { card, alarms: [...differing, ...(await follow(tx, from, card, word))] }
}

/** Nothing new but that it is confirmed, what was enjoyed so far, and which records WeChat Pay has. */
export async function stay(tx: Tx, from: Card, word: Word): Promise<Result> {
  const { total_fen } = isOpen(from.state) || from.state === 'unfinished' ? rowOf(from, word) : from
  const next_query_at = isAsked({ ...from, total_fen }) ? (from.next_query_at ?? nextCardQueryAt(from, word.now)) : null
  const card = await updateCard(tx, from, { unconfirmed: false, total_fen, next_query_at })
  return { card, alarms: await follow(tx, from, card, word) }
}

/** What follows for its records and its money. */
async function follow(tx: Tx, from: Card, card: Card, { said, now }: Word): Promise<readonly Alarming[]> {
  const foreign = foreignAlarm(await acceptSeen(tx, card, said, now))
  if (!isOpen(card.state)) return [...foreign, ...(await end(tx, { from, card, said, now }))]
  await restateCard(tx, card, now)
  return foreign
}

const foreignAlarm = (serialNos: readonly string[]): readonly Alarming[] =>
  serialNos.length === 0 ? [] : [{ alarm: 'card_record_foreign', detail: { serialNos } }]

const naming = (alarm: string, fields: readonly string[]): readonly Alarming[] =>
  fields.length === 0 ? [] : [{ alarm, detail: { fields } }]

/** What it tells about the row, whatever it was; a member that is not told stays. */
function rowOf(from: Card, { said, state, now }: Word) {
  const { begin_time, end_time } = said.time_range
  return {
    state,
    openid: said.openid,
    card_id: said.card_id,
    taken_at: from.taken_at ?? parseRfc3339(said.create_time),
    begin_at: parseRfc3339(begin_time),
    end_at: parseRfc3339(end_time),
    total_fen: totalOf(said) ?? from.total_fen,
    ...(!isOpen(state) && {
      ended_at: from.ended_at ?? now,
      unfinished_reason: state === 'finished' ? null : (said.unfinished_reason?.slice(0, 32) ?? from.unfinished_reason),
      ...{ next_send_at: null, send_count: 0 },
    }),
  }
}

/** What is owed is asked about by its charge. */
const isAsked = ({ state, total_fen }: Pick<Card, 'state' | 'total_fen'>): boolean =>
  isOpen(state) || (state === 'unfinished' && total_fen !== 0)
