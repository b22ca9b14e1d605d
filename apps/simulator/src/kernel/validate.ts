import type { Schema } from '@shouyin/wechatpay-core/contract'
import * as v from 'valibot'
import { Refusal } from './refusal.ts'

/** `location` of the error body: path parameters are `url`. */
export type Location = 'url' | 'query' | 'body'

/** Chinese names of fields as WeChat's messages print them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  '/amount/total': '总金额',
  '/amount/currency': '货币类型',
  '/description': '商品描述',
  '/notify_url': '通知地址',
  '/out_trade_no': '商户订单号',
  '/payer/openid': '用户标识',
}
const SHOWN_MAX = 200

/**
 * Validates one part of a request against its declaration.
 * @throws Refusal 400 PARAM_ERROR, worded as WeChat words it
 */
export function validate(schema: Schema, given: unknown, location: Location): unknown {
  const result = v.safeParse(schema, given)
  if (result.success) return result.output
  const [issue] = result.issues
  const keys = (issue.path ?? []).map(({ key }) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))
  const pointer = `/${keys.join('/')}`
  const { message, issue: text } = wording(issue, `/${location}${pointer}`, FIELD_NAMES[pointer] ?? pointer.slice(1))
  const value = show(issue.path?.at(-1)?.value ?? null)
  throw new Refusal(400, 'PARAM_ERROR', message, {
    field: location === 'body' ? pointer : keys.join('.'),
    value,
    issue: text,
    location,
  })
}

/** The sentence about 总金额 is WeChat's own; the others are DERIVED from it. */
function wording(issue: v.BaseIssue<unknown>, source: string, name: string) {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return { message: `参数中含有非法的额外参数：${name}`, issue: 'is not a member of this request' }
  }
  if (issue.input === undefined) {
    return { message: `输入源“${source}”映射到字段“${name}”必填性规则校验失败，此字段为必填项`, issue: 'is required' }
  }
  const rule =
    issue.type === 'min_value'
      ? `映射到数值字段“${name}”规则校验失败，值低于最小值 ${String(issue.requirement)}`
      : `映射到字段“${name}”规则校验失败，${issue.message}`
  return { message: `输入源“${source}”${rule}`, issue: issue.message }
}

function show(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null'
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : value
}
