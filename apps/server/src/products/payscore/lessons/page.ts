import type { plans } from '@shouyin/contracts/shopper'
import { asNavigation, serviceOrderView } from '@shouyin/wechatpay-core/protocol'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { findSignPlanById } from '../repository.ts'
import { getOwnLesson } from './find.ts'

/**
 * Parameters for WeChat's own page of the service order, where the shopper sees, and pays, what it owes. Signed by the
 * APIv2 key, for seconds of wall time.
 * @throws AppError LESSON_NOT_FOUND, LESSON_NOT_TAKEN, LESSON_PAGE_NOT_SET_UP
 */
export async function viewLesson(ctx: ShopperCtx, { id }: { id: string }): Promise<plans.BusinessView> {
  const lesson = await getOwnLesson(ctx, id)
  if (lesson.state === 'unused' || lesson.state === 'starting') {
    throw new AppError('LESSON_NOT_TAKEN', '这节课还没有开始')
  }
  const apiV2Key = ctx.config.payScore?.apiV2Key
  if (!apiV2Key) throw new AppError('LESSON_PAGE_NOT_SET_UP', '暂时不能打开微信支付分的订单页')
  const { service_id: serviceId } = await findSignPlanById(ctx.db, lesson.sign_plan_id)
  const view = serviceOrderView(
    { mchid: lesson.mchid, serviceId, outOrderNo: lesson.out_order_no },
    apiV2Key,
    new Date(),
  )
  const { appId, path } = asNavigation(view)
  return { ...view, navigation: { appId, path } }
}
