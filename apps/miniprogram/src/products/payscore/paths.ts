import { goodsOf } from '../../shared/paths.ts'

/** Pages that only those of this product lead to: no word of them is in the main package. */
export const planPath = (id: string) => `/products/payscore/pages/plan/index?id=${encodeURIComponent(id)}`
export const coursePath = (id: string) => `/products/payscore/pages/course/index?id=${encodeURIComponent(id)}`
/** As {@link goodsOf}; in a code's scene, which takes 32 characters, the id stands without its dashes. */
export const planOf = (query: { id?: string; scene?: string }): string =>
  goodsOf(query).replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, '$1-$2-$3-$4-$5')
