import type { StoredService } from './stored.ts'

/** The service with which a merchant begins: permission given, enrolled, with maxima of our choice. */
export const makeService = (mchid: string): StoredService => ({
  mchid,
  serviceId: `2002000000000${mchid}00001`,
  name: '课程计划',
  hasPlanPermission: true,
  isEnrolled: true,
  planMaxDays: 365,
  planMaxDeductions: 50,
})
