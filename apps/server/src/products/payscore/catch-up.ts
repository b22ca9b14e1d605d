import type { Ctx } from '../../kernel/context.ts'
import { catchUpLessons } from './lessons/catch-up.ts'
import { catchUpPlans } from './plans/catch-up.ts'
import { catchUpSignPlans } from './sign-plans/catch-up.ts'

/**
 * The second net: asks WeChat Pay about all that is due. Several processes may sweep at once; a crash only delays, because
 * what is claimed comes due again.
 * @returns how much it looked at; call again until 0
 */
export async function catchUp(ctx: Ctx): Promise<number> {
  return (await catchUpPlans(ctx)) + (await catchUpSignPlans(ctx)) + (await catchUpLessons(ctx))
}
