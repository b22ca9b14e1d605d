import { createDoubts } from '../../shared/doubts.ts'
import { storage } from '../../shared/wechat.ts'

/** Cards that the shopper may hold without the server knowing it, by what was on offer. */
export const takesInDoubt = createDoubts(storage, 'taking')
