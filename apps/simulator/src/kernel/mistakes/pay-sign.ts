import { joinLines, type Mistake } from './mistake.ts'
import { formMistakes, nearTimestamps, otherUnits } from './shared.ts'

/** What wx.requestPayment was given, and the appid of the mini-program that called it. */
export interface PaySignParts {
  readonly appid: string
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly lines: readonly string[]
}

const withPackage = ({ lines }: PaySignParts, text: string) => joinLines([...lines.slice(0, 3), text])
const withTimes = ({ appid, nonceStr, package: text }: PaySignParts, times: readonly string[]) =>
  times.map((time) => joinLines([appid, time, nonceStr, text]))
const withAppids = ({ lines }: PaySignParts, appids: readonly string[]) =>
  appids.map((appid) => joinLines([appid, ...lines.slice(1)]))

/** The usual mistakes in making paySign, in the order in which they are tried. */
export const paySignMistakes: readonly Mistake<PaySignParts>[] = [
  {
    name: 'package-without-prefix',
    remedy: 'The fourth line is the whole package, prepay_id=…, not the id alone (that is the rule of App payment).',
    messages: (parts) => [withPackage(parts, parts.package.replace(/^prepay_id=/, ''))],
  },
  {
    name: 'package-passed-without-prefix',
    remedy: 'Pass package as it was signed: prepay_id=…, not the id alone.',
    messages: (parts) => [withPackage(parts, `prepay_id=${parts.package}`)],
  },
  {
    name: 'package-named',
    remedy: 'The fourth line is prepay_id=… alone, without package= before it.',
    messages: (parts) => [withPackage(parts, `package=${parts.package}`)],
  },
  {
    name: 'appid-line-missing',
    remedy: 'The first line is the appid of the mini-program, although it is not passed to wx.requestPayment.',
    messages: ({ lines }) => [joinLines(lines.slice(1))],
  },
  {
    name: 'sign-type-line',
    remedy: 'The message has four lines; signType is passed but not signed.',
    messages: ({ lines }) => [
      joinLines([...lines, 'RSA']),
      joinLines([...lines.slice(0, 3), 'RSA', ...lines.slice(3)]),
    ],
  },
  {
    name: 'appid-differs',
    remedy:
      'Sign the appid of the mini-program that opens the payment, in its own case; look for a setting left empty.',
    messages: (parts) =>
      withAppids(parts, ['', 'undefined', 'null', 'None', parts.appid.toLowerCase(), parts.appid.toUpperCase()]),
  },
  {
    name: 'nonce-and-timestamp-swapped',
    remedy: 'The second line is timeStamp, the third nonceStr.',
    messages: ({ appid, timeStamp, nonceStr, package: text }) => [joinLines([appid, nonceStr, timeStamp, text])],
  },
  {
    name: 'nonce-case',
    remedy: 'Pass nonceStr in the same case in which it was signed.',
    messages: ({ appid, timeStamp, nonceStr, package: text }) =>
      [nonceStr.toLowerCase(), nonceStr.toUpperCase()].map((nonce) => joinLines([appid, timeStamp, nonce, text])),
  },
  {
    name: 'key-value-string',
    remedy: 'Sign four bare lines: appId=…&nonceStr=…&… is the message of the old API (v2).',
    messages: ({ appid, timeStamp, nonceStr, package: text }) => [
      `appId=${appid}&nonceStr=${nonceStr}&package=${text}&signType=RSA&timeStamp=${timeStamp}`,
    ],
  },
  ...formMistakes,
  {
    name: 'timestamp-read-twice',
    remedy: 'Read the clock once: sign the same timeStamp that is passed.',
    messages: (parts) => withTimes(parts, nearTimestamps(parts.timeStamp)),
  },
  {
    name: 'timestamp-unit',
    remedy:
      'Unix seconds (10 digits) as a string is what timeStamp takes, in the message and in the call, never milliseconds.',
    messages: (parts) => withTimes(parts, otherUnits(parts.timeStamp)),
  },
]
