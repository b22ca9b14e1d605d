import { type CssNode, type PseudoClassSelector, walk } from 'css-tree'
import type { ParsedSheet, Problem } from './parse.ts'

type Finding = Pick<Problem, 'isFatal' | 'message'>
type Rule = (node: CssNode, sheet: { isComponent: boolean }) => Finding | undefined

const fatal = (message: string): Finding => ({ isFatal: true, message })
const warning = (message: string): Finding => ({ isFatal: false, message })

/** WeChat's own sentence. */
const IN_COMPONENT = warning(
  'Some selectors are not allowed in component wxss, including tag name selectors, ID selectors, and attribute selectors: they reach every page that uses the component; use a class',
)
const LATE_IMPORT = warning('@import belongs to the beginning of the file')
const ESCAPED = fatal('unexpected `\\`: WXSS has no escaped names; rename the class or id')
const DEEP = warning('WXSS has no deep selector, and the rule does nothing: use externalClasses, or styleIsolation')

const BLOCK_RULES = /^(media|supports|keyframes|-webkit-keyframes|font-face|page)$/
const NEW_BLOCK_RULES = /^(layer|container|property|scope|starting-style)$/
const DEEP_NAMES = /^(v-)?deep$/

/** A file of the build: no phone reads one for a style sheet. */
export const isLocal = (url: string): boolean => !/^(data:|https?:|\/\/|cloud:|#)/i.test(url)

/** WeChat's compiler knows one plain selector within the parentheses. */
function checkArguments({ name, children }: PseudoClassSelector): Finding | undefined {
  if (!/^(is|where|not|has|-webkit-any|matches)$/.test(name)) return undefined
  const list = children?.first
  if (list?.type !== 'SelectorList') return undefined
  if (list.children.size > 1)
    return fatal(`error at token \`,\`: write :${name}() with one selector, or a rule for each`)
  const inner = list.children.first
  const isCompound = inner?.type === 'Selector' && inner.children.some((part: CssNode) => part.type === 'Combinator')
  return isCompound ? fatal(`error within :${name}(): only a plain selector may stand there`) : undefined
}

/** By kind of node. Fatal is what DevTools was seen to refuse; GUESS marks what nobody has written down. */
const RULES: Readonly<Record<string, Rule>> = {
  TypeSelector: (node, { isComponent }) => {
    if (node.type !== 'TypeSelector') return undefined
    if (node.name === '*') return fatal('unexpected token `*`: name the tags or classes instead')
    return isComponent ? IN_COMPONENT : undefined
  },
  IdSelector: (node, { isComponent }) =>
    node.type === 'IdSelector' && node.name.includes('\\') ? ESCAPED : isComponent ? IN_COMPONENT : undefined,
  ClassSelector: (node) => (node.type === 'ClassSelector' && node.name.includes('\\') ? ESCAPED : undefined),
  AttributeSelector: (_, { isComponent }) => (isComponent ? IN_COMPONENT : undefined),
  NestingSelector: () => fatal('unexpected `&`: WXSS has no nested rules; write the selector out'),
  Combinator: (node) => {
    if (node.type !== 'Combinator') return undefined
    if (node.name === '/deep/') return DEEP
    // GUESS: refused until 2020 at least; nothing newer is written.
    return node.name === '~' ? warning('`~` was refused by older DevTools: use `+` or a class') : undefined
  },
  PseudoClassSelector: (node, { isComponent }) => {
    if (node.type !== 'PseudoClassSelector') return undefined
    if (DEEP_NAMES.test(node.name)) return DEEP
    // GUESS: the web view's own html element, which no app draws.
    if (node.name === 'root') return warning('`:root` is no part of a mini-program: use `page`')
    if (node.name === 'host' && !isComponent) return warning('`:host` means something in a component only: use `page`')
    if (node.name === 'host' && node.children) return warning('`:host()` with a selector is not supported')
    return checkArguments(node)
  },
  PseudoElementSelector: (node) =>
    node.type === 'PseudoElementSelector' && DEEP_NAMES.test(node.name) ? DEEP : undefined,
  Url: (node) =>
    node.type === 'Url' && isLocal(node.value)
      ? warning(`本地资源图片无法通过 WXSS 获取: "${node.value}" shows nothing; use https, a data URL or <image>`)
      : undefined,
  Atrule: checkAtrule,
}

function checkAtrule(node: CssNode): Finding | undefined {
  if (node.type !== 'Atrule' || node.name === 'import' || node.name === 'charset') return undefined
  if (!node.block) return fatal(`unexpected token \`;\` after @${node.name}: WXSS does not know it; take it out`)
  if (node.name === 'supports' && node.block.children.isEmpty) {
    return fatal('unexpected token `}`: an empty @supports is refused; take it out')
  }
  if (BLOCK_RULES.test(node.name)) return undefined
  // GUESS: compiled as it stands, and as new as the phone's web view.
  if (NEW_BLOCK_RULES.test(node.name)) return warning(`@${node.name} is not known to every phone's web view`)
  return warning(`@${node.name} is not known: the block does nothing`)
}

/** What WeChat does not accept in one file, in the order of its lines. */
export function checkSheet({ ast, problems }: ParsedSheet, sheet: { isComponent: boolean }): Problem[] {
  const found = [...problems]
  const add = (node: CssNode, finding: Finding | undefined): void => {
    const start = node.loc?.start
    if (finding && start) found.push({ line: start.line, column: start.column, ...finding })
  }
  let isBeginning = true
  walk(ast, function check(node) {
    if (this.atrule?.name.endsWith('keyframes') && node.type !== 'Url') return
    add(node, RULES[node.type]?.(node, sheet))
    if (node.type === 'Rule' && this.rule) add(node, fatal('a rule within a rule: WXSS has no nested rules'))
    if (node.type === 'Selector') add(node, checkDeep(node.children.toArray()))
    if (node.type === 'Rule') isBeginning = false
    if (node.type === 'Atrule' && node.name === 'import' && !isBeginning) add(node, LATE_IMPORT)
  })
  return found.sort((one, other) => one.line - other.line || one.column - other.column)
}

const checkDeep = (parts: CssNode[]): Finding | undefined =>
  parts.some((part, index) => part.type === 'Combinator' && parts[index + 1]?.type === 'Combinator') ? DEEP : undefined
