import { View } from '@tarojs/components'
import { AddressForm } from './address-form'
import { Choices } from './choices'
import { Loading } from './loading'
import { Overlays } from './overlays'

export default function IndexPage() {
  return (
    <View>
      <Overlays />
      <Choices />
      <AddressForm />
      <Loading />
    </View>
  )
}
