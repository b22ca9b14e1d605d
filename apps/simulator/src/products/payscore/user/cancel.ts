import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { moveSignPlan } from '../model/moves.ts'
import { notifyCancelled } from '../notify.ts'

/**
 * The user ends what he signed; `REVOKE_SERVICE`: by taking the whole service back. A service order that exists is
 * completed or cancelled as usual. @returns false when it is not signed (any more)
 */
export function cancel(
  world: World,
  signPlan: StoredSignPlan,
  cancelType: 'USER' | 'REVOKE_SERVICE' = 'USER',
): boolean {
  // What nobody has signed only its merchant can end, although the table of states has that move.
  if (signPlan.state !== 'SIGNED') return false
  moveSignPlan(world, signPlan, 'SIGN_PLAN_CANCEL', { cancelType, cancelledAtMs: world.clock.nowMs() })
  notifyCancelled(world, signPlan)
  return true
}
