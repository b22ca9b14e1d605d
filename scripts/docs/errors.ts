/** Writes docs/errors.md from the catalogue in wechatpay-core; `node scripts/docs/errors.ts`. */
import { writeFileSync } from 'node:fs'
import { catalogue, type Entry, type Where } from '../../packages/wechatpay-core/src/catalogue/index.ts'

const sections: Readonly<Record<Where, { readonly title: string; readonly about: string }>> = {
  api: {
    title: 'Answers of WeChat Pay',
    about:
      'Status, `code` and part of the message. The message decides before the code, because one code has many causes; programs ' +
      'branch on status and code only, because messages change. Codes come with and without underscores, by page.',
  },
  requestId: {
    title: 'Numbers at the end of a Request-ID',
    about:
      'The header `Request-ID` is `{id}-{number}`. WeChat publishes no list; of 268443701, 268443704, 268443705 and 268447845 ' +
      'we know only that 服务商 see them.',
  },
  verification: {
    title: 'Answers and notifications that are not believed',
    about: 'Our own codes, in the log beside the call or as `refusal` of a notification, which is then answered 401.',
  },
  openApi: {
    title: '`errcode` of api.weixin.qq.com',
    about: 'Login, OpenID, access tokens and 发货信息管理. The HTTP status is 200 all the same.',
  },
  phone: {
    title: 'On the phone',
    about:
      'What the shopper reads, or what `fail` of `wx.requestPayment` gets. None of it proves anything: the server asks WeChat Pay.',
  },
}

const wordsOfBasis: Readonly<Record<Entry['basis'], string>> = {
  seed: 'asked for',
  official: 'WeChat',
  seen: 'seen',
  GUESS: 'GUESS',
}

/** A pipe would end the cell, and nothing in the catalogue is markup. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;')

function looks({ match: { status, code, text, errno }, doc }: Entry): string {
  const parts = [status, code && `\`${code}\``, errno, text && `“${cell(text)}”`].filter((part) => part !== undefined)
  const look = parts.join(' ')
  return doc ? `[${look}](${doc})` : look
}

const row = (entry: Entry) =>
  `| ${looks(entry)} | ${cell(entry.cause)} | ${cell(entry.remedy)} | ${wordsOfBasis[entry.basis]} |`

export function errorsDocument(): string {
  const parts = Object.entries(sections).map(([where, { title, about }]) => {
    const rows = catalogue.filter((entry) => entry.where === where).map(row)
    return `## ${title}\n\n${about}\n\n| what you see | cause | what to do | known from |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  return `# Errors: cause and remedy

Made from the catalogue in \`packages/wechatpay-core/src/catalogue\`, which \`pnpm shouyin doctor\` and the server's log read too; do
not edit. The last column says how we know: from WeChat's pages, from a real answer or a public report (seen), from the
documents that asked for this project, or not at all (GUESS).

${parts.join('\n')}`
}

if (import.meta.main) writeFileSync(new URL('../../docs/errors.md', import.meta.url), errorsDocument())
