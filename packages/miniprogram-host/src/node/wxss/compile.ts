import type { CssNode, List, StyleSheet } from 'css-tree'
import { resolvePath } from '../../core/path.ts'
import type { Css } from '../../core/wxss/css.ts'
import { sheetId } from '../../core/wxss/sheets.ts'
import { checkSheet } from './check.ts'
import { type ParsedSheet, type Problem, parseSheet } from './parse.ts'
import { translateSheet } from './translate.ts'

type Files = Readonly<Record<string, string>>

export interface CompiledSheet {
  css: Css
  /** Sentences with file and line; the fatal ones first stop WeChat's compiler. */
  problems: { isFatal: boolean; sentence: string }[]
}

/** One sheet of the app, a page or a component, with everything that it imports. */
export function compileSheet(files: Files, file: string, { isComponent }: { isComponent: boolean }): CompiledSheet {
  const problems = new Map<string, boolean>()
  const tell = (path: string, { line, column, isFatal, message }: Problem): void => {
    problems.set(`${path}:${line}:${column}: ${message}.`, isFatal)
  }
  const read = (path: string, importers: readonly string[]): StyleSheet => {
    const parsed: ParsedSheet = parseSheet(files[path] ?? '')
    for (const problem of checkSheet(parsed, { isComponent })) tell(path, problem)
    inlineImports(parsed.ast.children, (request, at) => {
      const target = resolvePath(path, request)
      if (importers.includes(target)) return undefined
      if (files[target] !== undefined) return read(target, [...importers, target])
      tell(path, {
        ...at,
        isFatal: true,
        message: `path \`${request}\` not found from \`./${path}\`: correct the @import`,
      })
      return undefined
    })
    return parsed.ast
  }
  const ast = read(file, [file])
  const css = translateSheet(ast, { id: sheetId(file), path: file.replace(/\.wxss$/, '') })
  return { css, problems: [...problems].map(([sentence, isFatal]) => ({ sentence, isFatal })) }
}

type Read = (request: string, at: { line: number; column: number }) => StyleSheet | undefined

/** Puts the rules of another file where `@import` stands; with a media list, under that. */
function inlineImports(rules: List<CssNode>, read: Read): void {
  rules.forEach((node, item) => {
    if (node.type !== 'Atrule' || node.name !== 'import' || node.prelude?.type !== 'AtrulePrelude') return
    const [address, ...rest] = node.prelude.children.toArray()
    const request = address?.type === 'String' || address?.type === 'Url' ? address.value : undefined
    const { line, column } = node.loc?.start ?? { line: 1, column: 1 }
    const imported = request === undefined ? undefined : read(request, { line, column })
    if (!imported) rules.remove(item)
    else if (rest.length === 0) rules.replace(item, imported.children)
    else {
      node.name = 'media'
      node.prelude.children.shift()
      node.block = { type: 'Block', children: imported.children }
    }
  })
}
