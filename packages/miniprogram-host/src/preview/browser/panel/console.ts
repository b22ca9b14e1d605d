import { make, makeButton } from '../dom.ts'

const LINES_MAX = 300

/** What the app logs, and what it did not catch. */
export function drawConsole() {
  const list = make('ol', { class: 'panel-console' })
  const body = make('div', {}, [list, makeButton({}, 'Clear', () => list.replaceChildren())])
  const count = new Map<string, number>()
  return {
    title: 'Console',
    body,
    add: (type: string, args: readonly unknown[]) => {
      const text = plain(args)
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
        .join(' ')
      const last = list.firstElementChild
      if (last instanceof HTMLElement && last.dataset.text === `${type} ${text}`) {
        const times = (count.get(text) ?? 1) + 1
        count.set(text, times)
        last.dataset.times = String(times)
        return
      }
      count.set(text, 1)
      list.prepend(make('li', { 'data-type': type, 'data-text': `${type} ${text}` }, [text]))
      while (list.children.length > LINES_MAX) list.lastElementChild?.remove()
    },
  }
}

/** `%c` colours a text in a browser's console: here its marks and styles are left out. */
function plain(args: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = args
  if (typeof first !== 'string' || !first.includes('%c')) return args
  const count = first.split('%c').length - 1
  return [first.replaceAll('%c', ''), ...rest.slice(count)]
}
