import { open } from '../../../../shared/go.ts'
import { BarItem, BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { isTaken } from '../../card-of.ts'
import { offerPath } from '../../paths.ts'
import type { CardState } from '../../run-card.ts'

interface Props extends Pick<CardState, 'view' | 'card'> {
  send: (event: 'ask') => void
}

/** What was not heard of can be asked again; what nobody holds, or somebody else, can perhaps be taken. */
export function AskOrTake({ view, card, send }: Props) {
  if (view === 'waiting' || view === 'unreachable' || card.status === 'unknown')
    return <One id="ask" text="再查一次" onTap={() => send('ask')} />
  if (card.confirming || isTaken(card)) return null
  return <One id="take-again" text="去领取" onTap={() => open(offerPath(card.offerId))} />
}

const One = ({ id, text, onTap }: { id: string; text: string; onTap: () => void }) => (
  <BottomBar>
    <BarItem>
      <Button id={id} kind="plain" onTap={onTap}>
        {text}
      </Button>
    </BarItem>
  </BottomBar>
)
