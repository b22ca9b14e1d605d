/** One row per openid of an AppID. */
export interface WechatUserTable {
  id: string
  appid: string
  openid: string
  created_at: Date
}

export interface SessionTable {
  /** Never the token itself: who reads the table cannot log in with it. */
  token_sha256: Buffer
  user_id: string
  created_at: Date
  last_used_at: Date
}
