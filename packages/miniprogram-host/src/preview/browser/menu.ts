import { fromCard } from '../../core/entry.ts'
import type { Host } from '../../core/host.ts'
import { addToFavorites, type Share, shareMenu, shareMessage, shareTimeline } from '../../core/share.ts'
import { showActionSheet } from '../../shell/action-sheet.ts'
import { showShareCard } from '../../shell/share-card.ts'
import { addressOf } from './address.ts'

/** The capsule's dots: what the open page offers to share, and starting anew. A sent card opens cold in another tab. */
export async function openMenu(host: Host): Promise<void> {
  const offered = shareMenu(host)
  const items: (readonly [text: string, act: () => unknown])[] = [
    ...(offered.message ? [['转发给朋友', () => send(host, shareMessage(host, 'menu'))] as const] : []),
    ...(offered.timeline ? [['分享到朋友圈', () => send(host, shareTimeline(host))] as const] : []),
    ...(offered.favorite ? [['收藏', () => send(host, addToFavorites(host))] as const] : []),
    ['重新进入小程序', () => location.assign(location.pathname)],
  ]
  const chosen = await showActionSheet(
    host,
    items.map(([text]) => text),
    '',
  )
  if (chosen !== undefined) await items[chosen]?.[1]()
}

async function send(host: Host, made: Promise<Share | undefined> | Share | undefined): Promise<void> {
  const card = await made
  if (!card || !(await showShareCard(host, card))) return
  const { path = '', query = {}, scene } = fromCard(card.path)
  window.open(`/?path=${encodeURIComponent(addressOf(path, query))}&scene=${scene}`, '_blank')
}
