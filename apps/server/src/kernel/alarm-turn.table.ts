export interface AlarmTurnTable {
  kind: string
  /** What it is about: a merchant and a source, say. */
  subject: string
  raised_at: Date
}
