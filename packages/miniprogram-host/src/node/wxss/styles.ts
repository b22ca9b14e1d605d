import type { AppConfig } from '../../core/app-config.ts'
import { readJson } from '../../core/app-config.ts'
import { HostError } from '../../core/errors.ts'
import { withComponents } from '../../core/used-components.ts'
import type { Css } from '../../core/wxss/css.ts'
import { compileSheet } from './compile.ts'

type Files = Readonly<Record<string, string>>

export interface Styles {
  /** By file: app.wxss, and those of pages and of the components that they use. */
  styles: Record<string, Css>
  /** What a phone would not do as written, each with file, line and remedy. */
  warnings: string[]
}

/** Every style sheet that a page can meet. Throws what WeChat's compiler refuses: all of it, a sentence a line. */
export function compileStyles(
  files: Files,
  { pages, extraComponents }: Pick<AppConfig, 'pages' | 'extraComponents'>,
): Styles {
  const owners = new Set(['app'])
  for (const path of [...pages, ...extraComponents]) withComponents(files, path, owners)
  const styles: Record<string, Css> = {}
  const sentences = { fatal: new Set<string>(), warning: new Set<string>() }
  for (const path of owners) {
    const file = `${path}.wxss`
    if (files[file] === undefined) continue
    const isComponent = !pages.includes(path) && files[`${path}.json`] !== undefined && path !== 'app'
    const { css, problems } = compileSheet(files, file, {
      isComponent: isComponent && readJson(files, `${path}.json`).component === true,
    })
    styles[file] = css
    for (const { isFatal, sentence } of problems) sentences[isFatal ? 'fatal' : 'warning'].add(sentence)
  }
  if (sentences.fatal.size > 0) throw new HostError([...sentences.fatal].join('\n'))
  return { styles, warnings: [...sentences.warning] }
}
