import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { OpenApiError } from '@shouyin/wechatpay-core/open-api'
import { sql } from 'kysely'
import type { Actor, Ctx, ServerCtx } from './context.ts'
import { assertNoTransaction, inTransaction } from './db.ts'
import { anyOf, DELETE_BATCH } from './delete-batch.ts'
import { AppError } from './errors.ts'

const DAY_MS = 86_400_000
const IDLE_MS = 7 * DAY_MS
const HARD_MS = 30 * DAY_MS
/** Use is noted this coarsely: not every request should write. */
const NOTE_USE_MS = 60_000
const RETRY_AFTER_SECONDS = 3
/** 40029 wrong, 40163 used, 40226 blocked: another code may do. All else is about us or WeChat. */
const CODE_REFUSED = new Set([40029, 40163, 40226])

/**
 * 登录: the code of `wx.login` for a session. The token is known to its owner only, we keep a hash; the session_key is
 * not kept at all.
 * @returns `expiresAt`: until then it is valid even when it is not used
 * @throws AppError LOGIN_CODE_INVALID, WECHAT_UNAVAILABLE
 */
export async function createSession(
  ctx: ServerCtx,
  { code }: { code: string },
): Promise<{ token: string; expiresAt: string }> {
  const openid = await askOpenid(ctx, code)
  const now = ctx.clock.now()
  const token = randomBytes(32).toString('base64url')
  await inTransaction(ctx.db, async (tx) => {
    const { appid } = ctx.config
    await tx
      .insertInto('wechat_user')
      .values({ id: randomUUIDv7(), appid, openid, created_at: now })
      .onConflict((oc) => oc.columns(['appid', 'openid']).doNothing())
      .execute()
    const user = await tx
      .selectFrom('wechat_user')
      .select('id')
      .where('appid', '=', appid)
      .where('openid', '=', openid)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('session')
      .values({ token_sha256: sha256(token), user_id: user.id, created_at: now, last_used_at: now })
      .execute()
  })
  return { token, expiresAt: new Date(now.getTime() + IDLE_MS).toISOString() }
}

async function askOpenid(ctx: ServerCtx, code: string): Promise<string> {
  assertNoTransaction()
  try {
    return (await ctx.openApi.login(code)).openid
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error
    const { errcode, outcome } = error
    if (errcode !== undefined && CODE_REFUSED.has(errcode)) {
      throw new AppError('LOGIN_CODE_INVALID', '登录凭证无效或已使用，请重新登录')
    }
    if (outcome === 'rejected') ctx.alarm('login_refused', { errcode })
    else ctx.log.warn({ errcode }, 'WeChat does not answer logins')
    throw new AppError('WECHAT_UNAVAILABLE', '微信登录暂时不可用，请稍后再试', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    })
  }
}

/** Whose token this is: 7 days unused or 30 days old, and it is nobody's. @throws AppError UNAUTHENTICATED */
export async function authenticate(ctx: Ctx, authorization: string | undefined): Promise<Actor> {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1]
  const session = token && (await findSession(ctx, sha256(token)))
  if (!session) throw new AppError('UNAUTHENTICATED', '请先登录')
  return { userId: session.user_id, appid: session.appid, openid: session.openid }
}

async function findSession({ db, clock }: Ctx, token_sha256: Buffer) {
  const now = clock.now()
  const session = await db
    .selectFrom('session')
    .innerJoin('wechat_user', 'wechat_user.id', 'session.user_id')
    .select(['session.user_id', 'wechat_user.appid', 'wechat_user.openid', 'session.last_used_at'])
    .where('token_sha256', '=', token_sha256)
    .where('last_used_at', '>', before(now, IDLE_MS))
    .where('session.created_at', '>', before(now, HARD_MS))
    .executeTakeFirst()
  if (session && session.last_used_at < before(now, NOTE_USE_MS)) {
    await db.updateTable('session').set({ last_used_at: now }).where('token_sha256', '=', token_sha256).execute()
  }
  return session
}

/** A batch of them. @returns how many sessions were over and are gone now; call again until 0 */
export async function deleteEndedSessions({ db, clock }: Ctx): Promise<number> {
  const now = clock.now()
  const ended = db
    .selectFrom('session')
    .select(sql`ctid`.as('ctid'))
    .where((eb) =>
      eb.or([eb('last_used_at', '<=', before(now, IDLE_MS)), eb('created_at', '<=', before(now, HARD_MS))]),
    )
    .limit(DELETE_BATCH)
    .forUpdate()
    .skipLocked()
  const { numDeletedRows } = await db.deleteFrom('session').where(anyOf(ended)).executeTakeFirst()
  return Number(numDeletedRows)
}

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms)
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
