import type { Host } from '../core/host.ts'
import type { Share } from '../core/share.ts'
import { pictureAddress } from '../view/picture-address.ts'
import { clickable, element, openLayer } from './overlay.ts'

/** The card before it goes to a friend: `#share-confirm` sends it, `#share-cancel` does not. */
export function showShareCard(host: Host, { title, path, imageUrl }: Share): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isSent: boolean) => () => {
      close()
      resolve(isSent)
    }
    const picture = imageUrl ? [element(host, 'img', { src: pictureAddress(host, imageUrl, ''), alt: '' })] : []
    const card = element(host, 'div', { class: 'host-card' }, [
      element(host, 'strong', { id: 'share-title' }, [title]),
      ...picture,
      element(host, 'small', { id: 'share-path' }, [path]),
    ])
    const buttons = element(host, 'footer', {}, [
      clickable(host, { id: 'share-cancel' }, '取消', finish(false)),
      clickable(host, { id: 'share-confirm' }, '发送', finish(true)),
    ])
    const box = element(host, 'div', { class: 'host-modal-box', role: 'dialog' }, [
      element(host, 'strong', {}, ['发送给朋友']),
      card,
      buttons,
    ])
    const { close } = openLayer(host, 'modal', [box])
  })
}
