/** What a merchant key may do. */
export const scopes = [
  'orders:read',
  'refunds:read',
  'refunds:write',
  'refunds:approve',
  'books:read',
  'books:write',
  'plans:read',
  'plans:write',
  'audit:read',
] as const
export type Scope = (typeof scopes)[number]
