import type { Generated, Selectable } from 'kysely'
import type { CardState, RecordState, TemplateState } from './states.ts'

export interface CardTemplateTable {
  id: string
  mchid: string
  appid: string
  card_template_id: string
  name: string
  description: string | null
  duration_days: number
  created_at: Date
  state: Generated<TemplateState>
  withdrawn_at: Date | null
}

export interface TemplateGoalTable {
  template_id: string
  number: number
  name: string
  times: number
  unit: string
  counts: 'orders' | 'uses'
  goods_ids: string[] | null
}

export interface TemplateRewardTable {
  template_id: string
  number: number
  name: string
  times: number | null
  unit: string
  amount_fen: number
  percent_off: number
  goods_ids: string[] | null
}

export interface CardTable {
  id: string
  template_id: string
  mchid: string
  appid: string
  out_card_code: string
  asked_by: string
  created_at: Date
  request: string
  state: Generated<CardState>
  token: string | null
  token_at: Date | null
  problem: string | null
  openid: string | null
  card_id: string | null
  taken_at: Date | null
  begin_at: Date | null
  end_at: Date | null
  ended_at: Date | null
  /** DUE_TO_QUIT, EARLY_QUIT, or something that WeChat Pay adds. */
  unfinished_reason: string | null
  total_fen: number | null
  paid_at: Date | null
  paid_charge_id: string | null
  unconfirmed: Generated<boolean>
  sending_until: Date | null
  next_query_at: Date | null
  query_count: Generated<number>
  next_send_at: Date | null
  send_count: Generated<number>
}

export interface CardGoalTable {
  card_id: string
  objective_id: string
  position: number
  number: number | null
  name: string
  times: number
  unit: string
}

export interface CardRewardTable {
  card_id: string
  reward_id: string
  position: number
  number: number | null
  name: string
  times: number | null
  unit: string
  amount_fen: number
}

export interface CardOrderTable {
  order_id: string
  card_id: string
  reward_id: string
  discount_fen: number
}

export interface CardRecordTable {
  id: string
  card_id: string
  number: number
  kind: 'goal' | 'reward'
  objective_id: string | null
  reward_id: string | null
  serial_no: string
  direction: 'INCREASE' | 'DECREASE'
  times: number
  amount_fen: number | null
  description: string
  order_id: string
  happened_at: Date
  created_at: Date
  state: Generated<RecordState>
  request: string | null
  problem: string | null
  accepted_at: Date | null
}

export interface DiscountCardTables {
  card_template: CardTemplateTable
  card_template_goal: TemplateGoalTable
  card_template_reward: TemplateRewardTable
  card: CardTable
  card_goal: CardGoalTable
  card_reward: CardRewardTable
  card_order: CardOrderTable
  card_record: CardRecordTable
}

export type CardTemplate = Selectable<CardTemplateTable>
export type TemplateGoal = Selectable<TemplateGoalTable>
export type TemplateReward = Selectable<TemplateRewardTable>
export type Card = Selectable<CardTable>
export type CardGoal = Selectable<CardGoalTable>
export type CardReward = Selectable<CardRewardTable>
export type CardOrder = Selectable<CardOrderTable>
export type CardRecord = Selectable<CardRecordTable>
