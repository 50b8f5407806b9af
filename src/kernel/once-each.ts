/**
 * `make`, asked once for each key. Only for what is the same for everybody and for ever, never for what is somebody's. When
 * more than `most` are remembered all are forgotten: whoever asks for every possible key must not fill the memory.
 */
export function onceEach<Key, Value>(most: number, make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
