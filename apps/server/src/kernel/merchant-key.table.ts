export interface MerchantKeyTable {
  id: string
  /** Who answers for what the key does. */
  person: string
  /** Tells keys of one person apart. */
  name: string
  /** Never the key itself: who reads the table cannot use it. */
  key_sha256: Buffer
  scopes: string[]
  created_at: Date
  created_by: string
  expires_at: Date | null
  revoked_at: Date | null
  /** To the minute. */
  last_used_at: Date | null
}
