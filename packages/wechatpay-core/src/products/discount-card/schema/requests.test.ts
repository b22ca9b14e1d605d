import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { discountCard } from '../../../testing/index.ts'
import { AddUserRecordsBody, CardPath, OutCardCode, PrepareBody } from './requests.ts'

const { prepareRequest, queriedCode, seedRecords, pageRecords, acceptedNotice } = discountCard
const { pageCompletion: completion, pageUsage: usage } = discountCard
const { card_template_id } = pageRecords
const accepts = (body: object) => v.safeParse(AddUserRecordsBody, body).success
const problems = (body: object) =>
  v.safeParse(AddUserRecordsBody, body).issues?.map((issue) => `${v.getDotPath(issue)} ${issue.message}`)
const completing = (change: object) => ({
  card_template_id,
  objective_completion_records: [{ ...completion, ...change }],
})
const using = (change: object) => ({ card_template_id, reward_usage_records: [{ ...usage, ...change }] })

describe('the samples', () => {
  it('预受理领卡请求 and the number of 查询 are taken as the guide prints them', () => {
    expect(v.parse(PrepareBody, prepareRequest)).toEqual(prepareRequest)
    expect(v.parse(CardPath, { out_card_code: queriedCode })).toEqual({ out_card_code: queriedCode })
  })

  it('增加用户记录 of the page is taken as printed', () => {
    expect(v.parse(AddUserRecordsBody, pageRecords)).toEqual(pageRecords)
  })

  // The page says 限制仅提交1条 of these records. The guide sends two with one serial number, of which the second could have
  // no effect anyhow: whoever copies it would believe that the goal was reached twice. Hence refused, by name.
  it('增加用户记录 of the guide is refused for its second record', () => {
    expect(problems(seedRecords)).toEqual(['objective_completion_records must have one record'])
  })

  // With one record it has the right form, and no schema can see that 100 and 1 are swapped: it says that a reward which
  // may be used once was used 100 times, for 1 fen altogether. The page's own record fits the reward that the card has.
  it('with one record, the guide speaks of 100 uses and 1 fen, which its own card does not allow', () => {
    const [first] = seedRecords.objective_completion_records
    const mended = v.parse(AddUserRecordsBody, { ...seedRecords, objective_completion_records: [first] })
    const [swapped] = mended.reward_usage_records ?? []
    const [reward] = acceptedNotice.rewards
    const fits = (record: { readonly usage_count: number; readonly amount: number } | undefined) =>
      record !== undefined && record.usage_count <= reward.count && record.amount <= reward.amount
    expect(swapped).toMatchObject({ usage_count: 100, amount: 1, reward_id: reward.reward_id })
    expect(reward).toMatchObject({ count_type: 'COUNT_LIMIT', count: 1, amount: 100 })
    expect(fits(swapped)).toBe(false)
    expect(fits(usage)).toBe(true)
  })
})

describe('预受理领卡请求', () => {
  it.each(['a', 'A-9_|*', 'x'.repeat(32)])('%s is a number of a card', (code) => {
    expect(v.is(OutCardCode, code)).toBe(true)
  })

  it.each(['', 'x'.repeat(33), 'a b', 'a/b', 'a@b', 'a+b', '卡', 1])('%j is none', (code) => {
    expect(v.is(OutCardCode, code)).toBe(false)
  })

  it.each<[string, object]>([
    ['somebody to give it to', { openid: 'oUpF8uMuAJ2pxb1Q9zNjWeS6o' }],
    ["a service provider's member", { sub_mchid: '1900000109' }],
    ['no template', { card_template_id: '' }],
    ['a template of 65 characters', { card_template_id: 't'.repeat(65) }],
    ['no AppID', { appid: undefined }],
    ['a notify_url with a query', { notify_url: 'https://api.test.com/?card=1' }],
    ['a notify_url of 256 characters', { notify_url: `https://api.test.com/${'n'.repeat(235)}` }],
    ['plain http to another host', { notify_url: 'http://api.test.com' }],
  ])('refuses %s', (_, change) => {
    expect(v.safeParse(PrepareBody, { ...prepareRequest, ...change }).success).toBe(false)
  })

  it('takes a notify_url of 255 characters', () => {
    const notify_url = `https://api.test.com/${'n'.repeat(234)}`
    expect(v.parse(PrepareBody, { ...prepareRequest, notify_url }).notify_url).toHaveLength(255)
  })
})

describe('增加用户记录', () => {
  it('takes one record of either kind, or one of each', () => {
    expect(accepts(completing({}))).toBe(true)
    expect(accepts(using({}))).toBe(true)
    expect(accepts({ ...using({}), objective_completion_records: [] })).toBe(true)
    expect(accepts(completing({ completion_type: 'DECREASE', completion_count: 2 }))).toBe(true)
    expect(accepts(using({ usage_type: 'DECREASE' }))).toBe(true)
    const { remark: _, ...plain } = usage
    expect(accepts({ card_template_id, reward_usage_records: [plain] })).toBe(true)
  })

  it('without any record says what it needs', () => {
    const expected = ['null must have a record of an objective or of a reward']
    expect(problems({ card_template_id })).toEqual(expected)
    expect(problems({ card_template_id, objective_completion_records: [], reward_usage_records: [] })).toEqual(expected)
  })

  it.each(['2015-05-20T13:29:35+08:00', '2015-05-20T05:29:35.1Z', '2015-05-20T13:29:35.123456+08:00'])(
    'takes the time %s',
    (time) => {
      expect(accepts(completing({ completion_time: time }))).toBe(true)
      expect(accepts(using({ usage_time: time }))).toBe(true)
    },
  )

  it.each<[string, object]>([
    [
      'two rewards',
      { card_template_id, reward_usage_records: [usage, { ...usage, reward_usage_serial_no: '578355' }] },
    ],
    ['no template', { objective_completion_records: [completion] }],
    ['a serial number with a dash', completing({ objective_completion_serial_no: '5783-54545' })],
    ['a serial number of 33', using({ reward_usage_serial_no: '5'.repeat(33) })],
    ['no serial number', completing({ objective_completion_serial_no: '' })],
    ['no goal', completing({ objective_id: '' })],
    ['a goal that is a number', completing({ objective_id: 123456 })],
    ['a time without an offset', completing({ completion_time: '2015-05-20T13:29:35.120' })],
    ['31 April', using({ usage_time: '2015-04-31T13:29:35.120+08:00' })],
    ['a time of 33 characters', using({ usage_time: '2015-05-20T13:29:35.1234567+08:00' })],
    ['a type in small letters, which the old FAQ has', completing({ completion_type: 'decrease' })],
    ['no count', completing({ completion_count: 0 })],
    ['a count below nothing instead of DECREASE', completing({ completion_count: -1 })],
    ['half a count', using({ usage_count: 0.5 })],
    ['a count that is text', using({ usage_count: '1' })],
    ['no money', using({ amount: 0 })],
    ['money below nothing instead of DECREASE', using({ amount: -100 })],
    ['no description', using({ description: '' })],
    ['a description of 21 characters', completing({ description: '购'.repeat(21) })],
    ['an empty remark', using({ remark: '' })],
    ['a remark of 51 characters', completing({ remark: '购'.repeat(51) })],
    ['a member of the API before', completing({ performance_type: 'INCREASE' })],
    ['a number of the card, which stands in the path', { ...pageRecords, out_card_code: 'c1' }],
  ])('refuses %s', (_, body) => {
    expect(accepts(body)).toBe(false)
  })
})
