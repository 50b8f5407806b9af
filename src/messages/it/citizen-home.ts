/** The first page: what to do where, before a slot is spent. */
export const home = {
  title: 'Pagina iniziale',
  heading: 'Medico di famiglia e pediatra: da dove cominciare',
  lead: 'Molte richieste si risolvono online o in farmacia, senza fila. Per le altre prenoti un appuntamento allo sportello Scelta e Revoca della sede che preferisce.',
  book: 'Prenota allo sportello',
  check: 'Che cosa deve fare?',
  chooser: 'Che cosa deve fare?',
  chooserText: 'Apra la voce che fa per lei: le diciamo dove andare e che cosa serve.',
  online: {
    title: 'Online o in farmacia',
    text: 'Senza prenotazione e senza venire allo sportello.',
    fse: 'Vai al Fascicolo Sanitario Elettronico',
    change: {
      title: 'Cambiare medico o pediatra, abitando sempre allo stesso indirizzo',
      text: 'Non serve venire allo sportello.',
      fse: 'Online: nel Fascicolo Sanitario Elettronico, con SPID, CIE o CNS. Vede i medici che può scegliere e il cambio vale subito.',
      pharmacy: 'In farmacia: può cambiare medico alle stesse condizioni.',
      counter: 'Venga allo sportello solo se il medico che desidera non compare online.',
    },
    income: {
      title: 'Esenzione dal ticket per reddito (E02, E12, E13, E30, E40)',
      text: 'L’autocertificazione del reddito si fa senza appuntamento.',
      fse: 'Online: nel Fascicolo Sanitario Elettronico, con SPID, CIE o CNS.',
      pharmacy: 'In farmacia: per le esenzioni E02, E12, E13, E30 ed E40.',
    },
  },
  counter: {
    title: 'Allo sportello, su appuntamento',
    text: 'Scelga la sede, il giorno e l’ora: bastano pochi minuti.',
    book: 'Prenota un appuntamento',
    first: {
      title: 'Scegliere il medico o il pediatra per la prima volta',
      text: 'La prima iscrizione e la prima scelta si fanno allo sportello, su appuntamento.',
    },
    address: {
      title: 'Ho cambiato indirizzo, residenza o domicilio',
      text: 'Con il nuovo indirizzo si sceglie di nuovo il medico: si fa allo sportello, su appuntamento.',
    },
    load: {
      title: 'Il medico che desidero ha già il numero massimo di assistiti',
      text: 'La richiesta si valuta allo sportello, su appuntamento.',
    },
    foreign: {
      title: 'Sono cittadino straniero e devo iscrivermi al servizio sanitario',
      text: 'L’iscrizione si fa allo sportello, su appuntamento. Può prenotare con il codice fiscale, anche provvisorio, o con il codice STP o ENI.',
    },
  },
  walkIn: {
    title: 'Allo sportello, senza appuntamento',
    text: 'Si presenti in sede negli orari indicati e prenda il numero.',
    newborn: {
      title: 'È nato un bambino: prima iscrizione del neonato',
      hours: 'Tutti i giorni di apertura dalle {{from}} alle {{to}}, senza prenotare.',
      taxCode: 'Il codice fiscale del bambino deve esserci già: lo porti con sé.',
      order: 'Chi ha un appuntamento per quell’ora viene chiamato prima; quando nessuno di loro aspetta, tocca a lei.',
    },
    pickUp: {
      title: 'Ritirare un documento: punti di ritiro',
      hours: 'Dal lunedì al venerdì, senza prenotare.',
      priority: 'Chi ha 65 anni o più ha la precedenza.',
    },
    other: {
      title: 'Altre richieste senza appuntamento',
      text: 'In ogni sede sono possibili altri accessi diretti, con modi e orari propri. Li chieda alla sede: l’elenco ufficiale è da configurare.',
    },
  },
  matters: {
    title: 'Di che cosa ha bisogno?',
    text: 'Per ogni richiesta: dove andare, che cosa portare, quali moduli servono.',
  },
  sites: {
    title: 'Le sedi e il primo giorno libero',
    text: 'Scelga la sede più comoda: può prenotare in una qualsiasi.',
    address: 'Indirizzo',
    firstFree: 'Primo posto libero',
    none: 'Nessun posto libero per ora.',
    book: 'Prenota a {{site}}',
  },
  eligible: {
    title: 'Chi può prenotare',
    text: 'Chi ha la residenza o il domicilio in uno dei {{count}} Comuni dell’ASST Ovest Milanese. Lo dichiara quando prenota e viene controllato allo sportello.',
    list: 'Elenco dei Comuni',
    cancel:
      'Se l’appuntamento non le serve più, lo annulli dal link che riceve per e-mail: il posto torna subito libero per un’altra persona.',
  },
}
