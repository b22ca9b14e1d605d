import type { OutputOf, ParsedInputOf, Route } from '@shouyin/contracts/route'
import type { Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Ctx, MerchantCtx, RequestInfo, ShopperCtx } from '../context.ts'
import { AppError } from '../errors.ts'
import { type Access, accessOf, callerOf, type Identify } from './callers.ts'
import { readIdempotencyKey, readInput } from './input.ts'
import { answerProblem } from './problem.ts'
import type { HttpEnv } from './server.ts'

/** One function per route of a contracts module: a missing verb or a wrong answer does not compile. */
export type Verbs<M, C> = {
  readonly [K in keyof M as M[K] extends Route ? K : never]: (
    ctx: C,
    input: ParsedInputOf<M[K]>,
  ) => Promise<OutputOf<M[K]>>
}

export interface Routing<C extends Ctx = Ctx> {
  /** Routes that anybody may call. */
  open<M extends object>(module: M, verbs: Verbs<M, C & RequestInfo>): void
  /** Routes that need a session. */
  shopper<M extends object>(module: M, verbs: Verbs<M, C & ShopperCtx & RequestInfo>): void
  /** Routes that need a merchant key with the scope of the route. */
  merchant<M extends object>(module: M, verbs: Verbs<M, C & MerchantCtx & RequestInfo>): void
  /** All that was mounted so far. */
  readonly routes: readonly Route[]
}

type AnyVerb = (ctx: unknown, input: unknown) => Promise<unknown>

/** Serves routes as they are declared: strict on the way in, stripped on the way out. */
export function createRouting<C extends Ctx>(app: Hono<HttpEnv>, ctx: C, identify: Identify): Routing<C> {
  const routes: Route[] = []
  const mount = (module: object, verbs: object, access: Access) => {
    for (const [name, route] of Object.entries(module).filter(isRouteEntry)) {
      if (accessOf(route) !== access) throw new TypeError(`${name} is mounted with another access`)
      const verb = Reflect.get(verbs, name) as AnyVerb
      const operation = `${route.method} ${route.path}`
      app.on(route.method, route.path, async (c) => {
        c.set('operation', operation)
        try {
          const caller = await callerOf(c, route, identify)
          return await answer(c, route, (info, input) => verb({ ...ctx, ...info, ...caller }, input))
        } catch (error) {
          return answerProblem(c, error, ctx.log, route.errors)
        }
      })
      routes.push(route)
    }
  }
  return {
    open: (module, verbs) => mount(module, verbs, 'open'),
    shopper: (module, verbs) => mount(module, verbs, 'shopper'),
    merchant: (module, verbs) => mount(module, verbs, 'merchant'),
    routes,
  }
}

async function answer(
  c: Context<HttpEnv>,
  route: Route,
  run: (info: RequestInfo, input: unknown) => Promise<unknown>,
): Promise<Response> {
  const idempotencyKey = route.idempotent ? readIdempotencyKey(c.req) : undefined
  const { requestId, operation } = c.var
  const output = await run({ requestId, operation, idempotencyKey }, await readInput(c.req, route))
  return c.json(v.parse(route.output, output) as object, route.status ?? 200)
}

/** After all routes: other methods of their paths are 405 with Allow, other paths 404. */
export function mountFallbacks(app: Hono<HttpEnv>, { log }: Ctx): void {
  const methods = new Map<string, Set<string>>()
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue
    const known = methods.get(path) ?? new Set()
    methods.set(path, known.add(method))
    if (method === 'GET') known.add('HEAD')
  }
  for (const [path, known] of methods) {
    app.all(path, (c) => {
      c.header('Allow', [...known].sort().join(', '))
      throw new AppError('METHOD_NOT_ALLOWED', `${c.req.method} is not possible here; see the Allow header`)
    })
  }
  // Not thrown: that would pass by the headers that every answer gets.
  app.notFound((c) => answerProblem(c, new AppError('NOT_FOUND', 'there is nothing at this path; see /docs'), log))
}

const isRouteEntry = (entry: [string, unknown]): entry is [string, Route] => {
  const [, value] = entry
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'input' in value
}
