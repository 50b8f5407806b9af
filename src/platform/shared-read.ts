/**
 * Who asks for what is being read already waits for that read: as many as ask at once cost one. Nothing is kept once it
 * has ended, failed or not. Whoever may not be told of an older state says so in the key: a revision, a day.
 */
export class SharedReads<T> {
  private readonly underWay = new Map<string, Promise<T>>()

  of(key: string, read: () => Promise<T>): Promise<T> {
    const present = this.underWay.get(key)
    if (present) return present
    const reading = read().finally(() => this.underWay.delete(key))
    this.underWay.set(key, reading)
    return reading
  }
}
