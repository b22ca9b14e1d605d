import type { cards } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { idOf } from '../../../../shared/id-of.ts'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { loadOffer, offerSeen } from '../../offers-seen.ts'
import { offerPath } from '../../paths.ts'
import { useTake } from '../../use-take.ts'
import style from './index.module.scss'
import { TakeBar } from './take-bar.tsx'
import { Terms } from './terms.tsx'

/** Opens cold from a share card or a poster's code, and logged out: the offer can be read before anybody is asked. */
export default function OfferPage() {
  const id = idOf(useRouter().params)
  const offer = useLoad(
    () => loadOffer(id),
    () => offerSeen(id),
  )
  useShareAppMessage(() => ({
    title: offer.value ? `${offer.value.name}，先享受优惠，再做到约定` : '先享受优惠，再做到约定的先享卡',
    path: offerPath(id),
  }))
  return (
    <Page>
      <Content of={offer} skeleton={<Skeleton shape="orders" count={3} />}>
        {(value) => <Offer offer={value} />}
      </Content>
    </Page>
  )
}

function Offer({ offer }: { offer: cards.CardOffer }) {
  const taking = useTake(offer)
  return (
    <>
      <View className={style.offer}>
        <Terms offer={offer} />
      </View>
      <TakeBar {...taking} />
    </>
  )
}
