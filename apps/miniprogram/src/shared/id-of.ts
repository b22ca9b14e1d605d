import { goodsOf } from './paths.ts'

/** As {@link goodsOf}; in a code's scene, which takes 32 characters, a UUID stands without its dashes. */
export const idOf = (query: { id?: string; scene?: string }): string =>
  goodsOf(query).replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, '$1-$2-$3-$4-$5')
