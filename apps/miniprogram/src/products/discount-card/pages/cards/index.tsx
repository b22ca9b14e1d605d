import type { cards } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { useDidShow, usePullDownRefresh, useShareAppMessage } from '@tarojs/taro'
import { open } from '../../../../shared/go.ts'
import { cardsPath } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Card } from '../../../../shared/ui/card.tsx'
import { Heading } from '../../../../shared/ui/heading.tsx'
import { Page } from '../../../../shared/ui/page.tsx'
import { Problem } from '../../../../shared/ui/problem.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content } from '../../../../shared/ui/states.tsx'
import { type Loading, useLoad } from '../../../../shared/use-load.ts'
import { stopPullDownRefresh } from '../../../../shared/wechat.ts'
import { type HeldCard, isRunning } from '../../card-of.ts'
import { CardSummary } from '../../card-summary.tsx'
import { OfferCard } from '../../offer-card.tsx'
import { loadOffers } from '../../offers-seen.ts'
import { offerPath } from '../../paths.ts'
import { useCards } from '../../use-cards.ts'
import style from './index.module.scss'

/** What the shopper holds, and what may be taken: the latter can be read by whoever is not logged in. */
export default function CardsPage() {
  const offers = useLoad(loadOffers)
  const mine = useCards()
  const reload = async () => void (await Promise.all([offers.reload(), mine.held.reload()]))
  useDidShow(() => void reload())
  usePullDownRefresh(() => reload().finally(stopPullDownRefresh))
  useShareAppMessage(() => ({ title: '先享受优惠，再做到约定的先享卡', path: cardsPath }))
  return (
    <Page>
      <Content of={asOne(offers, mine.held, reload)} skeleton={<Skeleton shape="orders" count={3} heading />}>
        {(all) => (
          <View className={style.cards}>
            <Mine {...mine} />
            <Offers all={all} held={mine.list} />
          </View>
        )}
      </Content>
    </Page>
  )
}

/** What is from before is said once, of either list, and both are made new. */
function asOne(offers: Loading<cards.CardOffer[]>, held: Loading<HeldCard[]>, reload: () => Promise<void>) {
  if (offers.state !== 'ready') return { ...offers, reload }
  return { ...offers, error: offers.error ?? (held.state === 'ready' ? held.error : undefined), reload }
}

function Mine({ held, list, isUnsure }: ReturnType<typeof useCards>) {
  return (
    <>
      <Heading>我的先享卡</Heading>
      {held.state === 'loading' && <Skeleton shape="orders" />}
      {held.state === 'failed' && (
        <Card>
          <Problem error={held.error} />
          <Button kind="quiet" onTap={held.reload}>
            再试一次
          </Button>
        </Card>
      )}
      {held.state === 'ready' && (list.length === 0 || isUnsure) && (
        <Card>
          <View className={style.note}>{isUnsure ? UNSURE : '还没有先享卡。领一张，先享受优惠'}</View>
        </Card>
      )}
      {list.map((card) => (
        <CardSummary key={card.id} card={card} />
      ))}
    </>
  )
}

const UNSURE = '有一张卡还没有问到领到了没有。领卡不收钱，下拉可以再问一次'

function Offers({ all, held }: { all: cards.CardOffer[]; held: HeldCard[] }) {
  const running = held.filter(({ status }) => isRunning(status)).map(({ offerId }) => offerId)
  return (
    <>
      <Heading>可以领的先享卡，领的时候不收钱</Heading>
      {all.length === 0 && (
        <Card>
          <View className={style.note}>现在没有可以领的卡，晚点再来看看</View>
        </Card>
      )}
      {all.map((offer) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          isHeld={running.includes(offer.id)}
          onTap={() => open(offerPath(offer.id))}
        />
      ))}
    </>
  )
}
