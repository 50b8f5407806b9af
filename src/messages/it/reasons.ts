/** S7: why a day or a time shows no free slot. */
export const reasons = {
  past: 'Non si può più prenotare per questo giorno.',
  'not-offered': 'Questo servizio non si prenota in questa sede.',
  'no-rule': 'Chiuso: in questo giorno non si riceve.',
  holiday: 'Chiuso per festività: {{name}}.',
  closure: 'Chiuso: {{reason}}.',
  closed: 'Chiuso in questo giorno.',
  'too-soon': 'Si prenota con più anticipo: il primo giorno possibile è il {{day}}.',
  'too-soon-for-long': 'Si prenota con più anticipo di così.',
  'not-open-yet': 'Le prenotazioni per questo giorno aprono il {{day}}.',
  full: 'Tutti i posti di questo giorno sono già prenotati.',
  'too-many-persons':
    'In questo giorno non si possono prenotare appuntamenti consecutivi per tante persone. Scelga meno persone o un altro giorno.',
}

export const holidays = {
  'new-year': 'Capodanno',
  epiphany: 'Epifania',
  'easter-monday': 'Lunedì dell’Angelo',
  'liberation-day': 'Festa della Liberazione',
  'labour-day': 'Festa dei lavoratori',
  'republic-day': 'Festa della Repubblica',
  assumption: 'Ferragosto',
  'san-francesco': 'San Francesco d’Assisi',
  'all-saints': 'Ognissanti',
  'immaculate-conception': 'Immacolata Concezione',
  christmas: 'Natale',
  'santo-stefano': 'Santo Stefano',
}
