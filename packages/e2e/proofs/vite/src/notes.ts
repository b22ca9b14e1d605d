/** Shared by the main package and the sub-package: one module, one state. */
export const notes: string[] = ['milk', 'bread']
