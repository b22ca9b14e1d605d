import { control, controlUrl } from './api.js'

const KEPT_MAX = 500

/** What is kept here, and what tells its items apart. */
const kinds = {
  request: { path: 'requests', idOf: (item) => item.id, oldestFirst: true },
  transaction: { path: 'transactions', idOf: (item) => `${item.mchid} ${item.outTradeNo}`, oldestFirst: false },
  refund: { path: 'refunds', idOf: (item) => `${item.mchid} ${item.outRefundNo}`, oldestFirst: false },
  notification: { path: 'notifications', idOf: (item) => item.id, oldestFirst: true },
  'payscore-plan': {
    path: 'payscore/plans',
    list: 'plans',
    idOf: (item) => `${item.mchid} ${item.merchantPlanNo}`,
    oldestFirst: false,
  },
  'payscore-sign-plan': {
    path: 'payscore/sign-plans',
    list: 'signPlans',
    idOf: (item) => `${item.mchid} ${item.merchantSignPlanNo}`,
    oldestFirst: false,
  },
  'payscore-order': {
    path: 'payscore/orders',
    list: 'orders',
    idOf: (item) => `${item.mchid} ${item.outOrderNo}`,
    oldestFirst: false,
  },
  'card-template': {
    path: 'discount-card/templates',
    list: 'templates',
    idOf: (item) => `${item.mchid} ${item.cardTemplateId}`,
    oldestFirst: false,
  },
  card: {
    path: 'discount-card/cards',
    list: 'cards',
    idOf: (item) => `${item.mchid} ${item.outCardCode}`,
    oldestFirst: false,
  },
}

/** Each kind's items by id, newest first. */
const items = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, new Map()]))
const listeners = new Set()

export const all = (kind) => [...items[kind].values()]
export const idOf = (kind, item) => kinds[kind].idOf(item)
export const find = (kind, id) => items[kind].get(id)

/** Calls back after every change with `{ type, id? }`; a change without an id is of the whole list. */
export const onChange = (listener) => listeners.add(listener)
const changed = (change) => {
  for (const listener of listeners) listener(change)
}

export function put(kind, item) {
  const id = idOf(kind, item)
  const known = items[kind].has(id)
  const others = known ? items[kind] : new Map([[id, item], ...items[kind]].slice(0, KEPT_MAX))
  others.set(id, item)
  items[kind] = others
  changed({ type: kind, id })
}

async function load(kind) {
  const { path, list: name = path, oldestFirst } = kinds[kind]
  const answer = await control('GET', path)
  const list = oldestFirst ? answer[name].toReversed() : answer[name]
  items[kind] = new Map(list.slice(0, KEPT_MAX).map((item) => [idOf(kind, item), item]))
  changed({ type: kind })
}

const loadAll = () => Promise.all([...Object.keys(kinds).map(load), Promise.resolve(changed({ type: 'clock' }))])

/** Follows the world: all lists at first and after every break, then one event at a time. */
export function follow(setState) {
  const source = new EventSource(controlUrl('events'))
  const failed = () => setState('lost', 'simulator is away')
  source.onopen = () => {
    loadAll().then(() => setState('live', 'live'), failed)
  }
  source.onerror = failed
  source.onmessage = ({ data }) => {
    const { type, ...item } = JSON.parse(data)
    if (type === 'reset') loadAll().then(() => changed({ type }), failed)
    else if (type in kinds) put(type, item)
    else changed({ type })
  }
}
