import { View } from '@tarojs/components'
import { Button } from '../../../../shared/ui/button.tsx'
import { Card } from '../../../../shared/ui/card.tsx'
import { useBusy } from '../../../../shared/use-busy.ts'
import { cardPages } from '../../../../shared/wechat/card-page.ts'
import { toast } from '../../../../shared/wechat.ts'
import type { HeldCard } from '../../card-of.ts'
import { quitWords } from '../../card-words.ts'
import { noteReturn, noteVisit } from '../../cards-seen.ts'
import style from './index.module.scss'

/** WeChat's own page of the card, where it can be given up: what that costs is said before. */
export function WechatPage({ card }: { card: HeldCard }) {
  const { id, page } = card
  const { busy, run } = useBusy(async () => {
    if (!page) return
    noteVisit(id)
    if ((await cardPages.open(page)) === 'opened') return
    noteReturn(id)
    toast('没有打开微信的先享卡页面')
  })
  if (!page) return null
  const told = quitWords(card)
  return (
    <Card>
      {told && <View className={style.told}>{told}</View>}
      <View className={style.wechat}>
        <Button id="wechat-page" kind="quiet" busy={busy} onTap={run}>
          {told ? '去微信查看或退出' : '在微信里查看'}
        </Button>
      </View>
    </Card>
  )
}
