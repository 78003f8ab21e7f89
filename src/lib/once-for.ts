// Things of which there is one for each key, such as one statement for each database.

/** Makes the thing at its first use with a key, and returns the same one from then on. It is forgotten with its key. */
export function onceFor<Key extends object, Thing>(make: (key: Key) => Thing): (key: Key) => Thing {
  const made = new WeakMap<Key, { thing: Thing }>();
  return (key) => {
    const known = made.get(key);
    if (known) return known.thing;
    const thing = make(key);
    made.set(key, { thing });
    return thing;
  };
}
