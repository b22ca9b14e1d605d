import { byId, h } from './dom.js'
import { matches } from './format.js'
import { all, find, idOf, onChange } from './store.js'

const selection = { kind: null, id: null }
const selectListeners = new Set()
const redraws = new Set()
let search = ''

export const onSelect = (listener) => selectListeners.add(listener)

export function select(kind, id) {
  Object.assign(selection, { kind, id })
  for (const row of document.querySelectorAll('tbody tr')) {
    row.setAttribute('aria-selected', String(row.dataset.kind === kind && row.dataset.id === id))
  }
  for (const listener of selectListeners) listener(kind, id)
}

/** Filters every list. */
export function setSearch(text) {
  search = text
  for (const redraw of redraws) redraw()
}

/** A button that leaves only what names this. */
export function onlyButton(text, name) {
  const filter = () => {
    byId('search').value = text
    setSearch(text)
  }
  return h('button', { type: 'button', class: 'small', onclick: filter }, name)
}

/** Arrow keys walk the rows, Enter and the space bar open one. */
function onKey(event) {
  const row = event.target
  if (row.tagName !== 'TR') return
  const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key]
  if (next) next.focus()
  else if (event.key === 'Enter' || event.key === ' ') row.click()
  else return
  event.preventDefault()
}

/**
 * A table of one kind of item. Rows are replaced one by one, so that focus and scrolling stay where they are.
 * @param {{ kind: string, into: string, columns: { title: string, class?: string, width?: string, cell: Function }[],
 *   label: (item: any) => string, empty: () => Node[] }} options
 */
export function listOf({ kind, into, columns, label, empty }) {
  const place = byId(into)
  const body = h('tbody', { onkeydown: onKey })
  const head = columns.map(({ title, width, class: name }) =>
    h('th', { scope: 'col', class: name, ...(width ? { width } : {}) }, title),
  )
  const table = h('table', { role: 'grid' }, h('thead', {}, h('tr', {}, head)), body)
  const note = h('div', { class: 'empty' })
  place.append(table, note)

  const rowOf = (item) => {
    const id = idOf(kind, item)
    const cells = columns.map(({ cell, class: name }) => h('td', { class: name }, cell(item)))
    const selected = selection.kind === kind && selection.id === id
    const shown = { 'data-kind': kind, 'data-id': id, 'aria-selected': selected, 'aria-label': label(item) }
    return h('tr', { tabindex: 0, ...shown, onclick: () => select(kind, id) }, cells)
  }
  const drawNotes = () => {
    const total = all(kind).length
    const shown = body.rows.length
    byId(`${into}-count`).textContent = shown === total ? String(total) : `${shown} of ${total}`
    const nothing = total === 0 ? empty() : [h('p', {}, `Nothing here contains “${search}”.`)]
    note.replaceChildren(...(shown === 0 ? nothing : []))
  }
  const drawAll = () => {
    const fitting = all(kind).filter((item) => matches(item, search))
    body.replaceChildren(...fitting.map(rowOf))
    drawNotes()
  }
  const drawOne = (id) => {
    const item = find(kind, id)
    const old = [...body.rows].find((row) => row.dataset.id === id)
    const row = matches(item, search) ? rowOf(item) : null
    if (old && row) swap(old, row)
    else if (old) old.remove()
    else if (row) body.prepend(row)
    drawNotes()
  }
  redraws.add(drawAll)
  onChange(({ type, id }) => {
    if (type === kind) id === undefined ? drawAll() : drawOne(id)
  })
  drawAll()
}

function swap(old, row) {
  const focused = old.contains(document.activeElement)
  old.replaceWith(row)
  if (focused) row.focus()
}
