import { readFileSync } from 'node:fs'

type Vector = Readonly<Record<string, string>>

const file: Readonly<Record<string, Vector>> = JSON.parse(
  readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'),
)

/**
 * A published known answer by its id: A from WeChat Pay's documents, B and C from its Go and Java libraries, D from
 * wechatpay-axios-plugin, S from SKIT.FlurlHttpClient.Wechat, H1 from the pages of APIv2. The private keys were published
 * for testing. H2 and H3 are the members that the Pay Score pages print, signed with the key of H1: their own `sign` is
 * shortened and says nothing.
 * Members that read "see A1" are replaced by what they point to.
 */
export function vector(id: string): Vector {
  const entry = file[id]
  if (!entry) throw new RangeError(`no vector ${id}`)
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => {
      const other = /^see (\w+)$/.exec(value)?.[1]
      return [name, other === undefined ? value : member(other, name)]
    }),
  )
}

/** One member of a vector, which has to be there. */
export function member(id: string, name: string): string {
  const value = file[id]?.[name]
  if (value === undefined) throw new RangeError(`vector ${id} has no ${name}`)
  return value
}
