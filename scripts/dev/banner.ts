import { isAbsolute, relative } from 'node:path'
import { localUrl } from './services.ts'
import type { Settings } from './settings.ts'

/** What a person sees when everything runs. Its last line is exactly `ready`. */
export function banner(settings: Settings, seconds: number, first: boolean, note?: string): string {
  const { serverPort, simulatorPort, previewPort, dataDir } = settings
  const below = relative(process.cwd(), dataDir)
  const data = below === '' || below.startsWith('..') ? dataDir : below
  const addresses = [
    ...(previewPort ? [['Mini-program', localUrl(previewPort), 'the real weapp build in a phone frame']] : []),
    ['WeChat Pay', `${localUrl(simulatorPort)}/_sim/`, 'simulated: its requests, transactions and notifications'],
    ['Backend', `${localUrl(serverPort)}/docs`, 'its API'],
  ]
  return [
    '',
    'Shouyin 收银',
    '',
    ...addresses.map(([name = '', url = '', what]) => `  ${name.padEnd(13)} ${url.padEnd(29)} ${what}`),
    '',
    ...(previewPort ? tryWithPreview : tryWithout(serverPort)),
    '',
    ...tryAsShop(isAbsolute(data) ? data : `./${data}`, serverPort),
    '',
    `  Commands: set -a; . ${isAbsolute(data) ? data : `./${data}`}/server.env; set +a; npx -y pnpm@12 shouyin doctor`,
    '',
    `  Data in ${data}, logs in ${data}/logs. Ctrl-C stops everything.`,
    ...(note ? [`  Note: ${note}.`] : []),
    `  Started in ${seconds.toFixed(1)} s (${first ? 'the first time' : 'warm'}).`,
    'ready',
  ].join('\n')
}

const tryWithPreview = [
  '  Try: put something in the cart at the first address, pay 支付 or cancel 取消 on the sheet,',
  '  and watch the notification arrive at the second.',
  '  Courses 课程计划 and a discount card 先享卡 are on offer: README.md says how to play them to their ends.',
]

const tryWithout = (serverPort: number) => [
  `  Try: curl ${localUrl(serverPort)}/api/goods, and watch what an order does at the first address.`,
]

const tryAsShop = (folder: string, serverPort: number) => [
  `  As the shop: KEY=$(node -p "require('${folder}/merchant-keys.json').dev")`,
  `  curl -H "Authorization: Bearer $KEY" ${localUrl(serverPort)}/api/merchant/orders`,
]
