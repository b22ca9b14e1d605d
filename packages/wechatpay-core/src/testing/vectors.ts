import { readFileSync } from 'node:fs'

type Vector = Readonly<Record<string, string>>

const file: Readonly<Record<string, Vector>> = JSON.parse(
  readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'),
)

/**
 * A published known answer by its id: A from WeChat Pay's documents, B and C from its Go and Java libraries, D from
 * wechatpay-axios-plugin, S from SKIT.FlurlHttpClient.Wechat. The private keys were published for testing.
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
