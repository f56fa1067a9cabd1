/** Things in the order they come, in groups that follow each other and carry one name. */
export function grouped<T>(things: T[], nameOf: (thing: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const name = nameOf(thing);
    groups.set(name, [...(groups.get(name) ?? []), thing]);
  }
  return [...groups];
}
