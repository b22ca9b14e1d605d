import type { Host } from '../core/host.ts'
import { clickable, element, openLayer } from './overlay.ts'

export interface Modal {
  title: string
  content: string
  confirmText: string
  cancelText: string
  confirmColor: string
  cancelColor: string
  hasCancel: boolean
  /** Given: the user may type a text. */
  placeholder: string | undefined
}

export function showModal(host: Host, modal: Modal): Promise<{ confirm: boolean; content: string | undefined }> {
  return new Promise((resolve) => {
    const field = modal.placeholder === undefined ? undefined : createField(host, modal)
    const finish = (confirm: boolean) => () => {
      close()
      resolve({ confirm, content: confirm ? field?.value : undefined })
    }
    const cancel = clickable(
      host,
      { id: 'modal-cancel', style: `color:${modal.cancelColor}` },
      modal.cancelText,
      finish(false),
    )
    const confirm = clickable(
      host,
      { id: 'modal-confirm', style: `color:${modal.confirmColor}` },
      modal.confirmText,
      finish(true),
    )
    const box = element(host, 'div', { class: 'host-modal-box', role: 'alertdialog' }, [
      ...(modal.title ? [element(host, 'strong', {}, [modal.title])] : []),
      field ?? element(host, 'p', {}, [modal.content]),
      element(host, 'footer', {}, modal.hasCancel ? [cancel, confirm] : [confirm]),
    ])
    const { close } = openLayer(host, 'modal', [box])
  })
}

function createField(host: Host, { placeholder = '', content }: Modal): HTMLInputElement {
  const field = host.env.window.document.createElement('input')
  field.placeholder = placeholder
  field.value = content
  return field
}
