import type { Events } from '../events.ts'
import { describeCard, describePreparation, describeTemplate } from './describe.ts'
import type { StoredCard, StoredDiscountCards, StoredPreparation, StoredTemplate } from './stored.ts'

const keyOf = (mchid: string, number: string) => `${mchid} ${number}`

/** Templates, what was prepared, and cards of one world. Whoever changes one says so by `put…`. */
export class DiscountCardStore {
  readonly #events: Events
  readonly #templates = new Map<string, StoredTemplate>()
  readonly #preparations = new Map<string, StoredPreparation>()
  readonly #cards = new Map<string, StoredCard>()
  /** Where to look, of everything that is not looked for by its number. */
  readonly #keyByToken = new Map<string, string>()
  readonly #keyByCardId = new Map<string, string>()
  readonly #serialNos = new Set<string>()

  constructor(events: Events) {
    this.#events = events
  }

  template(mchid: string, cardTemplateId: string): StoredTemplate | undefined {
    return this.#templates.get(keyOf(mchid, cardTemplateId))
  }

  preparation(mchid: string, outCardCode: string): StoredPreparation | undefined {
    return this.#preparations.get(keyOf(mchid, outCardCode))
  }

  preparationByToken(text: string): StoredPreparation | undefined {
    return this.#preparations.get(this.#keyByToken.get(text) ?? '')
  }

  card(mchid: string, outCardCode: string): StoredCard | undefined {
    return this.#cards.get(keyOf(mchid, outCardCode))
  }

  cardById(cardId: string): StoredCard | undefined {
    return this.#cards.get(this.#keyByCardId.get(cardId) ?? '')
  }

  /** Whether a record of this merchant, of whatever card and kind, has that serial number. */
  hasRecord(mchid: string, serialNo: string): boolean {
    return this.#serialNos.has(keyOf(mchid, serialNo))
  }

  /** Newest first. */
  templates(): StoredTemplate[] {
    return [...this.#templates.values()].reverse()
  }

  preparations(): StoredPreparation[] {
    return [...this.#preparations.values()].reverse()
  }

  cards(): StoredCard[] {
    return [...this.#cards.values()].reverse()
  }

  /** Adds one, or says that it has changed. */
  putTemplate(template: StoredTemplate): void {
    this.#templates.set(keyOf(template.mchid, template.cardTemplateId), template)
    this.#events.publish('card-template', describeTemplate(template))
  }

  putPreparation(preparation: StoredPreparation): void {
    this.#keepPreparation(preparation)
    // Of a number that was taken the card is what there is to show.
    const card = this.card(preparation.mchid, preparation.outCardCode)
    this.#events.publish('card', card ? describeCard(card) : describePreparation(preparation))
  }

  putCard(card: StoredCard): void {
    this.#keepCard(card)
    this.#events.publish('card', describeCard(card))
  }

  /** Remembers all preparations and cards. @returns how to put them back */
  checkpoint(): () => void {
    const before = structuredClone(this.store())
    return () => {
      this.clear()
      this.restore(before)
    }
  }

  store(): StoredDiscountCards {
    return {
      templates: [...this.#templates.values()],
      preparations: [...this.#preparations.values()],
      cards: [...this.#cards.values()],
    }
  }

  restore({ templates, preparations, cards }: StoredDiscountCards): void {
    for (const template of templates) this.#templates.set(keyOf(template.mchid, template.cardTemplateId), template)
    for (const preparation of preparations) this.#keepPreparation(preparation)
    for (const card of cards) this.#keepCard(card)
  }

  /** Templates stay: they are part of a merchant's opening, as his keys are. */
  clear(): void {
    this.#preparations.clear()
    this.#cards.clear()
    this.#keyByToken.clear()
    this.#keyByCardId.clear()
    this.#serialNos.clear()
  }

  #keepPreparation(preparation: StoredPreparation): void {
    const key = keyOf(preparation.mchid, preparation.outCardCode)
    this.#preparations.set(key, preparation)
    for (const { text } of preparation.tokens) this.#keyByToken.set(text, key)
  }

  #keepCard(card: StoredCard): void {
    const key = keyOf(card.mchid, card.outCardCode)
    this.#cards.set(key, card)
    this.#keyByCardId.set(card.cardId, key)
    for (const { serialNo } of [...card.completions, ...card.usages]) this.#serialNos.add(keyOf(card.mchid, serialNo))
  }
}
