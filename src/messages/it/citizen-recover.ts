/** «Ritrova la prenotazione»: for who has lost the mail with the link (C3). */
export const recover = {
  title: 'Ritrova la prenotazione',
  heading: 'Ha perso il link della prenotazione?',
  lead: 'Scriva l’indirizzo e-mail con cui ha prenotato: le mandiamo di nuovo il link, con giorno, ora, sede e codice.',
  hint: 'Lo stesso indirizzo che ha scritto quando ha prenotato.',
  send: 'Mandami il link',
  mostADay: 'Può chiederlo fino a tre volte al giorno.',
  sent: {
    title: 'Richiesta ricevuta',
    text: 'Se con questo recapito c’è una prenotazione, tra pochi minuti arriva un messaggio con il link. Guardi anche nella posta indesiderata.',
  },
  nothing: {
    title: 'Non arriva niente?',
    address: 'Forse ha prenotato con un altro indirizzo: provi con quello.',
    desk: 'Oppure telefoni o passi allo sportello della sede: con un documento ritrovano la sua prenotazione.',
  },
  again: 'Prova con un altro indirizzo',
}
