/** The information pages (M6): what it is, where and how, what to bring. */
export const information = {
  title: 'Informazioni',
  example: 'Questa pagina è di esempio: l’elenco ufficiale lo completa l’ente.',
  elsewhere:
    'Può risolvere senza venire allo sportello: legga prima le possibilità qui sotto. Se preferisce, può comunque prenotare.',
  print: 'Stampa questa pagina',
  back: 'Torna alla pagina iniziale',
  ways: {
    title: 'Dove e come',
    text: 'Cominci dalla prima possibilità che fa per lei.',
    hours: 'Di norma dalle {{from}} alle {{to}}, nei giorni di apertura.',
    book: 'Prenota un appuntamento',
    fse: { title: 'Online, nel Fascicolo Sanitario Elettronico', text: 'Con SPID, CIE o CNS, a qualsiasi ora.' },
    pharmacy: { title: 'In farmacia', text: 'Senza appuntamento, negli orari della farmacia.' },
    'virtual-counter': {
      title: 'Allo sportello virtuale',
      text: 'Con una richiesta a distanza, senza venire in sede.',
    },
    booked: { title: 'Allo sportello, su appuntamento', text: 'Sceglie lei la sede, il giorno e l’ora.' },
    'walk-in': { title: 'Allo sportello, senza appuntamento', text: 'Viene in sede e prende il numero.' },
    'pick-up': { title: 'Al punto di ritiro', text: 'Senza appuntamento: viene in sede e prende il numero.' },
  },
  documents: 'Che cosa portare',
  forms: { title: 'Moduli', atCounter: '(si ritira allo sportello)' },
  links: 'Link utili',
}
