/** What both sides do; each function is sent as text to the realm that it runs in, so it uses nothing around it. */

export interface Times {
  /** A list of 500 rows, drawn. */
  listMs: number
  /** One text changed. */
  smallMs: number
  /** Two texts changed in each of 100 rows. */
  rowsMs: number
}

interface ListPage {
  setData(data: Record<string, unknown>, callback: () => void): void
}
declare const getCurrentPages: () => ListPage[]

/** In the app: milliseconds until `setData` has answered, the median of some rounds. */
export async function byHost(): Promise<Times> {
  const page = getCurrentPages()[0] as ListPage
  const rowsOf = (count: number, round: number) =>
    Array.from({ length: count }, (_, id) => ({ id, name: `goods ${id}.${round}`, fen: id * 7 + round }))
  const time = async (count: number, dataOf: (round: number) => Record<string, unknown>) => {
    const start = Date.now()
    for (let round = 1; round < count; round++) page.setData(dataOf(round), () => {})
    await new Promise<void>((resolve) => page.setData(dataOf(count), resolve))
    return (Date.now() - start) / count
  }
  const lists: number[] = []
  for (let round = 0; round < 5; round++) {
    await time(1, () => ({ rows: [] }))
    lists.push(await time(1, () => ({ rows: rowsOf(500, round) })))
  }
  await time(1, () => ({ rows: rowsOf(100, 0) }))
  return {
    listMs: lists.sort((a, b) => a - b)[2] ?? 0,
    smallMs: await time(5000, (tick) => ({ tick })),
    rowsMs: await time(100, (round) => ({ rows: rowsOf(100, round) })),
  }
}

/** The same by plain DOM calls, from a JSON copy, as data that crosses two threads. */
export function byHand(document: Document): Times {
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))
  const rowsOf = (count: number, round: number) =>
    Array.from({ length: count }, (_, id) => ({ id, name: `goods ${id}.${round}`, fen: id * 7 + round }))
  const textsOf = ({ name, fen }: { name: string; fen: number }) => [name, `¥${(fen / 100).toFixed(2)}`]
  const list = document.body.appendChild(document.createElement('div'))
  const tick = document.body.appendChild(document.createTextNode(''))
  const draw = (rows: { id: number; name: string; fen: number }[]): void => {
    for (const row of copy(rows)) {
      const line = list.appendChild(document.createElement('div'))
      line.className = 'row'
      line.dataset.id = String(row.id)
      line.addEventListener('click', () => {})
      for (const text of textsOf(row)) line.appendChild(document.createElement('span')).textContent = text
    }
  }
  const time = (count: number, act: (round: number) => void): number => {
    const start = performance.now()
    for (let round = 1; round <= count; round++) act(round)
    void list.offsetHeight
    return (performance.now() - start) / count
  }
  const lists: number[] = []
  for (let round = 0; round < 5; round++) {
    list.replaceChildren()
    lists.push(time(1, () => draw(rowsOf(500, round))))
  }
  list.replaceChildren()
  draw(rowsOf(100, 0))
  const times = {
    listMs: lists.sort((a, b) => a - b)[2] ?? 0,
    smallMs: time(5000, (round) => {
      tick.data = String(copy({ tick: round }).tick)
    }),
    rowsMs: time(100, (round) => {
      copy(rowsOf(100, round)).forEach((row, place) => {
        textsOf(row).forEach((text, part) => {
          const node = list.children[place]?.children[part]?.firstChild
          if (node) node.nodeValue = text
        })
      })
    }),
  }
  list.remove()
  tick.remove()
  return times
}
