import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { endpointsDocument } from '../docs/endpoints.ts'
import { root } from './files.ts'

it('docs/endpoints.md is what the declarations say (else: node scripts/docs/endpoints.ts)', () => {
  expect(readFileSync(`${root}docs/endpoints.md`, 'utf8')).toBe(endpointsDocument())
})
