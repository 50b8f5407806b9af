interface Names {
  firstName: string | null
  lastName: string | null
}

/** As a person is addressed: first name, then surname; one of them alone for whoever has one name (M3). */
export const fullName = ({ firstName, lastName }: Names): string => [firstName, lastName].filter(Boolean).join(' ')
