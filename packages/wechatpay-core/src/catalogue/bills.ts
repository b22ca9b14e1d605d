import type { Entry } from './entry.ts'

const doc = 'https://pay.weixin.qq.com/doc/v3/merchant/4013071254'

/** 账单. */
export const bills: readonly Entry[] = [
  {
    id: 'no-statement-exist',
    where: 'api',
    match: { code: 'NO_STATEMENT_EXIST' },
    cause: 'Nothing was traded on that day, or nothing moved on that account.',
    remedy: 'Nothing to do: an empty day.',
    doc,
    basis: 'official',
  },
  {
    id: 'statement-creating',
    where: 'api',
    match: { code: 'STATEMENT_CREATING' },
    cause: 'The bill is still being made; that begins at 9:00 of the next day.',
    remedy: 'Ask again after 10:00 (Asia/Shanghai), then every 30 minutes.',
    doc,
    basis: 'official',
  },
]
