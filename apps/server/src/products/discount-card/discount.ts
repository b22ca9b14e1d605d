import type { FindDiscount } from '../../kernel/discount.ts'

/** To be written by the owner of the records. */
export const findDiscount: FindDiscount = async () => undefined
