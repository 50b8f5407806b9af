import type { visitor as it } from '../it/visitor.js'

/** What each field is called, and what to do about each fault of `visitorForm`, by its code (`taxCode.checkLetter`). */
export const visitor: typeof it = {
  firstName: {
    label: 'First name',
    required:
      'Write your first name and surname as on your health card. If you have one name only, it is enough, in either field.',
    long: 'The first name can have at most 60 characters. If it is longer, write only the first of your names.',
    characters:
      'In the first name use only letters, spaces, apostrophes and hyphens, at most 5 words; a dot only at the end of a word.',
  },
  lastName: {
    label: 'Surname',
    hint: 'If you have one name only, write it in either field and leave the other empty.',
    long: 'The surname can have at most 60 characters. If it is longer, write only its first part.',
    characters:
      'In the surname use only letters, spaces, apostrophes and hyphens, at most 5 words; a dot only at the end of a word.',
  },
  taxCode: {
    label: 'Codice fiscale (tax code)',
    hint: '16 characters, on your health card (tessera sanitaria).',
    deskHint: 'A provisional one, STP or ENI too.',
    help: 'You have no Italian codice fiscale?',
    provisional: 'Provisional codice fiscale: 11 digits.',
    stp: 'STP code: the letters STP followed by 13 digits.',
    eni: 'ENI code: the letters ENI followed by 13 digits.',
    required: 'Write your codice fiscale: it is on your health card (tessera sanitaria).',
    characters: 'A codice fiscale has only letters and numbers. Remove hyphens, dots, accents and other signs.',
    length:
      'A codice fiscale has 16 characters (11 digits if it is provisional). Count them: some are missing or there are too many.',
    format:
      'A letter or a number in the codice fiscale is out of place. Copy it again from your health card and check that you have not confused the letter O with zero, or the letter I with the number 1.',
    foreign: 'After STP or ENI there must be 13 digits. Copy the code again from the paper you were given.',
    date: 'The date of birth in the codice fiscale does not exist. Compare characters 7 to 11 with your health card.',
    checkLetter:
      'There is a typing mistake in the codice fiscale. Compare it with your health card, one character at a time.',
    checkDigit:
      'There is a typing mistake in the provisional codice fiscale. Compare it with your document, one digit at a time.',
  },
  email: {
    label: 'E-mail address',
    hint: 'We send the confirmation there, and the link to move or cancel. Read it again carefully.',
    deskHint: 'If they have none, leave it empty: they get no messages, so give them the code.',
    required: 'Write your e-mail address: we will send you the confirmation there, and how to cancel.',
    format: 'Write one e-mail address, complete and without spaces or accents. For example: maria.rossi@example.com',
  },
  phone: {
    label: 'Telephone',
    hint: 'We use it only if the site must tell you about a change.',
    format: 'Write the telephone number with digits only, for example 02 1234567. You may also leave it empty.',
    two: 'There is room for one telephone number here. Write the one where you are most easily found.',
  },
  comune: {
    label: 'Comune (town) of residence or domicile',
    hint: 'You declare it and it is checked at the counter.',
    choose: 'Choose the Comune',
    other: 'Another Comune',
    required: 'Choose the Comune (town) where you live.',
    format: 'Choose the Comune (town) from the list.',
  },
}
