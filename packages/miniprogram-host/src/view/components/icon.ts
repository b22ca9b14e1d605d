import type { BuiltIn, Instance } from '../builtin.ts'

type Shape = readonly [color: string, path: string, isOutline?: boolean]
const DISC = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20'
const TICK = 'M7 12.3l3.4 3.4L17.2 9l1 1-7.8 7.8L6 13.3z'
const BANG = 'M11.2 6h1.6v8h-1.6zM11.2 16h1.6v1.8h-1.6z'
const CROSS = 'M8 9l1-1 3 3 3-3 1 1-3 3 3 3-1 1-3-3-3 3-1-1 3-3z'

/** Type → default colour and an outline in a 24 × 24 box; drawn by us, close to WeChat's. */
const SHAPES: Readonly<Record<string, Shape>> = {
  success: ['#09BB07', `${DISC}z${TICK}`],
  success_no_circle: ['#09BB07', TICK],
  success_circle: ['#09BB07', `${DISC}zM12 3.4a8.6 8.6 0 1 1 0 17.2 8.6 8.6 0 0 1 0-17.2z${TICK}`],
  safe_success: ['#09BB07', `M12 1.5l9 3.3v6.4c0 5.4-3.7 9.4-9 11.3-5.3-1.9-9-5.9-9-11.300V4.800z${TICK}`],
  safe_warn: ['#FFBE00', `M12 1.5l9 3.3v6.4c0 5.4-3.7 9.4-9 11.3-5.3-1.9-9-5.9-9-11.300V4.800z${BANG}`],
  info: ['#10AEFF', `${DISC}zM11.2 6.500h1.600v1.700h-1.600zM11.2 10h1.600v7.500h-1.600z`],
  info_circle: [
    '#10AEFF',
    `${DISC}zM12 3.4a8.6 8.6 0 1 1 0 17.2 8.6 8.6 0 0 1 0-17.2zM11.2 6.500h1.600v1.700h-1.600zM11.2 10h1.600v7.500h-1.600z`,
  ],
  warn: ['#F76260', `${DISC}z${BANG}`],
  waiting: ['#10AEFF', `${DISC}zM11.3 6h1.500v5.700l4.2 2.6-.8 1.2-4.9-3z`],
  waiting_circle: [
    '#10AEFF',
    `${DISC}zM12 3.4a8.6 8.6 0 1 1 0 17.2 8.6 8.6 0 0 1 0-17.2zM11.3 6h1.500v5.700l4.2 2.6-.8 1.2-4.9-3z`,
  ],
  circle: ['#C9C9C9', `${DISC}zM12 3.4a8.6 8.6 0 1 1 0 17.2 8.6 8.6 0 0 1 0-17.2z`],
  cancel: ['#F43530', `${DISC}zM12 3.4a8.6 8.6 0 1 1 0 17.2 8.6 8.6 0 0 1 0-17.2z${CROSS}`],
  download: ['#09BB07', `${DISC}zM11.2 6h1.600v7l2.6-2.6 1.1 1.100L12 16l-4.5-4.5 1.1-1.1 2.6 2.600zM7 17h10v1.500H7z`],
  clear: ['#B2B2B2', `${DISC}z${CROSS}`],
  search: [
    '#B2B2B2',
    'M10.5 3a7.5 7.5 0 1 0 4.6 13.400l5 5 1.2-1.2-5-5A7.5 7.5 0 0 0 10.5 3zm0 1.600a5.9 5.9 0 1 1 0 11.8 5.9 5.9 0 0 1 0-11.800z',
  ],
}

function draw({ element, properties }: Instance): void {
  const { type, size, color } = properties
  const [standard, path] = SHAPES[String(type)] ?? ['', '']
  const lengthPx = /^[\d.]+$/.test(String(size)) ? `${String(size)}px` : String(size)
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill-rule="evenodd" d="${path}"/></svg>`
  element.style.setProperty('--size', lengthPx)
  element.style.setProperty('--color', String(color || standard))
  element.style.setProperty('--shape', path ? `url("data:image/svg+xml,${encodeURIComponent(picture)}")` : 'none')
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/icon.html */
export const icon: BuiltIn = {
  tag: 'icon',
  properties: { type: 'string', size: ['any', 23], color: 'string' },
  attached: draw,
  changed: { type: draw, size: draw, color: draw },
}
