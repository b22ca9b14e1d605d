import ActionSheet from '@taroify/core/action-sheet'
import '@taroify/core/action-sheet/style'
import Button from '@taroify/core/button'
import '@taroify/core/button/style'
import Cell from '@taroify/core/cell'
import '@taroify/core/cell/style'
import Dialog from '@taroify/core/dialog'
import '@taroify/core/dialog/style'
import Picker from '@taroify/core/picker'
import '@taroify/core/picker/style'
import Popup from '@taroify/core/popup'
import '@taroify/core/popup/style'
import Toast from '@taroify/core/toast'
import '@taroify/core/toast/style'
import { useState } from 'react'

const CITIES = ['北京', '上海', '广州', '深圳'].map((label) => ({ label, value: label }))

type Overlay = 'popup' | 'dialog' | 'toast' | 'actions'

/** Everything that Taroify draws over a page, each opened by a button. */
export function Overlays() {
  const [open, setOpen] = useState<Overlay>()
  const [city, setCity] = useState('none')
  const [answer, setAnswer] = useState('none')
  const close = () => setOpen(undefined)
  const say = (text: string) => {
    setAnswer(text)
    close()
  }
  return (
    <>
      <Cell.Group>
        <Cell id="city" title="City" isLink onClick={() => setOpen('popup')}>
          {city}
        </Cell>
        <Cell id="answer" title="Answer">
          {answer}
        </Cell>
      </Cell.Group>
      <Button id="ask" color="primary" onClick={() => setOpen('dialog')}>
        Ask
      </Button>
      <Button id="greet" loading={open === 'toast'} onClick={() => setOpen('toast')}>
        Greet
      </Button>
      <Button id="act" disabled={open !== undefined} onClick={() => setOpen('actions')}>
        Act
      </Button>

      <Popup id="popup" open={open === 'popup'} placement="bottom" rounded onClose={close}>
        <Picker
          title="City"
          columns={CITIES}
          onCancel={close}
          onConfirm={([value]) => {
            setCity(String(value))
            close()
          }}
        />
      </Popup>
      <Dialog
        id="dialog"
        open={open === 'dialog'}
        title="Sure?"
        message="Nothing is lost."
        confirm="Yes"
        cancel="No"
        onConfirm={() => say('yes')}
        onCancel={() => say('no')}
        onClose={close}
      />
      <Toast id="toast" open={open === 'toast'} duration={300} onClose={close}>
        Hello
      </Toast>
      <ActionSheet
        id="actions"
        open={open === 'actions'}
        actions={[
          { name: 'Copy', value: 'copy' },
          { name: 'Delete', value: 'delete' },
        ]}
        cancelText="Cancel"
        onSelect={({ value }) => say(String(value))}
        onCancel={close}
        onClose={close}
      />
    </>
  )
}
