/** Header, footer, and what several pages share. */
export const layout = {
  owner: 'ASST Ovest Milanese',
  ownerNote: 'esempio dimostrativo',
  siteTitle: 'Prenotazioni – ASST Ovest Milanese',
  brand: 'Turno',
  tagline: 'Prenotazione degli sportelli Scelta e Revoca',
  skip: 'Vai al contenuto',
  language: 'Lingua',
  breadcrumb: 'Percorso di navigazione',
  home: 'Home',
  book: 'Prenota',
  errorPrefix: 'Errore: ',
  example: 'Dati di esempio',
  exampleText: 'Sedi, orari e posti mostrati qui servono a provare il servizio: non sono quelli ufficiali dell’ASST.',
  external: '(sito esterno)',
  toConfigure: 'da configurare',
  footer: {
    about: 'Il servizio',
    contacts: 'Contatti',
    phone: 'Telefono: {{phone}}',
    mail: 'E-mail: {{mail}}',
    privacy: 'Informativa sulla privacy',
    accessibility: 'Dichiarazione di accessibilità',
    book: 'Prenota un appuntamento allo sportello',
    whatToDo: 'Che cosa si fa dove',
    recover: 'Ritrova la prenotazione',
    sites: 'Sedi, indirizzi e telefoni',
    mission: 'Scelta e revoca del medico di famiglia e del pediatra, iscrizione al servizio sanitario, esenzioni.',
  },
  errors: {
    title_one: 'C’è un dato da correggere',
    title_other: 'Ci sono {{count}} dati da correggere',
    text: 'Niente è andato perso. Corregga e prosegua:',
    label: 'Errore:',
  },
  persons_one: '{{count}} persona',
  persons_other: '{{count}} persone',
  optional: '(facoltativo)',
  continue: 'Continua',
  back: 'Indietro',
  notices: {
    'slot-full': {
      title: 'Questo orario è appena stato preso',
      text: 'Qualcuno lo ha scelto prima di lei. Qui sotto trova gli altri orari liberi.',
    },
    'not-offered': {
      title: 'Questo orario non si può prenotare',
      text: 'Scelga uno degli orari proposti qui sotto.',
    },
    'already-booked': {
      title: 'C’è già una prenotazione per questa persona',
      text: 'Ogni persona può avere una sola prenotazione attiva. Abbiamo mandato di nuovo il link di quella prenotazione all’indirizzo e-mail con cui era stata fatta: da lì la può spostare o annullare. Se non ha prenotato lei, chiami o venga allo sportello.',
    },
    'mail-unread': {
      title: 'La conferma si fa dall’e-mail',
      text: 'Apra l’e-mail che le abbiamo mandato e usi il collegamento che contiene.',
    },
    'too-many-moves': {
      title: 'Già spostata molte volte oggi',
      text: 'La può spostare di nuovo da domani. Se non può venire, la annulli.',
    },
    'too-many-bookings': {
      title: 'Troppe prenotazioni con questo indirizzo e-mail',
      text: 'Con questo indirizzo ci sono già troppe prenotazioni attive. Ne annulli una dal link ricevuto per e-mail, oppure usi un altro indirizzo.',
    },
    'not-eligible': {
      title: 'La prenotazione è riservata ai Comuni dell’ASST',
      text: 'Il Comune indicato non è tra quelli dell’ASST Ovest Milanese. Se lo ha scelto per errore, lo corregga.',
    },
    'other-tab': {
      title: 'La prenotazione è cambiata',
      text: 'I dati sono stati cambiati da un’altra finestra o da una pagina precedente. Qui sotto trova quelli più recenti: li controlli prima di proseguire.',
    },
    'too-late': {
      title: 'L’orario è già passato',
      text: 'L’appuntamento è già iniziato: non si può più spostare o annullare.',
    },
    'contact-too-late': {
      title: 'Da qui non si può più correggere',
      text: 'Sono passati più di 30 minuti dalla prenotazione. L’indirizzo lo corregge lo sportello: telefoni o venga con un documento.',
    },
    'other-browser': {
      title: 'Prenotazione fatta da un altro browser',
      text: 'L’indirizzo si corregge solo da dove ha prenotato, oppure allo sportello: telefoni o venga con un documento.',
    },
    state: {
      title: 'Nel frattempo la prenotazione è cambiata',
      text: 'Quello che ha chiesto non è più possibile. Qui sotto trova la prenotazione com’è adesso.',
    },
    renewed: {
      title: 'Orario riservato di nuovo',
      text: 'L’orario è tenuto per lei fino alle {{until}}.',
    },
    'not-renewed': {
      title: 'Il tempo non si può allungare',
      text: 'Completi la prenotazione entro le {{until}}: fino ad allora l’orario è tenuto per lei.',
    },
    abandoned: {
      title: 'Ha lasciato la prenotazione',
      text: 'L’orario è di nuovo libero per gli altri e i dati che aveva scritto sono stati cancellati.',
    },
  },
  problem: {
    home: 'Vai alla pagina iniziale',
    book: 'Torna alla prenotazione',
    hint404: 'Se è arrivato qui dal link di una prenotazione, controlli di averlo copiato per intero.',
  },
}
