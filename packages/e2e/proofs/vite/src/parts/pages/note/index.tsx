import { Button, Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { notes } from '../../../notes'

export default function NotePage() {
  const index = Number(useRouter().params.index)
  const remove = () => {
    notes.splice(index, 1)
    void Taro.navigateBack()
  }
  return (
    <View>
      <Text id="note">{notes[index]}</Text>
      <Button id="remove" onClick={remove}>
        Remove
      </Button>
    </View>
  )
}
