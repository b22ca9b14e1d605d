import Checkbox from '@taroify/core/checkbox'
import '@taroify/core/checkbox/style'
import Stepper from '@taroify/core/stepper'
import '@taroify/core/stepper/style'
import Swiper from '@taroify/core/swiper'
import '@taroify/core/swiper/style'
import Switch from '@taroify/core/switch'
import '@taroify/core/switch/style'
import Tabs from '@taroify/core/tabs'
import '@taroify/core/tabs/style'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'

const SLIDES = ['first', 'second', 'third']

/** What is chosen by a tap, a key or a swipe; the last line says what is chosen now. */
export function Choices() {
  const [tab, setTab] = useState(0)
  const [count, setCount] = useState<number | string>(1)
  const [agreed, setAgreed] = useState(false)
  const [silent, setSilent] = useState(false)
  const [slide, setSlide] = useState(0)
  return (
    <View>
      <Tabs id="tabs" value={tab} onChange={setTab}>
        <Tabs.TabPane title="Goods">
          <Text id="pane-goods">many goods</Text>
        </Tabs.TabPane>
        <Tabs.TabPane title="Reviews">
          <Text id="pane-reviews">no reviews</Text>
        </Tabs.TabPane>
      </Tabs>
      <Stepper id="stepper" value={count} min={1} max={3} onChange={setCount} />
      <Checkbox id="agree" checked={agreed} onChange={setAgreed}>
        I agree
      </Checkbox>
      <Switch id="silent" checked={silent} onChange={setSilent} />
      <Swiper id="swiper" width={300} height={100} value={slide} onChange={setSlide}>
        {SLIDES.map((name) => (
          <Swiper.Item key={name}>
            <Text>{name}</Text>
          </Swiper.Item>
        ))}
        <Swiper.Indicator />
      </Swiper>
      <Text id="chosen">{`${tab} ${count} ${agreed} ${silent} ${SLIDES[slide]}`}</Text>
    </View>
  )
}
