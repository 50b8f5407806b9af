/**
 * Who may open how many sockets: an office, its guests and a mobile operator's gateway may be one address, a program that
 * opens thousands is one too.
 */
export const MOST_PER_ADDRESS = 1000

/** Counts what is open at each address. */
export class Crowd {
  private readonly open = new Map<string, number>()

  constructor(private readonly most: number) {}

  admits(key: string): boolean {
    return (this.open.get(key) ?? 0) < this.most
  }

  /** @returns what to call once when the socket closes */
  enter(key: string): () => void {
    this.open.set(key, (this.open.get(key) ?? 0) + 1)
    return () => {
      const left = (this.open.get(key) ?? 0) - 1
      if (left > 0) this.open.set(key, left)
      else this.open.delete(key)
    }
  }
}
