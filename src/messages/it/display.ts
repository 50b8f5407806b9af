/** The screens of the waiting room: short, and read from far away. */
export const display = {
  title: 'Chiamate – {{site}}',
  example: 'Dati di esempio',
  noScript: 'Questo schermo ha bisogno di JavaScript per mostrare le chiamate.',
  sound: 'Tocca per il suono',
  connecting: 'Collegamento in corso…',
  call: {
    heading: 'Ora si chiama',
    counter: 'Sportello',
    none: 'Nessuna chiamata per ora',
    noneText: 'Il suo numero apparirà qui, con lo sportello a cui andare.',
  },
  last: {
    heading: 'Ultime chiamate',
    counter: 'Sportello',
    none: 'Qui restano gli ultimi numeri chiamati.',
  },
  waiting: { heading: 'In attesa' },
  lanes: { P: 'Prenotati', N: 'Neonati', D: 'Accesso diretto', R: 'Punto di ritiro' },
  rule: {
    heading: 'Chi viene chiamato prima',
    urgent: 'Urgenze, decise dal personale',
    maxWait: 'In attesa da {{minutes}} minuti',
    booked: 'Prenotati, da {{due}} minuti prima della loro ora',
    walkIn: 'Senza prenotazione o in ritardo di oltre {{late}} minuti, in ordine di arrivo',
    senior: 'al ritiro, precedenza dai 65 anni',
    early: 'Prenotati ancora in anticipo',
  },
  screen: {
    closed: 'Gli sportelli sono chiusi',
    reopens: 'Riaprono {{day}} alle {{time}}.',
    reopensToday: 'Riaprono oggi alle {{time}}.',
    closure: '{{from}} – {{to}}: {{reason}}',
    closureOn: '{{from}}: {{reason}}',
    dayAndTime: '{{day}}, ore {{time}}',
  },
  live: {
    call: {
      said: 'Numero {{number}}, sportello {{counter}}',
      times: '{{times}}ª chiamata',
      timesShort: '{{times}}ª volta',
    },
    stale: {
      since: 'Non aggiornato dalle {{time}}',
      never: 'Nessun collegamento: lo schermo riprova da solo',
    },
  },
}
