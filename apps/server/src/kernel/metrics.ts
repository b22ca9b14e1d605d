import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What the server counts. One registry per app: two apps in one process do not share numbers. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'shouyin_http_request_seconds',
      help: 'Requests answered, by route template',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    wechatCalls: new Histogram({
      name: 'shouyin_wechat_call_seconds',
      help: 'Calls to WeChat Pay with all their tries',
      labelNames: ['endpoint', 'result'],
      buckets: SECONDS,
      registers,
    }),
    verifications: new Counter({
      name: 'shouyin_wechat_verifications_total',
      help: 'Signatures of WeChat Pay checked; PROBE is its own test traffic',
      labelNames: ['source', 'result'],
      registers,
    }),
    notifications: new Counter({
      name: 'shouyin_notifications_total',
      help: 'Notifications received, by what became of them',
      labelNames: ['result'],
      registers,
    }),
    merchantKeys: new Counter({
      name: 'shouyin_merchant_authentications_total',
      help: 'Merchant keys that were shown, by what was found; many that are unknown: somebody tries keys',
      labelNames: ['result'],
      registers,
    }),
    appReports: new Counter({
      name: 'shouyin_app_reports_total',
      help: 'What mini-programs report: errors, and requests that were slow or had no answer',
      labelNames: ['kind', 'code'],
      registers,
    }),
    appSlowRequests: new Histogram({
      name: 'shouyin_app_slow_request_seconds',
      help: 'Requests that took 3 s and more as seen from the phone, of those who report them',
      buckets: [4, 6, 8, 10, 15],
      registers,
    }),
    rateLimited: new Counter({
      name: 'shouyin_wechat_rate_limited_total',
      help: 'Calls that WeChat Pay refused for their frequency, 429',
      labelNames: ['endpoint'],
      registers,
    }),
    clockSkew: new Gauge({
      name: 'shouyin_clock_skew_seconds',
      help: "WeChat's clock minus ours, as of its last answer",
      registers,
    }),
    certificateExpiry: new Gauge({
      name: 'shouyin_certificate_expires_timestamp_seconds',
      help: 'When a certificate ends; known for those whose file is given',
      labelNames: ['certificate'],
      registers,
    }),
    dbWait: new Histogram({
      name: 'shouyin_db_wait_seconds',
      help: 'Waits for a connection of the pool',
      buckets: SECONDS,
      registers,
    }),
    alarms: new Counter({
      name: 'shouyin_alarms_total',
      help: 'What a person has to look at',
      labelNames: ['kind'],
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
