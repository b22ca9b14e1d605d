import type { Page } from 'playwright-core'
import { devices, type Theme, type Width } from './devices.ts'
import type { Shot } from './stage.ts'

const COLUMNS = 6
const GAP_PX = 16
const CAPTION_PX = 26
/** Text can still be read, and all sheets together are small enough for a repository. */
const SCALE = 0.75
/** Of WebP, 0 to 1. */
const QUALITY = 0.6
const PAPER: Record<Theme, string> = { light: '#dfe3e6', dark: '#3a3f44' }
const INK: Record<Theme, string> = { light: '#33383c', dark: '#d5dade' }

export interface Cell {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where each screen stands on its sheet. */
export function layOut(names: readonly string[], device: Width): { width: number; height: number; cells: Cell[] } {
  const width = Math.round(devices[device].width * SCALE)
  const height = Math.round(devices[device].height * SCALE)
  const columns = Math.min(COLUMNS, names.length)
  const cells = names.map((name, index) => ({
    name,
    x: GAP_PX + (index % columns) * (width + GAP_PX),
    y: CAPTION_PX + Math.floor(index / columns) * (height + CAPTION_PX),
    width,
    height,
  }))
  const rows = Math.ceil(names.length / columns)
  return { width: GAP_PX + columns * (width + GAP_PX), height: rows * (height + CAPTION_PX) + GAP_PX, cells }
}

/** Puts screens of one width and theme side by side under their names. @returns WebP */
export function drawSheet(desk: Page, shots: readonly Shot[], width: Width, theme: Theme): Promise<Buffer> {
  const names = shots.map(({ name }) => name)
  const { cells, ...size } = layOut(names, width)
  const pictures = shots.map(({ png }) => png)
  return paint(desk, { cells, size, pictures, paper: PAPER[theme], ink: INK[theme] })
}

/** One screen, as large as it was taken. @returns WebP */
export function drawSingle(desk: Page, png: Buffer, width: Width, pixelRatio: number): Promise<Buffer> {
  const size = { width: width * pixelRatio, height: devices[width].height * pixelRatio }
  return paint(desk, { cells: [{ name: '', x: 0, y: 0, ...size }], size, pictures: [png], paper: '#fff', ink: '#000' })
}

interface Painting {
  readonly cells: readonly Cell[]
  readonly size: { readonly width: number; readonly height: number }
  readonly pictures: readonly Buffer[]
  readonly paper: string
  readonly ink: string
}

async function paint(desk: Page, { pictures, ...painting }: Painting): Promise<Buffer> {
  const sources = pictures.map((png) => `data:image/png;base64,${png.toString('base64')}`)
  const webp = await desk.evaluate(paintInPage, { ...painting, sources, quality: QUALITY })
  return Buffer.from(webp, 'base64')
}

async function paintInPage(
  painting: Omit<Painting, 'pictures'> & { sources: readonly string[]; quality: number },
): Promise<string> {
  const { cells, size, sources, paper, ink, quality } = painting
  const canvas = Object.assign(document.createElement('canvas'), size)
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = paper
  pen.fillRect(0, 0, size.width, size.height)
  pen.fillStyle = ink
  pen.font = '13px Caption'
  pen.imageSmoothingQuality = 'high'
  for (const [index, { name, x, y, width, height }] of cells.entries()) {
    const image = new Image()
    image.src = sources[index] ?? ''
    await image.decode()
    pen.drawImage(image, x, y, width, height)
    pen.fillText(name, x, y - 9)
  }
  const [, base64 = ''] = canvas.toDataURL('image/webp', quality).split(',')
  return base64
}
