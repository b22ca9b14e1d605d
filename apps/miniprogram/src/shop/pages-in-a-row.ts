interface Linked {
  /** The cursor of the page behind this one. */
  next: string | null
}

/** The first page and those of `behind` that follow on it. One that was fetched for another first page follows on none. */
export function pagesInARow<Page extends Linked>(first: Page, behind: ReadonlyMap<string, Page>): Page[] {
  const pages = [first]
  for (let page = follow(first, behind); page; page = follow(page, behind)) pages.push(page)
  return pages
}

const follow = <Page extends Linked>({ next }: Page, behind: ReadonlyMap<string, Page>) =>
  next === null ? undefined : behind.get(next)
