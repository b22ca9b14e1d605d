import { showModal } from '../shell/modal.ts'
import { currentPage, type Host } from './host.ts'
import { route } from './router.ts'

/** The back arrow or the system's back key: the page may ask first. A swipe and `wx.navigateBack` never ask. */
export async function goBack(host: Host): Promise<void> {
  const question = currentPage(host)?.alertBeforeUnload
  if (question !== undefined && host.stack.length > 1 && !(await confirmLeaving(host, question))) return
  route(host, 'navigateBack', {})
}

async function confirmLeaving(host: Host, content: string): Promise<boolean> {
  const answer = await showModal(host, {
    title: '',
    content,
    confirmText: '确定',
    cancelText: '取消',
    confirmColor: '#576b95',
    cancelColor: 'inherit',
    hasCancel: true,
    placeholder: undefined,
  })
  return answer.confirm
}
