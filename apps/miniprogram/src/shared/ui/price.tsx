import { Text } from '@tarojs/components'
import { yuanParts } from '../format.ts'
import style from './price.module.scss'

/** An amount: the yuan large, the rest small, digits of equal width so that columns line up. */
export function Price({ fen, size = 'normal' }: { fen: number; size?: 'normal' | 'large' | 'huge' }) {
  const { whole, cents } = yuanParts(fen)
  return (
    <Text className={`${style.price} ${style[size]}`}>
      <Text className={style.small}>¥</Text>
      <Text>{whole}</Text>
      <Text className={style.small}>.{cents}</Text>
    </Text>
  )
}
