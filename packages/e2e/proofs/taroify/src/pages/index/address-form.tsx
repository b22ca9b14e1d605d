import Button from '@taroify/core/button'
import Cell from '@taroify/core/cell'
import Field from '@taroify/core/field'
import '@taroify/core/field/style'
import Form from '@taroify/core/form'
import '@taroify/core/form/style'
import Input from '@taroify/core/input'
import '@taroify/core/input/style'
import { Text } from '@tarojs/components'
import { useState } from 'react'

/** A form with rules: submitted only when both fields are right. */
export function AddressForm() {
  const [submitted, setSubmitted] = useState('nothing')
  const name = [{ required: true, message: 'A name, please' }]
  const phone = [{ pattern: /^1\d{10}$/, message: 'Eleven digits, please' }]
  return (
    <Form onSubmit={({ detail }) => setSubmitted(JSON.stringify(detail.value))}>
      <Cell.Group inset>
        <Field label="Name" name="name" rules={name}>
          <Input id="name" placeholder="Name" />
        </Field>
        <Field label="Phone" name="phone" rules={phone}>
          <Input id="phone" type="number" placeholder="Phone" />
        </Field>
      </Cell.Group>
      <Button id="submit" formType="submit">
        Save
      </Button>
      <Text id="submitted">{submitted}</Text>
    </Form>
  )
}
