import { cards } from '@shouyin/contracts/shopper'
import { usePullDownRefresh, useRouter } from '@tarojs/taro'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { stopPullDownRefresh } from '../../../../shared/wechat.ts'
import { api } from '../../api.ts'
import { cardSeen } from '../../cards-seen.ts'
import { CardDetails } from './details.tsx'

/** Opens with `?id=` of a card that the shopper took, or asked for. */
export default function CardPage() {
  const { id = '' } = useRouter().params
  const card = useLoad(
    () => api.call(cards.getCard, { id }),
    () => cardSeen(id),
  )
  // Once it is there, it is made new by asking WeChat.
  usePullDownRefresh(() => {
    if (card.state !== 'ready') card.reload().finally(stopPullDownRefresh)
  })
  return (
    <Page>
      <Content of={card} skeleton={<Skeleton shape="orders" count={4} heading />}>
        {(opening) => <CardDetails opening={opening} />}
      </Content>
    </Page>
  )
}
