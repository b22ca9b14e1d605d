/** Writes docs/endpoints.md from the declarations in wechatpay-core; `node scripts/docs/endpoints.ts`. */
import { writeFileSync } from 'node:fs'
import { commonErrors, type Endpoint, type ErrorCase } from '../../packages/wechatpay-core/src/contract/index.ts'
import * as openApi from '../../packages/wechatpay-core/src/open-api/index.ts'
import { allEndpoints } from '../../packages/wechatpay-core/src/products/endpoints.ts'
import { allNotifications } from '../../packages/wechatpay-core/src/products/notifications.ts'

const all = allEndpoints.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const openApiEndpoints: readonly openApi.OpenApiEndpoint[] = [
  openApi.loginEndpoint,
  openApi.stableTokenEndpoint,
  openApi.uploadShippingInfoEndpoint,
  openApi.getShippingOrderEndpoint,
  openApi.isTradeManagedEndpoint,
]

const formatErrcodes = ({ errors }: openApi.OpenApiEndpoint) =>
  errors.map(({ errcode, outcome }) => `${errcode}${outcome === 'unknown' ? '\u00a0?' : ''}`).join(', ')

const format = (errors: readonly ErrorCase[]) =>
  errors.map((e) => `${e.status}\u00a0${e.code}${e.outcome === 'unknown' ? '\u00a0?' : ''}`).join(', ')

const own = (endpoint: Endpoint) => endpoint.errors.filter((e) => !commonErrors.some((c) => c === e))

/** What of it is not a signed JSON answer to a plain JSON body. */
const special = ({ stream, encrypted = [] }: Endpoint) =>
  [stream && 'an unsigned file, by `download`', ...encrypted.map((name) => `\`${name}\` encrypted`)]
    .filter(Boolean)
    .join(', ')

export function endpointsDocument(): string {
  const rows = all.map(
    (e) => `| [\`${e.id}\`](${e.doc}) | ${e.method} | \`${e.url}\` | ${special(e)} | ${format(own(e))} |`,
  )
  const events = allNotifications.map(
    (n) =>
      `| [\`${n.id}\`](${n.doc}) | ${n.eventType} | ${n.ladder.length} within ${(n.ladder.reduce((a, b) => a + b, 0) / 60).toFixed(0)} min |`,
  )
  const openApiRows = openApiEndpoints.map(
    (e) => `| [\`${e.id}\`](${e.doc}) | ${e.method} | \`${e.url}\` | ${formatErrcodes(e)} |`,
  )
  return `# Endpoints and notifications

Made from the declarations in \`packages/wechatpay-core\`; do not edit. An error marked \`?\` has an unknown outcome: the call
may have taken effect, so query. So has everything that is not listed. Every endpoint declares besides its own:
${format(commonErrors)}.

| endpoint | method | path | special | its own errors |
|---|---|---|---|---|
${rows.join('\n')}

On api.weixin.qq.com, where an answer is 200 with an \`errcode\` ([what each means](errors.md)):

| operation | method | path | errcodes |
|---|---|---|---|
${openApiRows.join('\n')}

| notification | event type | re-sends |
|---|---|---|
${events.join('\n')}
`
}

if (import.meta.main) writeFileSync(new URL('../../docs/endpoints.md', import.meta.url), endpointsDocument())
