import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isSource, isTest, listFiles, root } from './files.ts'
import { importsOf, rules, violation } from './import-rule.ts'

const sources = listFiles().filter(
  (file) => isSource(file) && !isTest(file) && Object.keys(rules).some((folder) => file.startsWith(`${folder}/src/`)),
)

describe('the import rule', () => {
  it('holds in every source file', () => {
    const violations = sources.flatMap((file) =>
      importsOf(file, readFileSync(`${root}${file}`, 'utf8'))
        .map((specifier) => violation(file, specifier))
        .filter((reason) => reason !== undefined)
        .map((reason) => `${file}: ${reason}`),
    )
    expect(violations).toEqual([])
  })

  it('saw every package', () => {
    for (const folder of Object.keys(rules)) {
      expect(sources.filter((file) => file.startsWith(folder)).length, folder).toBeGreaterThan(2)
    }
    expect(sources.length).toBeGreaterThan(100)
  })

  it.each([
    ['packages/contracts/src/money.ts', '@shouyin/wechatpay-core'],
    ['packages/contracts/src/money.ts', 'node:fs'],
    ['packages/wechatpay-core/src/index.ts', 'hono'],
    ['packages/wechatpay-core/src/index.ts', '@shouyin/contracts/money'],
    ['apps/simulator/src/app.ts', '@shouyin/server'],
    ['apps/simulator/src/app.ts', '@shouyin/contracts/shopper'],
    ['apps/server/src/app.ts', '@shouyin/simulator'],
    ['apps/server/src/app.ts', '../../simulator/src/app.ts'],
    ['apps/server/src/ledger/settle.ts', '../products/payments/index.ts'],
    ['apps/server/src/ledger/settle.ts', '../shop/orders/table.ts'],
    ['apps/server/src/kernel/db.ts', '../ledger/table.ts'],
    ['apps/server/src/products/refunds/index.ts', '../payments/states.ts'],
    ['packages/wechatpay-core/src/products/refunds/index.ts', '../payments/states.ts'],
    ['apps/miniprogram/src/app.ts', '@shouyin/wechatpay-core/payments'],
    ['apps/miniprogram/src/app.ts', '@shouyin/contracts/merchant'],
  ])('%s may not import %s', (file, specifier) => {
    expect(violation(file, specifier)).toBeTypeOf('string')
  })

  it.each([
    ['apps/server/src/products/payments/close.ts', '../../ledger/close.ts'],
    ['apps/server/src/products/payments/close.ts', '../../kernel/db.ts'],
    ['apps/server/src/products/payments/close.ts', '@shouyin/wechatpay-core/payments'],
    ['apps/server/src/shop/orders/create.ts', '../../ledger/open.ts'],
    ['packages/wechatpay-core/src/crypto/rsa.ts', 'node:crypto'],
  ])('%s may import %s', (file, specifier) => {
    expect(violation(file, specifier)).toBeUndefined()
  })

  it('sees static, dynamic and re-exporting imports, types too', () => {
    const source =
      "import type { A } from './a.ts'\nexport * from './b.ts'\nexport { c } from './c.ts'\nawait import('./d.ts')"
    expect(importsOf('x.ts', source)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts'])
  })
})
