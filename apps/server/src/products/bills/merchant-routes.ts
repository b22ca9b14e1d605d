import { books } from '@shouyin/contracts/merchant'
import type { Routing } from '../../kernel/http/routing.ts'
import { listBillDays } from './list-bill-days.ts'
import { listDifferences } from './list-differences.ts'
import { resolveDifference } from './resolve-difference.ts'

export function mountBooks(routing: Routing): void {
  routing.merchant(books, { listBillDays, listDifferences, resolveDifference })
}
