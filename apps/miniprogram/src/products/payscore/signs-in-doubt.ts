import { createDoubts } from '../../shared/doubts.ts'
import { storage } from '../../shared/wechat.ts'

/** Plans of the shopper that may be signed without the server knowing it, by what was on sale. */
export const signsInDoubt = createDoubts(storage, 'signing')
