import type { Page } from 'playwright-core'
import type { Files } from './files.ts'
import type { Sheet } from './gallery.ts'
import { type Cell, layOut } from './sheet.ts'

/** A channel that is further off is no noise of the compression; so many pixels are something that one sees. */
const CHANNEL_TOLERANCE = 40
const PIXELS_TOLERANCE = 12

/** Names every screen that does not look as committed. */
export async function compareSheets(desk: Page, sheets: readonly Sheet[], committed: Files): Promise<string[]> {
  const changes: string[] = []
  for (const { file, webp, shots, width } of sheets) {
    const before = committed.get(file)
    if (!before) changes.push(`${file} is new`)
    else if (!before.equals(webp)) {
      const { cells } = layOut(
        shots.map(({ name }) => name),
        width,
      )
      const names = await desk.evaluate(findChanges, {
        sources: [before, webp].map((one) => `data:image/webp;base64,${one.toString('base64')}`),
        cells,
        channelTolerance: CHANNEL_TOLERANCE,
        pixelsTolerance: PIXELS_TOLERANCE,
      })
      if (names === null) changes.push(`${file} has other screens than before`)
      else if (names.length > 0) changes.push(`${file}: ${names.join(', ')}`)
    }
  }
  return changes
}

interface Pair {
  readonly sources: readonly string[]
  readonly cells: readonly Cell[]
  readonly channelTolerance: number
  readonly pixelsTolerance: number
}

/** Runs in the page. @returns null when the sheets differ in size */
async function findChanges({ sources, cells, channelTolerance, pixelsTolerance }: Pair): Promise<string[] | null> {
  const pens = await Promise.all(
    sources.map(async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
      const pen = canvas.getContext('2d', { willReadFrequently: true })
      pen?.drawImage(image, 0, 0)
      return pen
    }),
  )
  const [before, after] = pens
  if (!before || !after) throw new Error('no canvas')
  if (before.canvas.width !== after.canvas.width || before.canvas.height !== after.canvas.height) return null
  const differs = ({ x, y, width, height }: Cell): boolean => {
    const one = before.getImageData(x, y, width, height).data
    const other = after.getImageData(x, y, width, height).data
    let pixels = 0
    for (let i = 0; i < one.length; i += 4) {
      const off = [0, 1, 2].some(
        (channel) => Math.abs((one[i + channel] ?? 0) - (other[i + channel] ?? 0)) > channelTolerance,
      )
      if (off) pixels += 1
    }
    return pixels > pixelsTolerance
  }
  return cells.filter(differs).map(({ name }) => name)
}
