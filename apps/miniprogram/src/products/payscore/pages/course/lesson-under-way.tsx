import { View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { open } from '../../../../shared/go.ts'
import { orderPath } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Card } from '../../../../shared/ui/card.tsx'
import { useBusy } from '../../../../shared/use-busy.ts'
import { businessViews } from '../../../../shared/wechat/business-view.ts'
import { toast } from '../../../../shared/wechat.ts'
import { mayBePaid } from '../../../../shop/orders-seen.ts'
import { noteReturn, noteVisit } from '../../courses-seen.ts'
import { costOf, type Lesson, openLesson } from '../../lessons-of.ts'
import { useLessonView } from '../../use-lesson-view.ts'
import type { ActionProps } from './actions.tsx'
import style from './index.module.scss'

/** What the shopper can do about the lesson that WeChat collects, and WeChat's own page of the one that is under way. */
export function LessonUnderWay({ view, course, send }: ActionProps) {
  const lesson = openLesson(course)
  const wechatPage = useLessonView(lesson?.status === 'starting' ? undefined : lesson?.id)
  const { run: openPage } = useBusy(async () => {
    if (!wechatPage) return
    noteVisit(course.id)
    if ((await businessViews.open(wechatPage)) === 'opened') return
    noteReturn(course.id)
    toast('微信没有打开支付分，请稍后再试')
  })
  const isOwed = lesson?.status === 'deducting'
  if (!isOwed && !wechatPage) return null
  return (
    <Card>
      {isOwed && course.confirming && <Unsure lesson={lesson} />}
      {isOwed && !course.confirming && <PayNow lesson={lesson} busy={view === 'ordering'} onTap={() => send('pay')} />}
      {wechatPage && (
        <View className={style.wechat}>
          <Button id="view-lesson" kind="quiet" onTap={openPage}>
            查看微信支付分订单
          </Button>
        </View>
      )}
    </Card>
  )
}

/** WeChat may have collected it, or an order have paid it: then the order's page asks. */
function Unsure({ lesson: { number, orderId } }: { lesson: Lesson }) {
  return (
    <>
      <View className={style.owed}>{`第 ${number} 节待核实`}</View>
      <View className={style.told}>还不知道微信支付收了没有。付过的钱不会丢，请不要重复支付。</View>
      {orderId && mayBePaid(orderId) && (
        <Button id="see-order" onTap={() => open(orderPath(orderId))}>
          查看付款订单
        </Button>
      )}
    </>
  )
}

function PayNow({ lesson, busy, onTap }: { lesson: Lesson; busy: boolean; onTap: () => void }) {
  const costFen = costOf(lesson)
  return (
    <>
      <View className={style.owed}>{`第 ${lesson.number} 节待支付 ${yuan(costFen)}`}</View>
      <View className={style.told}>
        微信支付正在扣款，没有扣成会自己再试，不用你做什么。也可以现在支付：付款后微信不再扣这节课；万一两边都收了，会自动退一笔。
      </View>
      <Button id="pay-lesson" busy={busy} ariaLabel={`现在支付，${spokenYuan(costFen)}`} onTap={onTap}>
        {busy ? '正在打开' : `现在支付 ${yuan(costFen)}`}
      </Button>
    </>
  )
}
