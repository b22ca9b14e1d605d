/** `pnpm screens [--check] [--width 375] [--topic payment] [--singles FOLDER]`: writes docs/screens, or says what differs. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBrowser } from '@shouyin/miniprogram-host'
import { compareSheets } from './compare.ts'
import { readFiles, removeOthers, writeFiles } from './files.ts'
import { allTopics, allWidths, type Gallery, takeGallery } from './gallery.ts'
import { writeReadme } from './readme.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/screens/', import.meta.url))

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    width: { type: 'string' },
    topic: { type: 'string' },
    singles: { type: 'string' },
  },
})
const widths = allWidths.filter((width) => values.width === undefined || String(width) === values.width)
const topics = allTopics.filter((topic) => values.topic === undefined || topic === values.topic)
if (widths.length === 0) fail(`--width is ${values.width}: give one of ${allWidths.join(', ')}.`)
if (topics.length === 0) fail(`--topic is ${values.topic}: give one of ${allTopics.join(', ')}.`)

const gallery = await takeGallery({ widths, topics, onStep: (step) => console.log(step) })
if (values.singles !== undefined) writeFiles(values.singles, pngsOf(gallery))
const isWhole = values.width === undefined && values.topic === undefined
if (values.check) await check(gallery)
else write(gallery)
for (const problem of gallery.problems) console.error(`problem: ${problem}`)
if (gallery.problems.length > 0) process.exitCode = 1

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function write({ sheets, singles }: Gallery): void {
  const files = new Map<string, Buffer | string>([...sheets, ...singles].map(({ file, webp }) => [file, webp]))
  if (isWhole) {
    removeOthers(FOLDER, files)
    files.set('README.md', writeReadme(gallery))
  }
  writeFiles(FOLDER, files)
}

async function check({ sheets }: Gallery): Promise<void> {
  const browser = await openBrowser()
  const changes = await compareSheets(await browser.newPage(), sheets, readFiles(FOLDER))
  await browser.close()
  for (const change of changes) console.log(`changed: ${change}`)
  if (changes.length === 0) console.log('every screen looks as committed')
  else process.exitCode = 1
}

function pngsOf({ sheets }: Gallery): Map<string, Buffer> {
  const named = sheets.flatMap(({ file, shots }) =>
    shots.map(({ name, png }): [string, Buffer] => {
      const { dir, name: topic } = path.parse(file)
      return [`${dir}/${topic}-${name.replaceAll(/[^\w]+/g, '-')}.png`, png]
    }),
  )
  return new Map(named)
}
