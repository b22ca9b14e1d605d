import { Input, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { plainYuan, yuan } from '../../../../shared/format.ts'
import { problemWords } from '../../../../shared/problem-words.ts'
import { isFinal } from '../../../../shared/request-failed.ts'
import { BarItem, BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { Card } from '../../../../shared/ui/card.tsx'
import { Problem } from '../../../../shared/ui/problem.tsx'
import { useBusy } from '../../../../shared/use-busy.ts'
import { toast } from '../../../../shared/wechat.ts'
import { arrival } from '../../../../shop/refunds/words.ts'
import { readAmount } from '../../amount.ts'
import { sendRequest } from '../../send-request.ts'
import style from './index.module.scss'
import { Reasons, reasons } from './reasons.tsx'

interface Props {
  id: string
  refundableFen: number
  /** A discount card made it cheaper. */
  hasDiscount: boolean
  onSent: () => Promise<void>
  /** The server knows better what can go back. */
  onRefused: () => Promise<void>
}

/** How much and why. What was filled in stays when sending does not work out. */
export function RequestForm({ id, refundableFen, hasDiscount, onSent, onRefused }: Props) {
  const [text, setText] = useState(() => plainYuan(refundableFen))
  const [reason, setReason] = useState<string>(reasons[0])
  const [isSent, setSent] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const amount = readAmount(text, refundableFen)
  const { busy, run } = useBusy(async () => {
    if (amount.kind === 'wrong') return
    setProblem(undefined)
    try {
      const { status } = await sendRequest({ id, amountFen: amount.fen, reason }, refundableFen)
      setSent(true)
      await onSent()
      toast(status === 'requested' ? '已提交，等商家处理' : '已提交，正在退款')
    } catch (error) {
      toast(problemWords(error))
      setProblem(error)
      if (isFinal(error)) await onRefused()
    }
  })
  return (
    <>
      <Card>
        <View className={style.label}>退款金额</View>
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
        <View className={amount.kind === 'wrong' ? style.wrong : style.hint} ariaLive="polite">
          {amount.kind === 'wrong' ? amount.hint : `按实付金额算，最多可退 ${yuan(refundableFen)}`}
        </View>
      </Card>
      <Reasons chosen={reason} choose={setReason} />
      <View className={style.note}>
        商家同意后，钱会原路退回：{arrival}。
        {hasDiscount &&
          '这笔订单用了先享卡优惠：卡还没有结束的话，退款会减掉卡里算进去的优惠，全额退款的也不再算一次。'}
      </View>
      <BottomBar>
        <BarItem>
          {problem !== undefined && <Problem error={problem} />}
          <Button id="refund-send" busy={busy || isSent} disabled={amount.kind === 'wrong'} onTap={run}>
            {busy || isSent ? '正在提交' : '提交申请'}
          </Button>
        </BarItem>
      </BottomBar>
    </>
  )
}
