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
    inbox: new Gauge({
      name: 'shouyin_inbox_rows',
      help: 'Notifications that wait or that a person has to look at',
      labelNames: ['state'],
      registers,
    }),
    settled: new Gauge({
      name: 'shouyin_settled_last_hour',
      help: 'Movements recorded in the last hour, by how we learned of them',
      labelNames: ['source', 'kind', 'proof'],
      registers,
    }),
    unnotified: new Gauge({
      name: 'shouyin_payments_unnotified_last_hour',
      help: 'Payments recorded in the last hour whose notification did not come',
      labelNames: ['source'],
      registers,
    }),
    unreconciled: new Gauge({
      name: 'shouyin_unreconciled_fen',
      help: 'How much money the open differences between our books and the bills of WeChat Pay concern',
      registers,
    }),
    differences: new Gauge({
      name: 'shouyin_open_differences',
      help: 'Open differences between our books and the bills of WeChat Pay',
      registers,
    }),
    billsLate: new Gauge({
      name: 'shouyin_bills_late',
      help: 'Bills that are not reconciled though 14:00 of the day after has passed',
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
