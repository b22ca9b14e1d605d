/** What a merchant key may do. */
export const scopes = [
  'orders:read',
  'orders:write',
  'refunds:read',
  'refunds:write',
  'refunds:approve',
  'books:read',
  'books:write',
  'plans:read',
  'plans:write',
  'cards:read',
  'cards:write',
  'audit:read',
] as const
export type Scope = (typeof scopes)[number]
