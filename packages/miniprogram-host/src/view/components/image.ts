import { onAttribute } from '../attributes.ts'
import { fire } from '../events.ts'
import type { Component } from './index.ts'

/** The modes that are a way to fit; positions (`top left` …) are set beside. */
const FITS: Record<string, string> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  center: 'none',
  widthFix: 'fill',
  heightFix: 'fill',
}

/**
 * An element named `image` shows nothing in a browser, so it holds an `img`. Paths with a leading slash are files of the
 * build. Without layout (Node) nothing is loaded and neither `load` nor `error` fires.
 * https://developers.weixin.qq.com/miniprogram/dev/component/image.html
 */
export const image: Component = (host, element) => {
  if (!host.env.hasLayout) return
  const picture = host.env.window.document.createElement('img')
  picture.alt = ''
  picture.draggable = false
  element.append(picture)
  let mode = 'scaleToFill'
  const fix = (): void => {
    if (mode === 'widthFix')
      element.style.height = `${(element.clientWidth * picture.naturalHeight) / picture.naturalWidth}px`
    if (mode === 'heightFix')
      element.style.width = `${(element.clientHeight * picture.naturalWidth) / picture.naturalHeight}px`
  }
  picture.addEventListener('load', () => {
    picture.hidden = false
    fix()
    fire(host, element, 'load', { width: picture.naturalWidth, height: picture.naturalHeight })
  })
  picture.addEventListener('error', () => {
    picture.hidden = true
    fire(host, element, 'error', { errMsg: `GET ${picture.src} failed` })
  })
  onAttribute(element, (name, value) => {
    if (name === 'src') showPicture(picture, value)
    else if (name === 'mode') {
      mode = String(value || 'scaleToFill')
      picture.style.objectFit = FITS[mode] ?? 'none'
      picture.style.objectPosition = FITS[mode] ? '' : mode
      if (picture.complete && picture.naturalWidth > 0) fix()
    } else if (name === 'lazy-load' && value) picture.loading = 'lazy'
    return false
  })
}

function showPicture(picture: HTMLImageElement, value: unknown): void {
  if (typeof value !== 'string' || value === '') picture.removeAttribute('src')
  else picture.src = /^(https?|data|blob):/.test(value) ? value : `/-/build/${value.replace(/^\//, '')}`
}
