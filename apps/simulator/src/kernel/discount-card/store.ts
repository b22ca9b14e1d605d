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
    return this.preparations().find(({ tokens }) => tokens.some((one) => one.text === text))
  }

  card(mchid: string, outCardCode: string): StoredCard | undefined {
    return this.#cards.get(keyOf(mchid, outCardCode))
  }

  cardById(cardId: string): StoredCard | undefined {
    return this.cards().find((card) => card.cardId === cardId)
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
    this.#preparations.set(keyOf(preparation.mchid, preparation.outCardCode), preparation)
    this.#events.publish('card', describePreparation(preparation))
  }

  putCard(card: StoredCard): void {
    this.#cards.set(keyOf(card.mchid, card.outCardCode), card)
    this.#events.publish('card', describeCard(card))
  }

  /** Remembers all preparations and cards. @returns how to put them back */
  checkpoint(): () => void {
    const before = structuredClone(this.store())
    return () => {
      this.#preparations.clear()
      this.#cards.clear()
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
    for (const one of preparations) this.#preparations.set(keyOf(one.mchid, one.outCardCode), one)
    for (const card of cards) this.#cards.set(keyOf(card.mchid, card.outCardCode), card)
  }

  /** Templates stay: they are part of a merchant's opening, as his keys are. */
  clear(): void {
    this.#preparations.clear()
    this.#cards.clear()
  }
}
