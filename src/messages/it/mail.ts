/** Words of the mails about a booking. Subjects are neutral: no service, no name, no code (L3, A5). */
export const mail = {
  greeting: 'Buongiorno {{name}},',
  greetingNobody: 'Buongiorno,',
  confirmed: {
    subject: 'Prenotazione confermata',
    opening: 'la sua prenotazione è confermata.',
  },
  pending: {
    subject: 'Prenotazione da confermare',
    opening: 'la sua prenotazione non è ancora valida: deve confermarla.',
  },
  moved: {
    subject: 'Prenotazione spostata',
    opening:
      'la sua prenotazione è stata spostata. Giorno, ora e sede di adesso sono qui sotto; il codice resta lo stesso.',
  },
  cancelled: {
    subject: 'Prenotazione annullata',
    opening: 'la sua prenotazione è annullata. Il posto è di nuovo libero per un’altra persona.',
  },
  'closed-by-site': {
    subject: 'Prenotazione annullata dalla sede',
    opening:
      'la sede ha dovuto annullare la sua prenotazione, perché in quell’orario lo sportello resta chiuso. Ci scusiamo.',
  },
  'move-offered': {
    subject: 'Prenotazione da spostare',
    opening:
      'nell’orario della sua prenotazione lo sportello resta chiuso. Ci scusiamo: dalla pagina qui sotto può scegliere un altro giorno e un’altra ora; il codice resta lo stesso.',
  },
  reminder: {
    subject: 'Promemoria della sua prenotazione',
    opening: 'le ricordiamo la sua prenotazione.',
  },
  'link-again': {
    subject: 'La sua prenotazione',
    opening: 'abbiamo ricevuto una nuova richiesta con i suoi dati, ma lei ha già una prenotazione. Eccola di nuovo.',
  },
  'found-again': {
    subject: 'La sua prenotazione',
    opening: 'ci ha chiesto di ritrovare la sua prenotazione. Eccola.',
  },
  'present-state': {
    subject: 'Le sue prenotazioni',
    opening:
      'le abbiamo già scritto molte volte: questo messaggio dice in una volta sola come stanno adesso le prenotazioni fatte con questo indirizzo.',
    active: 'Prenotazioni valide o da confermare',
    none: 'nessuna',
    pending: 'Una prenotazione non è ancora valida: la confermi dal collegamento qui sotto.',
    manage: 'Vedi, sposta o annulla: {{when}}',
    confirm: 'Conferma: {{when}}',
    cancelled: 'Prenotazioni annullate',
    others_one: 'e un’altra',
    others_other: 'e altre {{count}}',
  },
  facts: {
    when: 'Quando',
    whenCancelled: 'Era prevista',
    where: 'Dove',
    code: 'Codice',
    reason: 'Motivo',
    service: 'Servizio',
    persons: 'Persone',
    phone: 'Telefono della sede',
  },
  confirmBy:
    'Apra la pagina e prema «Conferma la prenotazione» entro le ore {{time}} di {{day}}. Dopo, il posto torna libero.',
  confirmSoon:
    'Apra la pagina e prema «Conferma la prenotazione» entro le ore {{time}} di {{day}}. In questo momento non le teniamo il posto: lo prendiamo quando conferma, se è ancora libero.',
  buttons: {
    manage: 'Vedi, sposta o annulla la prenotazione',
    confirm: 'Conferma la prenotazione',
    bookAgain: 'Prenota di nuovo',
    seeCancelled: 'Vedi la prenotazione annullata',
  },
  bring: 'Cosa portare',
  cannotCome: {
    heading: 'Se non può venire',
    text: 'Annulli o sposti la prenotazione dalla pagina qui sopra: può farlo fino all’ora di inizio. Il posto torna subito libero e un’altra persona può usarlo.',
  },
  bookAgain: {
    heading: 'Se ha ancora bisogno',
    text: 'Può prenotare un altro giorno, un’altra ora o un’altra sede quando vuole.',
  },
  atTheCounter: 'All’arrivo mostri o dica il codice.',
  notMine: 'Se non ha chiesto lei questa prenotazione, può ignorare questa e-mail oppure annullarla.',
  automatic: 'Questo messaggio è automatico: non risponda a questo indirizzo.',
  secretLink: 'Chi ha il collegamento può cambiare la prenotazione: non lo inoltri.',
  copyLink: 'Se il pulsante non si apre, copi questo indirizzo nel browser:',
  example: 'Dati di esempio: questa sede e questi orari non sono ufficiali.',
  calendar: {
    filename: 'prenotazione.ics',
    summary: 'Prenotazione allo sportello',
    summaryPending: 'Prenotazione da confermare',
    description: 'Codice: {{code}}. Per spostare o annullare la prenotazione apra il collegamento nell’e-mail.',
  },
  folder: {
    title: 'Posta in uscita di prova',
    intro:
      'Nessun server di posta è configurato: queste e-mail non sono partite. Sono file nella cartella «mail» dei dati.',
    empty: 'Nessuna e-mail per ora.',
    at: 'Data',
    to: 'A',
    subject: 'Oggetto',
    file: 'File',
    asHtml: 'Come si vede',
    asText: 'Solo testo',
    calendar: 'Calendario (.ics)',
  },
}
