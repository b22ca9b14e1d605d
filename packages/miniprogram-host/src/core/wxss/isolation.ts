import { isRecord } from '../json.ts'

/** Who may style a component, and whom its own sheet may style. */
export interface Isolation {
  /** The name of its own style scope; '' is the one that app, pages and sharing components have in common. */
  scope: string
  /** Whether the common sheets reach it, too. */
  isShared: boolean
  /** A `page-…` mode: app.wxss does not exist there. */
  isWithoutApp: boolean
}

const MODES: Readonly<Record<string, readonly [owns: boolean, shares: boolean]>> = {
  isolated: [true, false],
  'apply-shared': [true, true],
  shared: [false, true],
  'page-isolated': [true, false],
  'page-apply-shared': [true, true],
  'page-shared': [false, true],
}

export interface IsolationQuestion {
  path: string
  isPage: boolean
  /** Its own JSON. */
  json: Record<string, unknown>
  /** `options` of its definition. GUESS: where both speak, the JSON is heard, as in WeChat's adapter of glass-easel. */
  options: unknown
  /** Without a sheet of its own a sharing component needs no scope of its own. */
  hasSheet: boolean
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/wxml-wxss.html#组件样式隔离 */
export function isolationOf({ path, isPage, json, options, hasSheet }: IsolationQuestion): Isolation {
  const declared = [json, isRecord(options) ? options : {}]
  const named = declared.map(({ styleIsolation }) => styleIsolation).find((mode) => typeof mode === 'string')
  const usual = isPage ? 'shared' : 'isolated'
  const mode = named ?? (declared.some(({ addGlobalClass }) => addGlobalClass === true) ? 'apply-shared' : usual)
  const [owns, shares] = MODES[String(mode)] ?? MODES[usual] ?? [false, true]
  return {
    scope: owns && (hasSheet || !shares) ? scopeName(path) : '',
    isShared: shares,
    isWithoutApp: String(mode).startsWith('page-'),
  }
}

/** Readable in the document, and no name that an app would choose; what a class name cannot hold is replaced. */
const scopeName = (path: string): string => `wx_${path.replaceAll('/', '_').replaceAll(/[^\w\u0080-\uffff-]/g, '-')}`
