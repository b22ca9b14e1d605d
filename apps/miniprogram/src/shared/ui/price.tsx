import { Text, View } from '@tarojs/components'
import { spokenYuan, yuanParts } from '../format.ts'
import style from './price.module.scss'

interface Props {
  fen: number
  size?: 'normal' | 'large' | 'huge'
}

/** An amount: the yuan large, the rest small, digits of equal width so that columns line up; read out as words. */
export function Price({ fen, size = 'normal' }: Props) {
  const { whole, cents } = yuanParts(fen)
  return (
    <View className={`${style.price} ${style[size]}`} ariaRole="text" ariaLabel={spokenYuan(fen)}>
      <Text className={style.small}>¥</Text>
      <Text>{whole}</Text>
      <Text className={style.small}>.{cents}</Text>
    </View>
  )
}
