import { Button, CustomWrapper, Input, Text, View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { notes } from '../../notes'
import styles from './index.module.scss'

export default function IndexPage() {
  const [shown, setShown] = useState<readonly string[]>([])
  const [typed, setTyped] = useState('')
  const [pulls, setPulls] = useState(0)
  useDidShow(() => setShown([...notes]))
  usePullDownRefresh(() => {
    setPulls(pulls + 1)
    Taro.stopPullDownRefresh()
  })
  const add = async () => {
    await Taro.setStorage({ key: 'last', data: typed })
    notes.push(typed)
    setShown([...notes])
    setTyped('')
  }
  return (
    <View>
      <Input id="typed" value={typed} onInput={({ detail }) => setTyped(detail.value)} />
      <Button id="add" disabled={typed === ''} onClick={add}>
        Add
      </Button>
      <CustomWrapper>
        <View id="notes">
          {shown.map((note, index) => (
            <View
              key={note}
              id={`note-${index}`}
              className={styles.note}
              onClick={() => Taro.navigateTo({ url: `/parts/pages/note/index?index=${index}` })}
            >
              {note}
            </View>
          ))}
        </View>
      </CustomWrapper>
      <Text id="pulls">{pulls}</Text>
    </View>
  )
}
