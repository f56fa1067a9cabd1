/** What to call a person of whom a name, an address, or only the id is known. */
export const called = (person: { id: string; name: string | null; email: string | null }): string =>
  person.name ?? person.email ?? person.id;
