const FORM = /^(?:"?([^"<>\p{Cc}]*?)"?\s*<)?([^\s<>@,;:"()\\]+@[^\s<>@,;:"()\\]+)>?$/u

/** The sender: a name people read, perhaps empty, and one address. */
export interface MailFrom {
  name: string
  address: string
}

/** Reads MAIL_FROM, `Turno <noreply@example.org>` or the bare address. @throws Error that says how it must look */
export function readMailFrom(text: string): MailFrom {
  const [, name = '', address] = FORM.exec(text.trim()) ?? []
  if (address === undefined) throw new Error('MAIL_FROM must look like: Name <address@example.org>')
  return { name: name.trim(), address }
}
