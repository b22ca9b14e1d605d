import { Text, View } from '@tarojs/components'
import style from './stepper.module.scss'

interface Props {
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

export function Stepper({ value, min, max, onChange }: Props) {
  const button = (sign: string, next: number) => {
    const off = next < min || next > max
    return (
      <View
        className={`${style.button} ${off ? style.off : ''}`}
        hoverClass={off ? 'none' : style.pressed}
        onClick={() => !off && onChange(next)}
      >
        <Text>{sign}</Text>
      </View>
    )
  }
  return (
    <View className={style.stepper}>
      {button('−', value - 1)}
      <Text className={style.value}>{value}</Text>
      {button('+', value + 1)}
    </View>
  )
}
