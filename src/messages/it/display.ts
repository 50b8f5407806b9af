/** The screens of the waiting room: short, and read from far away. */
export const display = {
  title: 'Chiamate – {{site}}',
  example: 'Dati di esempio',
  noScript: 'Questo browser non esegue programmi: le chiamate non arrivano da sole.',
  sound: 'Tocca per il suono',
  connecting: 'Collegamento in corso…',
  notices: 'Avvisi',
  call: {
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
    heading: 'Chi passa prima',
    urgent: 'Urgenze',
    maxWait: 'In attesa da {{minutes}} minuti',
    booked: 'Prenotati, da {{due}} minuti prima',
    walkIn: 'Senza prenotazione o in ritardo di oltre {{late}} minuti',
    senior: 'al ritiro prima dai 65 anni',
    early: 'Prenotati in anticipo',
  },
  screen: {
    closed: 'Gli sportelli sono chiusi',
    reopens: 'Riaprono {{day}} alle {{time}}.',
    reopensToday: 'Riaprono oggi alle {{time}}.',
    closure: 'Chiuso da {{from}} a {{to}}: {{reason}}',
    closureOn: 'Chiuso {{from}}: {{reason}}',
    dayAndTime: '{{day}}, ore {{time}}',
  },
  fault: {
    old: 'Questo browser è troppo vecchio per seguire le chiamate da solo: serve Chromium 80 o più recente.',
    script: 'Il programma dello schermo non è partito: le chiamate non arrivano da sole.',
    asOf: 'Si vede la situazione delle {{time}}; la pagina prova a ricaricarsi ogni 30 secondi. Avvisi il personale.',
  },
  live: {
    call: {
      heading: 'Ora si chiama',
      last: 'Ultimo numero chiamato',
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
