import { readJson } from '../../core/app-config.ts'
import { isRecord } from '../../core/json.ts'
import { type Project, refuse } from './project.ts'

type Kind = 'string' | 'boolean' | 'number' | 'color' | readonly string[]

/** The members of `window` and of page JSON that the host reads, and what they may be. */
const MEMBERS: Readonly<Record<string, Kind>> = {
  navigationBarTitleText: 'string',
  navigationBarBackgroundColor: 'color',
  navigationBarTextStyle: ['black', 'white'],
  navigationStyle: ['default', 'custom'],
  backgroundColor: 'color',
  backgroundTextStyle: ['dark', 'light'],
  enablePullDownRefresh: 'boolean',
  onReachBottomDistance: 'number',
  disableScroll: 'boolean',
  component: 'boolean',
  styleIsolation: ['isolated', 'apply-shared', 'shared', 'page-isolated', 'page-apply-shared', 'page-shared'],
}

const HEX_COLOR = /^#([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i

/** https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/page.html */
export function checkWindow(project: Project): void {
  const { app, files, config } = project
  if (app.window !== undefined && !isRecord(app.window)) refuse('app.json: window is no object: write { … }.')
  checkMembers(project, 'app.json: window.', app.window ?? {})
  for (const page of config.pages) {
    const file = `${page}.json`
    if (files[file] !== undefined) checkMembers(project, `${file}: `, readJson(files, file))
  }
}

function checkMembers(project: Project, place: string, members: object): void {
  for (const [name, value] of Object.entries(members)) {
    const kind = MEMBERS[name]
    const isVariable = typeof value === 'string' && value.startsWith('@')
    if (kind !== undefined && !isVariable) checkMember(project, place + name, value, kind)
  }
}

function checkMember({ warn }: Project, place: string, value: unknown, kind: Kind): void {
  const shown = `${place} is ${JSON.stringify(value)}`
  if (typeof kind !== 'string') {
    if (!kind.includes(String(value))) refuse(`${shown}: it may be ${kind.join(' or ')}.`)
  } else if (kind === 'color') {
    if (typeof value !== 'string') refuse(`${shown}: write a color such as "#ffffff".`)
    // GUESS: what is no hexadecimal color is drawn as the default.
    if (!HEX_COLOR.test(value)) warn(`${shown}: WeChat knows hexadecimal colors only, such as "#ffffff".`)
  } else if (typeof value !== kind) refuse(`${shown}: it must be a ${kind}.`)
}
