import type { Host } from '../core/host.ts'
import { pictureAddress } from '../view/picture-address.ts'
import { element, openLayer } from './overlay.ts'

/** Pictures over the whole screen, one at a time: a tap at the right third turns on, anywhere else closes. */
export function showPictures(host: Host, addresses: string[], first: number): void {
  let index = first
  const picture = element(host, 'img', { alt: '' })
  const count = element(host, 'span')
  const draw = (): void => {
    picture.setAttribute('src', pictureAddress(host, addresses[index] ?? '', ''))
    count.textContent = `${index + 1}/${addresses.length}`
  }
  draw()
  const { layer, close } = openLayer(host, 'pictures', [count, picture])
  layer.addEventListener('click', ({ clientX }) => {
    const isNext = clientX > (layer.clientWidth * 2) / 3 && index + 1 < addresses.length
    if (!isNext) return close()
    index += 1
    draw()
  })
}
