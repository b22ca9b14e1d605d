/** By id without building a selector: ids of an app may hold any character. */
export function findById(root: ParentNode | null | undefined, id: string): HTMLElement | undefined {
  return Array.from(root?.querySelectorAll<HTMLElement>('[id]') ?? []).find((element) => element.id === id)
}
