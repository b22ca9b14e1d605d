import Button from '@taroify/core/button'
import Skeleton from '@taroify/core/skeleton'
import '@taroify/core/skeleton/style'
import { Text } from '@tarojs/components'
import { useState } from 'react'

export function Loading() {
  const [loading, setLoading] = useState(true)
  return (
    <>
      <Button id="arrive" onClick={() => setLoading(false)}>
        Arrive
      </Button>
      <Skeleton className="waiting" loading={loading} title row={3}>
        <Text id="arrived">here at last</Text>
      </Skeleton>
    </>
  )
}
