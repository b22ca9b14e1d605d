/** Fetches a page before it is asked for. One that failed is fetched again when it is. */
export function createAhead<Page>(fetchPage: (after: string) => Promise<Page>) {
  let coming: { after: string; page: Promise<Page> } | undefined

  function prepare(after: string): Promise<Page> {
    if (coming?.after === after) return coming.page
    const page = fetchPage(after)
    const mine = { after, page }
    coming = mine
    page.catch(() => {
      if (coming === mine) coming = undefined
    })
    return page
  }

  return {
    prepare: (after: string): void => void prepare(after).catch(() => {}),
    take: prepare,
    /** What was prepared is old. */
    forget: (): void => {
      coming = undefined
    },
  }
}
