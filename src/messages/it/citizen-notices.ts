/** Privacy notice (GDPR, articles 13 and 6(1)(e)) and accessibility statement (model of AgID), in plain words. */
export const privacy = {
  title: 'Informativa sulla privacy',
  lead: 'Come usiamo i dati che scrive per prenotare, in parole semplici.',
  owner: {
    title: 'Chi tratta i dati',
    text: 'Il titolare del trattamento è l’ASST Ovest Milanese.',
    contact: 'Indirizzo, PEC e contatti del responsabile della protezione dei dati (RPD): da configurare.',
  },
  what: {
    title: 'Quali dati',
    text: 'Solo quelli che servono per l’appuntamento:',
    person: 'nome, cognome, codice fiscale (o codice provvisorio, STP o ENI) e Comune di residenza o domicilio;',
    contact: 'indirizzo e-mail e, se lo scrive, numero di telefono;',
    booking: 'sede, giorno, ora, numero di persone e la nota facoltativa.',
    health: 'Non le chiediamo notizie sulla salute: non le scriva nella nota.',
  },
  why: {
    title: 'Perché e su quale base',
    text: 'Per organizzare gli appuntamenti allo sportello, avvisarla e chiamarla quando è il suo turno. È un compito di interesse pubblico affidato all’ASST dalla legge: articolo 6, paragrafo 1, lettera e) del Regolamento (UE) 2016/679. Per questo non le chiediamo un consenso.',
    needed: 'I dati con l’indicazione di obbligo servono per prenotare; telefono e nota sono facoltativi.',
  },
  who: {
    title: 'Chi li vede',
    text: 'Il personale autorizzato degli sportelli e chi gestisce il sistema per conto dell’ASST. Non sono venduti, non sono diffusi e non vanno fuori dall’Unione europea. In sala d’attesa la chiamiamo con un numero, mai per nome.',
  },
  howLong: {
    title: 'Per quanto tempo',
    text: 'I dati personali della prenotazione sono cancellati {{days}} giorni dopo l’appuntamento. Restano solo conteggi senza nomi. Mentre prenota, prima della conferma, i dati restano cifrati nel suo browser e non sono conservati da noi.',
  },
  safe: {
    title: 'Come li proteggiamo',
    text: 'Il codice fiscale è conservato cifrato. Il link della prenotazione contiene un segreto: chi lo ha può vedere e annullare l’appuntamento, quindi non lo dia ad altri.',
  },
  rights: {
    title: 'I suoi diritti',
    text: 'Può chiedere al titolare di vedere i suoi dati, correggerli, cancellarli o limitarne l’uso, e può opporsi al trattamento (articoli 15–21 del Regolamento). Può anche fare reclamo al Garante per la protezione dei dati personali.',
    how: 'A chi scrivere per esercitare i diritti: da configurare.',
  },
  cookies: {
    title: 'Cookie',
    text: 'Usiamo solo cookie tecnici, necessari al funzionamento: per ricordare la lingua, per tenere i dati tra un passo e l’altro della prenotazione (al massimo due ore), per riconoscere per un giorno il browser che prenota e per proteggere i moduli. Nessun cookie di profilazione, nessuna statistica di terzi: per questo non c’è un avviso da accettare.',
  },
  updated: 'Versione di esempio: l’ente la completa e la approva prima dell’uso.',
}

export const accessibility = {
  title: 'Dichiarazione di accessibilità',
  lead: 'L’ASST Ovest Milanese si impegna a rendere accessibile questo servizio, secondo la legge 9 gennaio 2004, n. 4 e la direttiva (UE) 2016/2102.',
  state: {
    title: 'Stato di conformità',
    text: 'Le pagine sono progettate e controllate secondo la norma UNI CEI EN 301549 e le WCAG 2.1, livelli A e AA. La conformità è dichiarata dall’ente sul modello dell’AgID dopo la propria verifica: da configurare.',
  },
  how: {
    title: 'Come può usare queste pagine',
    keyboard: 'Tutto si può fare con la sola tastiera e con i lettori di schermo.',
    zoom: 'Il testo si può ingrandire fino al 400% e le pagine si adattano anche a schermi piccoli.',
    script: 'I moduli funzionano anche senza JavaScript.',
    time: 'Quando c’è un tempo limite, può chiederne altro prima che scada.',
    motion:
      'Non ci sono animazioni né lampeggi. Suonano solo lo schermo della sala d’attesa e, se lo si vuole, la pagina del proprio numero.',
  },
  known: {
    title: 'Contenuti non accessibili',
    text: 'Al momento non ne conosciamo. I siti esterni a cui rimandiamo (per esempio il Fascicolo Sanitario Elettronico) hanno una propria dichiarazione.',
  },
  feedback: {
    title: 'Segnalazioni',
    text: 'Se qualcosa non funziona per lei, ce lo dica: indichi la pagina e il problema. Le rispondiamo entro 30 giorni.',
    contact: 'Indirizzo e-mail e telefono per le segnalazioni: da configurare.',
  },
  enforcement: {
    title: 'Se non riceve risposta',
    text: 'Se la risposta manca o non è soddisfacente, può rivolgersi al Difensore civico per il digitale, presso l’AgID.',
  },
  about: {
    title: 'Informazioni su questa dichiarazione',
    text: 'Metodo: autovalutazione, con prove automatiche (axe) su ogni pagina e prove con la tastiera. Data di redazione e firma del responsabile: da configurare.',
  },
}
