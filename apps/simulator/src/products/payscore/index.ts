import type { World } from '../../kernel/world.ts'
import { resumeTerms } from './model/term.ts'
import { resumeDeductions } from './user/deduct.ts'

export { handlers } from './handlers/index.ts'

/** After a restart: terms and deductions go on. */
export function resumePayScore(world: World): void {
  resumeTerms(world)
  resumeDeductions(world)
}
