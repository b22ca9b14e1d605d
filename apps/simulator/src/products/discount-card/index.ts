import type { World } from '../../kernel/world.ts'
import { resumeCards } from './model/ending.ts'
import { resumeDeductions } from './user/deduct.ts'

export { handlers } from './handlers/index.ts'

/** After a restart: times and deductions go on. */
export function resumeDiscountCards(world: World): void {
  resumeCards(world)
  resumeDeductions(world)
}
