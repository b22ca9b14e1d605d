import { refunds } from '@shouyin/contracts/shopper'
import { Input, Text, View } from '@tarojs/components'
import { navigateBack, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { api } from '../../../../shared/api.ts'
import { yuan, yuanParts } from '../../../../shared/format.ts'
import { problemWords } from '../../../../shared/problem-words.ts'
import { BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { Empty, Failure, Skeleton } from '../../../../shared/ui/states.tsx'
import { useBusy } from '../../../../shared/use-busy.ts'
import { useLoad } from '../../../../shared/use-load.ts'
import { toast } from '../../../../shared/wechat.ts'
import { readAmount } from '../../amount.ts'
import { sendRequest } from '../../send-request.ts'
import style from './index.module.scss'

const reasons = ['不想要了', '买错了', '时间不合适', '商品或服务有问题', '其他原因'] as const

/** Opens with `?id=` of a paid order. */
export default function RequestPage() {
  const { id = '' } = useRouter().params
  const loaded = useLoad(() => api.call(refunds.listOrderRefunds, { id }))
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={loaded.reload} />
  const { refundableFen } = loaded.value
  if (refundableFen === 0) {
    return (
      <Empty title="没有可以退的金额" hint="这笔订单的钱已经退完，或者正在退">
        <Button onTap={() => navigateBack()}>返回订单</Button>
      </Empty>
    )
  }
  return <Form id={id} refundableFen={refundableFen} />
}

function Form({ id, refundableFen }: { id: string; refundableFen: number }) {
  const { whole, cents } = yuanParts(refundableFen)
  const [text, setText] = useState(`${whole.replaceAll(',', '')}.${cents}`)
  const [reason, setReason] = useState<string>(reasons[0])
  const amount = readAmount(text, refundableFen)
  const { busy, run } = useBusy(async () => {
    if (amount.kind === 'wrong') return toast(amount.hint)
    try {
      await sendRequest({ id, amountFen: amount.fen, reason })
      await navigateBack()
    } catch (error) {
      toast(problemWords(error))
    }
  })
  return (
    <View className={style.page}>
      <View className={style.card}>
        <Text className={style.label}>退款金额</Text>
        <View className={style.amount}>
          <Text className={style.sign}>¥</Text>
          <Input
            id="refund-amount"
            className={style.input}
            type="digit"
            value={text}
            maxlength={12}
            ariaLabel="退款金额，单位元"
            onInput={({ detail }) => setText(detail.value)}
          />
        </View>
        <Text className={amount.kind === 'wrong' ? style.wrong : style.hint}>
          {amount.kind === 'wrong' ? amount.hint : `最多可退 ${yuan(refundableFen)}，原路退回`}
        </Text>
      </View>
      <Reasons chosen={reason} choose={setReason} />
      <BottomBar>
        <View className={style.send}>
          <Button id="refund-send" busy={busy} disabled={amount.kind === 'wrong'} onTap={run}>
            {busy ? '正在提交' : '提交申请'}
          </Button>
        </View>
      </BottomBar>
    </View>
  )
}

function Reasons({ chosen, choose }: { chosen: string; choose: (reason: string) => void }) {
  return (
    <View className={style.card}>
      <Text className={style.label}>退款原因</Text>
      {reasons.map((reason) => (
        <View
          key={reason}
          className={style.reason}
          hoverClass={style.pressed}
          ariaRole="radio"
          ariaLabel={reason === chosen ? `${reason}，已选` : reason}
          onClick={() => choose(reason)}
        >
          <Text>{reason}</Text>
          <View className={`${style.dot} ${reason === chosen ? style.on : ''}`} />
        </View>
      ))}
    </View>
  )
}
