import { bodySection, visibleText } from './bodies.js'
import { badge, copyButton, facts, h } from './dom.js'
import { dateTime, statusTone, timeOfDay, VERDICTS } from './format.js'
import { listOf } from './list.js'

/** The explanation in a word where there is one, else the simulator's reason. */
const whyNot = ({ reason, diagnosis }) => diagnosis?.mistake ?? diagnosis?.verdict ?? reason ?? 'not verified'

const check = (item) =>
  item.verified
    ? h('span', { class: 'good' }, '✓ verified')
    : h('span', { class: 'bad', title: item.reason }, `✗ ${whyNot(item)}`)

const answer = ({ status, code }) =>
  h('span', { class: code ? 'bad' : statusTone(status) }, status === null ? 'no answer' : `${status} ${code ?? ''}`)

/** The end of a path tells requests apart, so it is what stays when there is no room. */
function pathOf({ method, path }) {
  const cut = path.lastIndexOf('/', path.endsWith('/close') ? path.length - 7 : path.length)
  const parts = [h('span', { class: 'head' }, path.slice(0, cut)), h('span', {}, path.slice(cut))]
  return h('span', { class: 'path', title: `${method} ${path}` }, h('b', {}, method), ...parts)
}

const faultMark = ({ fault }) =>
  fault ? h('span', { class: 'warn', role: 'img', title: fault, 'aria-label': `fault ${fault}` }, '⚡ ') : null

export function requestList() {
  listOf({
    kind: 'request',
    into: 'requests',
    columns: [
      { title: 'Time', class: 'time', width: '84', cell: (item) => timeOfDay(item.at) },
      { title: 'Request', class: 'mono', cell: pathOf },
      { title: 'Signature', width: '156', cell: check },
      {
        title: 'Answer',
        width: '176',
        cell: (item) => h('span', {}, ...[faultMark(item), answer(item)].filter(Boolean)),
      },
    ],
    label: (item) => `${item.method} ${item.path}, ${item.verified ? 'verified' : `not verified: ${whyNot(item)}`}`,
    empty: () => [
      h('p', {}, 'No request yet. Give your backend this base URL, or let curl make an unsigned one:'),
      h('pre', {}, `curl -i ${location.origin}/v3/certificates`),
    ],
  })
}

function digests({ expectedDigest, recoveredDigest }) {
  return facts([
    ['expected', h('code', {}, expectedDigest)],
    ['recovered', recoveredDigest ? h('code', {}, recoveredDigest) : 'none: it does not open with the merchant’s key'],
  ])
}

/** Why the signature is not right, and what to do. */
function explanation(diagnosis) {
  const { verdict, mistake, remedy, expectedMessage } = diagnosis
  return h(
    'section',
    { class: 'callout', 'aria-label': 'Why the signature does not verify' },
    h('h4', {}, VERDICTS[verdict] ?? verdict),
    mistake ? h('p', {}, badge(mistake, 'bad')) : null,
    h('p', {}, remedy),
    h('h4', {}, 'Message to sign', copyButton(expectedMessage, 'the expected message')),
    visibleText(expectedMessage),
    h('h4', {}, 'SHA-256'),
    digests(diagnosis),
  )
}

export function requestDetails(item) {
  return [
    h('h3', { class: 'mono' }, `${item.method} ${item.path}`),
    facts([
      ['signature', check(item)],
      ['reason', item.reason],
      ['answer', answer(item)],
      ['fault', item.fault ? badge(item.fault, 'warn') : null],
      ['mchid', item.mchid],
      ['at', dateTime(item.at)],
      ['Request-ID', item.requestId ? h('code', {}, item.requestId) : null],
    ]),
    item.diagnosis && !item.verified ? explanation(item.diagnosis) : null,
    ...bodySection('Request body', item.requestBody),
    ...bodySection('Response body', item.responseBody),
  ]
}
