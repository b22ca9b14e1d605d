import { setTimeout as delay } from 'node:timers/promises'
import { OpenApiError } from '@shouyin/wechatpay-core/open-api'
import type { Updateable } from 'kysely'
import type { AccessTokenRow, AccessTokenTable } from './access-token.table.ts'
import type { ServerCtx } from './context.ts'
import { inTransaction } from './db.ts'

type TokenCtx = Pick<ServerCtx, 'db' | 'clock' | 'openApi' | 'config' | 'log'>

/** WeChat renews in the last 5 minutes; the old one stays good as long. */
const RENEW_BEFORE_MS = 300_000
/** Longer than two calls to WeChat: when it is over, whoever was asking is gone. */
const REFRESHING_MS = 20_000
const PATIENCE_MS = 15_000
const POLL_MS = 50

const refusals = new Set(['TOKEN_INVALID', 'TOKEN_MALFORMED', 'TOKEN_MISSING', 'TOKEN_EXPIRED'])

/**
 * Calls api.weixin.qq.com with the token that all processes share. One that WeChat takes no more is replaced, and the
 * call made again, once: the refused one did nothing.
 * @throws OpenApiError of the call, or of the token
 */
export async function withAccessToken<T>(ctx: TokenCtx, call: (accessToken: string) => Promise<T>): Promise<T> {
  const accessToken = await getAccessToken(ctx)
  try {
    return await call(accessToken)
  } catch (error) {
    if (!(error instanceof OpenApiError && refusals.has(error.reason ?? ''))) throw error
    ctx.log.warn({ errcode: error.errcode }, 'the access token is refused, another one is fetched')
    return call(await getAccessToken(ctx, accessToken))
  }
}

type Turn =
  | { readonly kind: 'ready'; readonly token: string }
  | { readonly kind: 'refresh'; readonly until: Date; readonly old: string | undefined }
  | { readonly kind: 'wait' }

/** @param refused what WeChat takes no more */
async function getAccessToken(ctx: TokenCtx, refused?: string): Promise<string> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (!patience.aborted) {
    const turn = await takeTurn(ctx, refused)
    if (turn.kind === 'ready') return turn.token
    if (turn.kind === 'refresh') return refresh(ctx, turn, refused)
    await delay(POLL_MS)
  }
  throw new OpenApiError('no access token: another process is asking for one', { outcome: 'unknown' })
}

/** Of all who want another token, one asks WeChat; who only wants to read locks nothing. */
async function takeTurn({ db, clock, config }: TokenCtx, refused: string | undefined): Promise<Turn> {
  const { appid } = config
  const now = clock.now()
  const row = await db.selectFrom('access_token').selectAll().where('appid', '=', appid).executeTakeFirst()
  const seen = row && judge(row, refused, now)
  if (seen && seen.kind !== 'stale') return seen
  return inTransaction(db, async (tx) => {
    const create = tx.insertInto('access_token').values({ appid })
    await create.onConflict((oc) => oc.doNothing()).execute()
    const read = tx.selectFrom('access_token').selectAll().where('appid', '=', appid)
    const found = judge(await read.forUpdate().executeTakeFirstOrThrow(), refused, now)
    if (found.kind !== 'stale') return found
    const until = new Date(now.getTime() + REFRESHING_MS)
    await tx.updateTable('access_token').set({ refreshing_until: until }).where('appid', '=', appid).execute()
    return { kind: 'refresh', until, old: found.old }
  })
}

type Judged = Extract<Turn, { kind: 'ready' | 'wait' }> | { readonly kind: 'stale'; readonly old: string | undefined }

/** Near its end a token is still good for those who come while another one is fetched. */
function judge(row: AccessTokenRow, refused: string | undefined, now: Date): Judged {
  const { token, expires_at, refreshing_until } = row
  const restMs = (expires_at?.getTime() ?? 0) - now.getTime()
  const good = token !== null && token !== refused && restMs > 0 ? token : undefined
  if (good !== undefined && restMs > RENEW_BEFORE_MS) return { kind: 'ready', token: good }
  if (refreshing_until === null || refreshing_until <= now) return { kind: 'stale', old: good }
  return good === undefined ? { kind: 'wait' } : { kind: 'ready', token: good }
}

/** The old one, if there is any, is better than no answer; then nobody asks again before this turn is over. */
async function refresh(
  ctx: TokenCtx,
  { until, old }: Extract<Turn, { kind: 'refresh' }>,
  refused: string | undefined,
): Promise<string> {
  const now = ctx.clock.now()
  let end: Updateable<AccessTokenTable> = { refreshing_until: old === undefined ? null : until }
  try {
    let given = await ctx.openApi.stableToken()
    // Nobody has replaced it, and yet it is refused.
    if (given.accessToken === refused) given = await ctx.openApi.stableToken({ forceRefresh: true })
    const { accessToken: token, expiresInSeconds } = given
    end = { refreshing_until: null, token, expires_at: new Date(now.getTime() + expiresInSeconds * 1000) }
    return token
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error
    ctx.log.warn({ errcode: error.errcode, outcome: error.outcome }, 'no new access token')
    if (old === undefined) throw error
    return old
  } finally {
    await ctx.db
      .updateTable('access_token')
      .set(end)
      .where('appid', '=', ctx.config.appid)
      .where('refreshing_until', '=', until)
      .execute()
  }
}
