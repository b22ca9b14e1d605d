import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { root } from './files.ts'

interface Proof {
  readonly file: string
  readonly title: string
}

const document = readFileSync(`${root}docs/failure-modes.md`, 'utf8')

const proofsIn = (text: string): readonly Proof[] =>
  [...text.matchAll(/`([\w./-]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }))

const isThere = ({ file, title }: Proof): boolean =>
  existsSync(`${root}${file}`) && readFileSync(`${root}${file}`, 'utf8').includes(title)

describe('docs/failure-modes.md', () => {
  it('names tests that exist, by their titles', () => {
    expect(proofsIn(document).filter((proof) => !isThere(proof))).toEqual([])
  })

  it('has a proof in every row', () => {
    const rows = document.split('\n').filter((line) => /^\| (?!what happens)/.test(line))
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter((row) => proofsIn(row).length === 0)).toEqual([])
  })

  it('names no test without its title', () => {
    expect(document.match(/\.test\.ts`/g)).toHaveLength(proofsIn(document).length)
  })

  it('a test that is not there is found', () => {
    expect(isThere({ file: 'scripts/gates/nowhere.test.ts', title: 'x' })).toBe(false)
    expect(isThere({ file: 'scripts/gates/docs.test.ts', title: 'a title of no test' })).toBe(false)
  })
})
