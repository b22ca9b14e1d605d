import { type CssNode, parse, type StyleSheet, type SyntaxParseError } from 'css-tree'

/** Something that WeChat does not accept. */
export interface Problem {
  line: number
  column: number
  /** WeChat's compiler stops at it; otherwise it goes on, and a phone shows something else than meant. */
  isFatal: boolean
  message: string
}

export interface ParsedSheet {
  ast: StyleSheet
  problems: Problem[]
}

/** WXSS has the grammar of CSS; css-tree repairs as a browser does, WeChat's compiler does not. */
export function parseSheet(text: string): ParsedSheet {
  const problems = unclosed(text)
  const ast = parse(text, {
    positions: true,
    parseCustomProperty: true,
    onParseError: (error, fallback) => {
      if (problems.every(({ isFatal }) => !isFatal)) problems.push(explain(error, fallback))
    },
  })
  return { ast: ast as StyleSheet, problems }
}

const MISSING_SEMICOLON = /^[^:;{}]+\n\s*[\w-]+\s*:/

/** What follows a colon and cannot be read is dropped by a phone; anything else stops the compiler. */
function explain(error: SyntaxParseError, fallback: CssNode): Problem {
  const { line, column, message } = error as SyntaxParseError & { line: number; column: number }
  const raw = fallback.type === 'Raw' ? fallback.value.trim() : ''
  if (MISSING_SEMICOLON.test(raw)) {
    return { line, column, isFatal: false, message: 'a semicolon is missing before this line: a phone drops both' }
  }
  const isValue = message === 'Unexpected input' && !/[{};]/.test(raw)
  const remedy = isValue ? 'a phone drops the declaration: correct it' : 'correct it'
  return { line, column, isFatal: !isValue, message: `cannot read "${raw.split('\n')[0]?.slice(0, 60)}": ${remedy}` }
}

const MARKS = /\/\*(?:[\s\S]*?(\*\/)|[\s\S]*)|(["'])(?:\\[\s\S]|(?!\2)[^\\\n])*(\2?)|url\(\s*[^"'\s)][^)]*\)|[{}]/g

/** A browser closes at the end of the file what was left open. */
function unclosed(text: string): Problem[] {
  const open: number[] = []
  const found: [offset: number, message: string][] = []
  for (const { 0: mark, 1: commentEnd, 2: quote, 3: quoteEnd, index } of text.matchAll(MARKS)) {
    if (mark === '{') open.push(index)
    else if (mark === '}' && open.pop() === undefined) found.push([index, 'unexpected "}": no block is open here'])
    else if (mark.startsWith('/*') && !commentEnd) found.push([index, 'this comment is never closed: add "*/"'])
    else if (quote && !quoteEnd) found.push([index, `this text is never closed: add ${quote}`])
  }
  for (const index of open) found.push([index, 'this block is never closed: add "}"'])
  return found.map(([offset, message]) => {
    const lines = text.slice(0, offset).split('\n')
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, isFatal: true, message }
  })
}
