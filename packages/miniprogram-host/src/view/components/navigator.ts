import { type RouteKind, route } from '../../core/router.ts'
import { attributesOf } from '../attributes.ts'
import { onTap } from '../tap.ts'
import type { Component } from './index.ts'

const KINDS: Record<string, RouteKind> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

export const navigator: Component = () => {}

onTap('navigator', (host, element) => {
  const { url, delta, 'open-type': openType } = attributesOf(element)
  const kind = KINDS[String(openType ?? 'navigate')]
  if (kind) route(host, kind, { url: String(url ?? ''), delta: Number(delta ?? 1) })
})
