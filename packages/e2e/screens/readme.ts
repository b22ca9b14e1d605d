import { allTopics, allWidths, type Gallery } from './gallery.ts'
import { stars } from './stars.ts'

/** docs/screens/README.md. */
export function writeReadme({ sheets }: Gallery): string {
  const known = new Set(sheets.map(({ file }) => file))
  const themesOf = ['light', 'dark'].flatMap((theme) => allWidths.map((width) => `${width}-${theme}`))
  const row = (topic: string): string => {
    const links = themesOf.map((set) => (known.has(`${set}/${topic}.webp`) ? `[open](${set}/${topic}.webp)` : ''))
    return `| ${topic} | ${links.join(' | ')} |`
  }
  const shown = Object.values(stars.light).map((file) => `<img src="${file}.webp" width="180" alt="${file}">`)
  return `${[
    '# Every screen of the mini-program',
    '',
    'Written by `pnpm screens`, which opens the shop on three phones, with the real server and the local WeChat Pay behind it, and',
    'goes to every state as a shopper does: by tapping, by a fault of the simulator, by a network that fails. What differs from run',
    'to run (times, numbers) is fixed, so a picture changes when the app does. `pnpm screens --check` names the screens that do not',
    'look as committed; `--topic payment --width 375` takes a part, `--singles FOLDER` keeps every screen as a PNG of its own.',
    '',
    shown.join('\n'),
    '',
    'A sheet holds all screens of a topic at one width in one theme, at three quarters of their size.',
    '',
    `| | ${themesOf.join(' | ')} |`,
    `|---|${themesOf.map(() => '---').join('|')}|`,
    ...allTopics.map(row),
    '',
    ...allTopics.flatMap((topic) => [`## ${topic}`, '', `![${topic}, 375 px, light](375-light/${topic}.webp)`, '']),
  ]
    .join('\n')
    .trimEnd()}\n`
}
