const FROM_MINI_PROGRAM = 1038

/**
 * Whether the app was returned to from a mini-program of WeChat's: on Android the scene may be another, and in some
 * versions there is no referrer.
 */
export const isReturn = (appId: string, shown: { scene?: number; referrerInfo?: { appId?: string } }): boolean =>
  shown.referrerInfo?.appId === undefined ? shown.scene === FROM_MINI_PROGRAM : shown.referrerInfo.appId === appId
