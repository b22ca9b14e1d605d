import type { Check } from '../context.ts'
import { checkApiV3Key } from './api-v3-key.ts'
import { checkAppSecret } from './app-secret.ts'
import { checkClock } from './clock.ts'
import { checkDatabase } from './database.ts'
import { checkExpiry } from './expiry.ts'
import { checkMerchantCertificate } from './merchant-certificate.ts'
import { checkMerchantKey } from './merchant-key.ts'
import { checkNotifyUrl } from './notify-url.ts'
import { checkOrder } from './order.ts'
import { checkPayScore } from './pay-score.ts'
import { checkPlatformKey } from './platform-key.ts'
import { checkProbe } from './probe.ts'

/** In this order: the clock and the platform key are judged by what the calls before them have shown. */
export const checks: readonly Check[] = [
  checkDatabase,
  checkMerchantCertificate,
  checkMerchantKey,
  checkClock,
  checkApiV3Key,
  checkExpiry,
  checkOrder,
  checkPayScore,
  checkPlatformKey,
  checkAppSecret,
  checkNotifyUrl,
  checkProbe,
]
