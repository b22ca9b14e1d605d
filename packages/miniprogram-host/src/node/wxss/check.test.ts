import { expect, test } from 'vitest'
import { compileSheet } from './compile.ts'

const problemsOf = (text: string, isComponent = false, more: Record<string, string> = {}) =>
  compileSheet({ 'a.wxss': text, ...more }, 'a.wxss', { isComponent }).problems

test.each([
  ['* { left: 0 }', 'a.wxss:1:1: unexpected token `*`: name the tags or classes instead.'],
  ['.a > * { left: 0 }', 'a.wxss:1:6: unexpected token `*`'],
  ['.w-1\\/2 { left: 0 }', 'a.wxss:1:1: unexpected `\\`: WXSS has no escaped names; rename the class or id.'],
  ['#a\\:b { left: 0 }', 'a.wxss:1:1: unexpected `\\`'],
  ['.a { &.b { left: 0 } }', 'a.wxss:1:6: a rule within a rule: WXSS has no nested rules.'],
  ['.a { .b { left: 0 } }', 'a.wxss:1:6: cannot read ".b { left: 0 }": correct it.'],
  ['.a,, .b { left: 0 }', 'a.wxss:1:4: cannot read ".a,, .b": correct it.'],
  ['.a { color red; }', 'a.wxss:1:12: cannot read "color red;": correct it.'],
  ['@tailwind base;', 'a.wxss:1:1: unexpected token `;` after @tailwind: WXSS does not know it; take it out.'],
  ['@supports (left: 0) { }', 'a.wxss:1:1: unexpected token `}`: an empty @supports is refused; take it out.'],
  [':is(.a, .b) { left: 0 }', 'a.wxss:1:1: error at token `,`: write :is() with one selector, or a rule for each.'],
  [':not(.a > .b) { left: 0 }', 'a.wxss:1:1: error within :not(): only a plain selector may stand there.'],
  ['.a {\n  left: 0', 'a.wxss:1:4: this block is never closed: add "}".'],
  ['.a { left: 0 }\n}', 'a.wxss:2:1: unexpected "}": no block is open here.'],
  ['.a { left: 0 } /* {', 'a.wxss:1:16: this comment is never closed: add "*/".'],
  ['.a { content: "x\n}', 'a.wxss:1:15: this text is never closed: add ".'],
  ['\n@import "./b.wxss";', 'a.wxss:2:1: path `./b.wxss` not found from `./a.wxss`: correct the @import.'],
])('%j is refused', (text, sentence) => {
  const [problem] = problemsOf(text)
  expect(problem).toEqual({ isFatal: true, sentence: expect.stringContaining(sentence) })
})

test.each([
  ['.a {\n  left: 0\n  top: 0;\n}', 'a.wxss:3:6: a semicolon is missing before this line: a phone drops both.'],
  ['.a { filter: progid:DX(a=1) }', 'cannot read "progid:DX(a=1)": a phone drops the declaration: correct it.'],
  ['.a >>> .b { left: 0 }', 'a.wxss:1:1: WXSS has no deep selector, and the rule does nothing'],
  ['.a /deep/ .b { left: 0 }', 'a.wxss:1:4: WXSS has no deep selector'],
  ['::v-deep .b { left: 0 }', 'WXSS has no deep selector'],
  ['.a ~ .b { left: 0 }', '`~` was refused by older DevTools'],
  [':root { --a: 0 }', '`:root` is no part of a mini-program: use `page`.'],
  [':host { left: 0 }', '`:host` means something in a component only'],
  ['.a { background: url(../b.png) }', '本地资源图片无法通过 WXSS 获取: "../b.png" shows nothing'],
  ['@font-face { font-family: a; src: url("/a.woff") }', '"/a.woff" shows nothing'],
  ['@layer a { .b { left: 0 } }', '@layer is not known to every phone'],
  ['@apply { left: 0 }', '@apply is not known: the block does nothing.'],
  ['.a { left: 0 } @import "./c.wxss";', '@import belongs to the beginning of the file.'],
])('%j is told, and goes on', (text, sentence) => {
  expect(problemsOf(text, false, { 'c.wxss': '' })).toEqual([
    { isFatal: false, sentence: expect.stringContaining(sentence) },
  ])
})

test.each(['view', '#id', '[hidden]', 'page'])(
  '%s is told in a component, where only classes are kept apart',
  (selector) => {
    const text = `.a ${selector} { left: 0 }`
    expect(problemsOf(text, true)[0]?.sentence).toMatch(
      /^a\.wxss:1:4: Some selectors are not allowed in component wxss/,
    )
    expect(problemsOf(text)).toEqual([])
  },
)

test('what an app may write is not remarked upon', () => {
  const text = `@charset "utf-8"; @import "./b.wxss";
    page, .a.b > view:nth-child(2n+1)::after, .c + .d:not(.e) { content: "\\e900 }"; background: url(https://a/b.png), url("data:,") }
    .f { background-image: url( data:image/svg+xml,%7B ); --x: 3rpx; width: calc(100% - var(--x)) } /* } */
    @keyframes k { from { left: 0 } 50% { left: 1rpx } } @media (min-width: 3px) { .g { left: 0 } } .h {} `
  expect(problemsOf(text, false, { 'b.wxss': '.i { left: 0; }' })).toEqual([])
  expect(problemsOf(':host { left: 0 } .a:active .b { left: 0 }', true)).toEqual([])
})

test('a problem of an imported file is told with its own name, once', () => {
  const more = { 'lib/b.wxss': '\n* {}', 'c.wxss': '@import "lib/b.wxss";' }
  expect(problemsOf('@import "lib/b.wxss"; @import "c.wxss";', false, more)).toEqual([
    { isFatal: true, sentence: expect.stringMatching(/^lib\/b\.wxss:2:1: /) },
  ])
})

test('files that import each other end', () => {
  expect(problemsOf('@import "b.wxss";', false, { 'b.wxss': '@import "a.wxss"; .b { left: 0 }' })).toEqual([])
})
