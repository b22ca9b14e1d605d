import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, root } from './files.ts'

const documents = listFiles().filter((file) => file.endsWith('.md'))

/** Relative links, and code spans that look like a path of this repository. */
function pathsIn(file: string, text: string): readonly string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map((match) =>
    posix.join(posix.dirname(file), match[1] ?? ''),
  )
  const spans = [...text.matchAll(/`((?:apps|packages|scripts|docs)\/[\w./-]+)`/g)].map((match) => match[1] ?? '')
  return [...links, ...spans]
}

describe('documents', () => {
  it.each(documents)('%s names only files that exist', (file) => {
    const missing = pathsIn(file, readFileSync(`${root}${file}`, 'utf8')).filter(
      (path) => !existsSync(`${root}${path}`),
    )
    expect(missing).toEqual([])
  })

  it('a path that does not exist is found', () => {
    expect(
      pathsIn('docs/a.md', 'see [x](./b.md) and `apps/server/src/nowhere.ts`, not [y](https://example.com)'),
    ).toEqual(['docs/b.md', 'apps/server/src/nowhere.ts'])
  })
})
