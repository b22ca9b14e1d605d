import { copyButton, h } from './dom.js'
import { prettyBody, visibleLines } from './format.js'

/** A body indented for reading; the button copies it as it was sent. */
export function bodySection(title, text) {
  if (!text) return [h('h4', {}, title), h('p', { class: 'muted' }, 'empty')]
  return [h('h4', {}, title, copyButton(text, `${title.toLowerCase()} as sent`)), h('pre', {}, prettyBody(text))]
}

/** Text whose line ends can be seen. */
export function visibleText(text) {
  const lines = visibleLines(text).flatMap((line) => [
    line.text,
    line.end ? h('span', { class: 'end', 'aria-hidden': 'true' }, line.end) : null,
    '\n',
  ])
  return h('pre', {}, lines)
}
