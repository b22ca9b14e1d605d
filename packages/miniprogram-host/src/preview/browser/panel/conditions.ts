import { type Conditions, setConditions } from '../../../core/conditions.ts'
import type { Host } from '../../../core/host.ts'
import { reloadHere } from '../address.ts'
import { make } from '../dom.ts'
import { chosenDevice, DEVICES, keepSettings } from '../settings.ts'
import { row, select } from './section.ts'

const NETWORKS = [
  ['wifi', 'Wi-Fi'],
  ['5g', '5G'],
  ['4g', '4G'],
  ['none', 'offline'],
] as const
const THEMES = [
  ['light', 'light'],
  ['dark', 'dark'],
] as const
const TEXT_SIZES = [
  ['15', 'small'],
  ['16', 'standard'],
  ['17', 'a little larger'],
  ['19', 'large'],
  ['21', 'very large'],
  ['23', 'largest'],
] as const
const CONSENT = [
  ['', 'agreed to'],
  ['needed', 'not agreed to yet'],
] as const

/** Device, theme, text size, network and privacy; all but the device change while the app runs. */
export function drawConditions(running: () => Host | undefined) {
  const change = (conditions: Partial<Conditions>): void => {
    keepSettings({ conditions })
    const host = running()
    if (host) setConditions(host, conditions)
  }
  const device = select('Device', [['', 'as started'], ...DEVICES.map(deviceOption)], (name) => {
    keepSettings({ device: name })
    reloadHere(running())
  })
  device.value = chosenDevice() ?? ''
  const theme = select('Theme', THEMES, (value) => change({ theme: value as Conditions['theme'] }))
  const size = select('Text size', TEXT_SIZES, (value) => change({ fontSizePx: Number(value) }))
  const network = select('Network', NETWORKS, (value) => change({ networkType: value as Conditions['networkType'] }))
  const privacy = select('Privacy', CONSENT, (value) => change({ needsPrivacyConsent: value !== '' }))
  return {
    body: make('div', {}, [
      row('Device', device),
      row('Theme', theme),
      row('Text size', size),
      row('Network', network),
      row('Privacy guide', privacy),
    ]),
    show: ({ conditions }: Host) => {
      theme.value = conditions.theme
      size.value = String(conditions.fontSizePx)
      network.value = conditions.networkType
      privacy.value = conditions.needsPrivacyConsent ? 'needed' : ''
    },
  }
}

const deviceOption = ({ name, width, height }: (typeof DEVICES)[number]) =>
  [name, `${name} · ${width} × ${height}`] as const
