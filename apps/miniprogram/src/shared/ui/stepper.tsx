import { Text, View } from '@tarojs/components'
import style from './stepper.module.scss'

interface Props {
  /** What is counted, for those who do not see it. */
  name: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

export function Stepper({ name, value, min, max, onChange }: Props) {
  const button = (sign: '−' | '+', next: number) => {
    const off = next < min || next > max
    const label = `${sign === '+' ? '增加' : '减少'}一件${name}${off ? '，不可用' : ''}`
    return (
      <View
        className={`${style.button} ${off ? style.off : ''}`}
        hoverClass={off ? 'none' : style.pressed}
        ariaRole="button"
        ariaLabel={label}
        onClick={() => !off && onChange(next)}
      >
        <Text>{sign}</Text>
      </View>
    )
  }
  return (
    <View className={style.stepper}>
      {button('−', value - 1)}
      <View className={style.value} ariaRole="text" ariaLive="polite" ariaLabel={`${value} 件`}>
        {value}
      </View>
      {button('+', value + 1)}
    </View>
  )
}
