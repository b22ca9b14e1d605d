import { type BuiltIn, type Instance, reflect } from '../builtin.ts'
import { fire } from '../events.ts'
import { pictureAddress } from '../picture-address.ts'

/** The modes that are a way to fit; positions (`top left` …) are set beside. */
const FITS: Record<string, string> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  center: 'none',
  widthFix: 'fill',
  heightFix: 'fill',
}

const pictures = new WeakMap<Instance, HTMLImageElement>()

/** The box follows the picture's shape in two of the modes. */
function fix({ element, properties }: Instance, { naturalHeight, naturalWidth }: HTMLImageElement): void {
  if (!naturalWidth || !naturalHeight) return
  if (properties.mode === 'widthFix') element.style.height = `${(element.clientWidth * naturalHeight) / naturalWidth}px`
  if (properties.mode === 'heightFix')
    element.style.width = `${(element.clientHeight * naturalWidth) / naturalHeight}px`
}

function create(self: Instance): undefined {
  const { host, element } = self
  const picture = host.env.window.document.createElement('img')
  pictures.set(self, picture)
  picture.alt = ''
  picture.draggable = false
  picture.style.objectFit = 'fill'
  element.append(picture)
  picture.addEventListener('load', () => {
    picture.hidden = false
    fix(self, picture)
    fire(host, element, 'load', { width: picture.naturalWidth, height: picture.naturalHeight })
  })
  picture.addEventListener('error', () => {
    picture.hidden = true
    fire(host, element, 'error', { errMsg: `GET ${picture.src} failed` })
  })
}

/**
 * A path with a leading slash is a file of the build, one without is relative to the WXML. Without layout (Node) nothing
 * is loaded and neither `load` nor `error` fires.
 * https://developers.weixin.qq.com/miniprogram/dev/component/image.html
 */
export const image: BuiltIn = {
  tag: 'image',
  properties: {
    src: 'string',
    mode: ['string', 'scaleToFill'],
    webp: 'boolean',
    lazyLoad: 'boolean',
    fadeIn: 'boolean',
    showMenuByLongpress: 'boolean',
  },
  create,
  changed: {
    ...reflect('mode', 'src'),
    lazyLoad: (self, value) => {
      const picture = pictures.get(self)
      if (picture) picture.loading = value ? 'lazy' : 'eager'
    },
    mode: (self, value) => {
      const picture = pictures.get(self)
      if (!picture) return
      const mode = String(value)
      picture.style.objectFit = FITS[mode] ?? 'none'
      picture.style.objectPosition = FITS[mode] ? '' : mode
      fix(self, picture)
    },
    src: (self, value) => {
      const picture = pictures.get(self)
      self.element.setAttribute('src', String(value))
      if (picture && self.host.env.hasLayout) show(self, picture, String(value))
    },
  },
}

function show({ host, owner }: Instance, picture: HTMLImageElement, src: string): void {
  if (src === '') picture.removeAttribute('src')
  else picture.src = pictureAddress(host, src, owner)
}
