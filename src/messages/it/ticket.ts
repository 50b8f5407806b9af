/** The page that follows a number on a phone. Says nothing of what somebody comes for. */
export const ticket = {
  title: 'Numero {{number}}',
  yourNumber: 'Il suo numero',
  status: {
    waiting: {
      title: 'È in coda',
      text: 'Tenga aperta questa pagina: si aggiorna da sola e l’avvisa quando è il suo turno.',
    },
    called: {
      title: 'È il suo turno: sportello {{counter}}',
      text: 'Vada subito allo sportello {{counter}}.',
    },
    serving: {
      title: 'È allo sportello {{counter}}',
      text: 'La stanno servendo allo sportello {{counter}}.',
    },
    parked: {
      title: 'Il suo posto è tenuto',
      text: 'Quando è pronto lo dica al personale: torna in coda al suo posto. Non ritiri un altro numero.',
    },
    missed: {
      title: 'Il suo numero è stato chiamato',
      text: 'Allo sportello non è arrivato nessuno. Lo dica al personale appena può: la rimettono in coda.',
    },
    done: {
      title: 'Ha finito',
      text: 'Questo numero è stato servito. Grazie e arrivederci.',
    },
    left: {
      title: 'Non è più in coda',
      text: 'Questo numero non sarà chiamato. Se deve ancora passare, ritiri un altro numero al totem o si rivolga al personale.',
    },
    closed: {
      title: 'La giornata è finita',
      text: 'Questo numero non vale più. Se non ha finito, torni in un altro giorno o telefoni alla sede.',
    },
  },
  giveWay: {
    ask: 'Ho bisogno di altri dieci minuti',
    hint: 'Gli altri passano prima per dieci minuti, poi torna al suo posto. Si può chiedere una volta sola.',
    text: 'Fino alle {{time}} gli altri passano prima, poi torna al suo posto. Se non aspetta nessun altro, la chiamano subito: non si allontani troppo.',
  },
  closed: 'Gli sportelli sono chiusi: oggi non si chiama più nessuno.',
  ahead: {
    label: 'Prima di lei',
    next: 'nessuno: tocca a lei tra poco',
    none: 'nessuno',
    people_one: '{{count}} persona',
    people_other: '{{count}} persone',
  },
  wait: {
    label: 'Attesa',
    range: 'circa {{low}}–{{high}} minuti',
    none: 'nessuno sportello aperto: non si può dire',
  },
  stale: 'Non aggiornato dalle {{time}}. La pagina riprova da sola; intanto guardi il tabellone.',
  sound: {
    on: 'Attiva il suono',
    off: 'Disattiva il suono',
    hint: 'Il telefono suona quando è il suo turno.',
  },
  refreshes: 'Questa pagina si aggiorna da sola ogni 20 secondi.',
  still: 'Questa pagina non si aggiorna da sola.',
  stop: 'Ferma l’aggiornamento',
  again: 'Aggiorna',
  where: 'Dove',
  order: {
    title: 'In che ordine si chiama',
    intro: 'I numeri non si chiamano uno dopo l’altro. Tra chi aspetta, si chiama:',
    booked: 'prima chi ha prenotato ed è arrivato, quando è la sua ora;',
    walkIn: 'poi chi ha ritirato un numero senza prenotazione o è arrivato tardi, nell’ordine di arrivo;',
    early: 'infine chi ha prenotato ed è arrivato in anticipo: aspetta la sua ora.',
    more: 'Al punto di ritiro chi ha 65 anni o più passa prima degli altri. Chi ha un’urgenza riconosciuta dal personale, o aspetta oltre il tempo massimo della sede, passa prima di tutti. Chi chiede altri dieci minuti dal telefono intanto lascia passare gli altri.',
  },
  leave: {
    link: 'Lascia la coda',
    title: 'Lasciare la coda',
    heading: 'Vuole lasciare la coda?',
    text: 'Il suo numero non sarà più chiamato e non si può tornare indietro.',
    yes: 'Sì, lascio la coda',
    no: 'No, resto in coda',
  },
  said: {
    left: { title: 'Ha lasciato la coda', text: 'Grazie di averlo detto: chi aspetta dopo di lei passa prima.' },
    gaveWay: { title: 'Ha altri dieci minuti', text: 'Fino alle {{time}} chiamiamo prima gli altri.' },
    noWay: {
      title: 'Non può avere altri dieci minuti',
      text: 'Si possono chiedere una volta sola, mentre si aspetta. Adesso: {{now}}. Se ha bisogno, lo dica al personale.',
    },
    state: {
      title: 'Non ha lasciato la coda',
      text: 'Nel frattempo il suo numero è cambiato: {{now}}. Se vuole andare via, lo dica al personale.',
    },
  },
}
