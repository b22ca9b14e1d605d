import { readFileSync } from 'node:fs'

/**
 * Known answers that WeChat Pay and the authors of SDKs have published, with the throw-away keys published beside them.
 * The origin of each is in its `source` member.
 */
export const vectors: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'),
)
