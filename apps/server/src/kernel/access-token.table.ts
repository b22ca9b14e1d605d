import type { Selectable } from 'kysely'

export interface AccessTokenTable {
  appid: string
  token: string | null
  expires_at: Date | null
  refreshing_until: Date | null
}

export type AccessTokenRow = Selectable<AccessTokenTable>
